package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was flushed survives the death of the process and a disk that takes no more. */
@Timeout(120)
class WriterSurvivalTest {
    private static final int SIGKILL = 128 + 9;

    @TempDir
    Path directory;

    @Test
    void shouldHoldEveryFlushedDumpAfterKill9() throws IOException, InterruptedException {
        Path output = directory.resolve("killed.ms");
        Process child = new ProcessBuilder(java(output, "kill"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.equals("written")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("written");
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isEqualTo(SIGKILL);
        assertThat(PythonCasacore.run(
                        "flushed_dumps.py", SampleSets.set(SampleSets.LOW16), output, WriterChild.FLUSHED_DUMPS))
                .isEqualTo("all there");
    }

    @Test
    void shouldSayThatTheDiskIsFullAndKeepWhatWasFlushed() {
        Path output = directory.resolve("full.ms");
        // casacore tells no cause of a write that was cut short, hence the room that is left.
        // A limit to the size of a file fails a write as a full disk does (EFBIG for ENOSPC) and needs no mount.
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 3000; exec \"$@\"", "bash"));
        command.addAll(java(output, "on"));
        List<String> printed = Command.run(command).lines().toList();
        int flushed = (int)
                printed.stream().filter(line -> line.startsWith("flushed")).count();
        assertThat(flushed).isBetween(5, 11);
        assertThat(printed).hasSize(flushed + 3);
        assertThat(printed.get(flushed))
                .startsWith("failed: Measurement Set " + output + ": ")
                .contains("write error in " + output, " MB are left on its file system");
        assertThat(printed.get(flushed + 1)).startsWith("refused: Measurement Set " + output);
        assertThat(printed.get(flushed + 2)).isEqualTo("closed");
        assertThat(PythonCasacore.run("flushed_dumps.py", SampleSets.set(SampleSets.LOW16), output, flushed))
                .isEqualTo("all there");
    }

    private static List<String> java(Path output, String mode) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xcheck:jni",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                WriterChild.class.getName(),
                SampleSets.set(SampleSets.LOW16).toString(),
                output.toString(),
                mode);
    }
}
