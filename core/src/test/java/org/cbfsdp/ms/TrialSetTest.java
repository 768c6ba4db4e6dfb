package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialSetTest {
    @TempDir
    Path folder;

    private final Path model = SampleSets.set(SampleSets.LOW8);

    @Test
    void shouldLeaveNothingBehindAndTheOutputAlone() throws IOException {
        Path output = Files.createDirectory(folder.resolve("out.ms"));
        Path mine = Files.writeString(output.resolve("mine"), "mine");
        TrialSet.make(options(output));
        assertThat(mine).hasContent("mine");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("out.ms");
        }
    }

    @Test
    void shouldSayWhyThereCanBeNoSet() {
        assertThatThrownBy(() -> TrialSet.make(options(folder.resolve("gone/out.ms"))))
                .isInstanceOf(MeasurementSetException.class)
                .hasMessageContaining("cannot be made: there is no directory " + folder.resolve("gone"));
    }

    private WriterOptions options(Path output) {
        return WriterOptions.of(output, model, MsTelescopeModel.read(model), "test");
    }
}
