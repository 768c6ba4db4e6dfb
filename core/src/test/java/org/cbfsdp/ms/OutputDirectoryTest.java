package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    @TempDir
    Path directory;

    private Path model;
    private Path output;

    @BeforeEach
    void makeModel() throws IOException {
        model = table("model.ms");
        output = directory.resolve("out.ms");
    }

    @Test
    void shouldAcceptANewName() {
        OutputDirectory.prepare(output, model, false);
        assertThat(output).doesNotExist();
    }

    @Test
    void shouldRefuseASetThatIsThere() throws IOException {
        table("out.ms");
        assertRefused(false, "out.ms exists already", "mswriter.overwrite = true");
        assertThat(output.resolve("table.dat")).exists();
    }

    @Test
    void shouldDeleteATableOnRequestWithoutFollowingLinks() throws IOException {
        table("out.ms/ANTENNA");
        table("out.ms");
        Path precious = Files.writeString(directory.resolve("precious"), "stays");
        Files.createSymbolicLink(output.resolve("link"), directory);
        OutputDirectory.prepare(output, model, true);
        assertThat(output).doesNotExist();
        assertThat(precious).hasContent("stays");
    }

    @Test
    void shouldRefuseToDeleteWhatIsNoTable() throws IOException {
        Files.createDirectory(output);
        Path precious = Files.writeString(output.resolve("precious"), "stays");
        assertRefused(true, "out.ms is not overwritten", "no casacore table");
        assertThat(precious).exists();
    }

    @Test
    void shouldRefuseToDeleteAFile() throws IOException {
        Files.writeString(output, "stays");
        assertRefused(true, "no casacore table");
        assertThat(output).hasContent("stays");
    }

    @Test
    void shouldRefuseToDeleteThroughALink() throws IOException {
        Path real = table("real.ms");
        Files.createSymbolicLink(output, real);
        assertRefused(true, "no casacore table");
        assertThat(real.resolve("table.dat")).exists();
    }

    @Test
    void shouldRefuseToDeleteTheModel() throws IOException {
        output = model;
        assertRefused(true, "data model");
        Path inside = table("model.ms/ANTENNA");
        output = model;
        model = inside;
        assertRefused(true, "data model");
        assertThat(inside.resolve("table.dat")).exists();
    }

    @Test
    void shouldRefuseAMissingDirectory() {
        output = directory.resolve("no").resolve("out.ms");
        assertRefused(true, "there is no directory");
    }

    private void assertRefused(boolean overwrite, String... words) {
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> OutputDirectory.prepare(output, model, overwrite))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    private Path table(String name) throws IOException {
        Path path = Files.createDirectories(directory.resolve(name));
        Files.writeString(path.resolve("table.dat"), "");
        return path;
    }
}
