package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a set is one sentence that names the set and, where there is one, the setting. */
class VisibilityReaderRefusalTest {
    private static final ReaderOptions DEFAULTS = ReaderOptions.defaults();

    @TempDir
    Path directory;

    @Test
    void shouldRefuseAMissingSet() {
        assertRefused(directory.resolve("no.ms"), DEFAULTS, "cannot be opened", "does not exist");
    }

    @Test
    void shouldRefuseADirectoryThatIsNoTable() throws IOException {
        assertRefused(Files.createDirectory(directory.resolve("plain")), DEFAULTS, "is not a casacore table");
    }

    @Test
    void shouldRefuseATableThatIsNoSet() {
        assertRefused(
                SampleSets.set(SampleSets.LOW8).resolve("ANTENNA"), DEFAULTS, "no Measurement Set", "no column TIME");
    }

    @Test
    void shouldRefuseAMissingColumn() {
        assertRefused(
                SampleSets.set(SampleSets.LOW8),
                DEFAULTS.withColumn("CORRECTED_DATA"),
                "has no column CORRECTED_DATA (reader.column)");
    }

    @Test
    void shouldRefuseAColumnThatIsNotComplex() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "model-column");
        assertRefused(set, DEFAULTS.withColumn("REAL_DATA"), "REAL_DATA (reader.column)", "FLOAT arrays", "complex64");
        assertRefused(set, DEFAULTS.withColumn("TIME"), "TIME (reader.column)", "DOUBLE values", "complex64");
    }

    @Test
    void shouldRefuseSeveralFieldsUnlessOneIsChosen() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "field");
        assertRefused(set, DEFAULTS, "several fields", "FIELD_ID 0, 1", "choose one with reader.field_id");
        assertRefused(set, DEFAULTS.withFieldId(7), "no rows of FIELD_ID 7 (reader.field_id), only of 0, 1");
    }

    @Test
    void shouldRefuseSeveralDataDescriptionsUnlessOneIsChosen() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "data-description");
        assertRefused(
                set, DEFAULTS, "several data descriptions", "DATA_DESC_ID 0, 1", "choose one with reader.data_desc_id");
        assertRefused(set, DEFAULTS.withDataDescId(2), "no rows of DATA_DESC_ID 2 (reader.data_desc_id), only of 0, 1");
    }

    @Test
    void shouldRefuseToStartPastTheLastChannel() {
        assertRefused(
                SampleSets.set(SampleSets.LOW8),
                DEFAULTS.withChannels(16, 1),
                "has channels 0 to 15",
                "cannot start at channel 16 (reader.start_chan)");
    }

    @Test
    void shouldRefuseAnEmptySet() {
        assertRefused(SampleSets.changed(directory, SampleSets.LOW8, "empty"), DEFAULTS, "is empty: it has no rows");
    }

    @Test
    void shouldRefuseTwoRowsForOneTimeAndBaseline() {
        assertRefused(
                SampleSets.changed(directory, SampleSets.LOW8, "twice", 37),
                DEFAULTS,
                "has two rows, 37 and 432, for antennas 0 and 1 at time 5.2739");
    }

    @Test
    void shouldRefuseNegativeOptions() {
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withChannels(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withDumpLimit(-1));
    }

    @Test
    void shouldLeaveARefusedSetClosed() {
        Path set = SampleSets.set(SampleSets.LOW8);
        assertRefused(set, DEFAULTS.withColumn("NONE"), "NONE");
        try (VisibilityReader reader = VisibilityReader.open(set, DEFAULTS)) {
            assertThat(reader.dumpCount()).isEqualTo(12);
        }
    }

    private static void assertRefused(Path set, ReaderOptions options, String... words) {
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> VisibilityReader.open(set, options).close())
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .contains(set.getFileName().toString())
                        .contains(words)
                        .doesNotContain("\n"));
    }
}
