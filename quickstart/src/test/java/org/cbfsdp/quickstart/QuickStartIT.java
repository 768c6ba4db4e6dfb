package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the quick starts as a user would, on the distribution just built. */
class QuickStartIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String DISTRIBUTION = System.getProperty("distribution.home");
    private static final long LIMIT_SECONDS = 180;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"single-stream, 432, 1", "many-streams, 1632, 4"})
    void shouldReceiveExactlyWhatWasSent(String example, int rows, int streams) throws Exception {
        Path work = folder.resolve("a folder with blanks");

        Outcome outcome = run(example, streams, work.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.lastLine())
                .isEqualTo(
                        "PASS: %d rows arrived exactly as sent (DATA, FLAG, UVW, TIME and metadata)".formatted(rows));
        assertThat(work.resolve("received.ms/table.dat")).exists();
    }

    @Test
    void shouldFailWhenTheReceiverDoesNotStart() throws Exception {
        Outcome outcome = run("single-stream", 1, folder.toString(), "-o", "reception.datamodel=no-such-set.ms");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.lastLine()).startsWith("FAIL: the receiver did not get ready");
        assertThat(outcome.output()).contains("no-such-set.ms");
    }

    private Outcome run(String example, int streams, String... arguments) throws Exception {
        int port = freePorts(streams);
        List<String> command = new ArrayList<>();
        command.add(
                ROOT.resolve("quickstart").resolve(example).resolve("run.sh").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-o", "transmission.target_port_start=" + port));
        command.addAll(List.of("-o", "reception.receiver_port_start=" + port));
        Path log = folder.resolve("run.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CBFSDP_HOME", DISTRIBUTION);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s", command, LIMIT_SECONDS)
                    .isTrue();
        } finally {
            process.destroy();
        }
        return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    /** The first of {@code count} neighbouring UDP ports that were free a moment ago, below those the system hands out. */
    private static int freePorts(int count) throws IOException {
        for (int first = 21000; first < 32000; first += count) {
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " free ports");
    }

    private static boolean areFree(int first, int count) throws IOException {
        for (int port = first; port < first + count; port++) {
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            } catch (SocketException e) {
                return false;
            }
        }
        return true;
    }

    private record Outcome(int exitCode, String output) {
        String lastLine() {
            return output.lines().reduce("", (before, line) -> line);
        }
    }
}
