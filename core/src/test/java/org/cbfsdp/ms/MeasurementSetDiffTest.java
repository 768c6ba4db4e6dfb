package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets that python-casacore changed in one known way. */
class MeasurementSetDiffTest {
    private static final String LOW8 = SampleSets.LOW8;
    private static final long VALUES = 432 * 16 * 4;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("org.cbfsdp.ms.VisibilityReaderTest#samples")
    void shouldFindASetEqualToItself(String name) {
        DiffReport report = MeasurementSetDiff.compare(SampleSets.set(name), SampleSets.set(name), DiffOptions.exact());
        assertThat(report.isEqual()).isTrue();
        assertThat(report.render()).endsWith("The sets are equal.\n");
    }

    @ParameterizedTest
    @CsvSource({"16, 0, 16", "16, 1, 16", "10, 7, 16", "0, 17, 16"})
    void shouldRefuseChannelsThatASetLacks(int first, int count, int missing) {
        Path set = SampleSets.set(LOW8);
        DiffOptions options = DiffOptions.exact().withChannels(first, count);
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MeasurementSetDiff.compare(set, set, options))
                .withMessage("Measurement Set " + set + " has channels 0 to 15, so that channel " + missing
                        + " cannot be compared");
    }

    @Test
    void shouldNotMindTheOrderOfRows() {
        DiffReport report = diff("shuffle", 11);
        assertThat(report.isEqual()).isTrue();
        assertThat(report.rowsInBoth()).isEqualTo(432);
        assertThat(report.column("DATA").valuesCompared()).isEqualTo(VALUES);
        assertThat(report.column("FLAG").valuesCompared()).isEqualTo(VALUES);
        assertThat(report.column("UVW").valuesCompared()).isEqualTo(432 * 3);
        assertThat(report.column("TIME").valuesCompared()).isEqualTo(432);
    }

    @Test
    void shouldFindOneBitOfOneVisibility() {
        DiffReport report = diff("value", 40, 13, 2); // row 40 is baseline (0, 4) of dump 1
        assertThat(report.isEqual()).isFalse();
        assertThat(report.isEqualButForFlaggedRows()).isFalse();
        ColumnDifference data = report.column("DATA");
        assertThat(data.valuesDifferent()).isEqualTo(1);
        assertThat(data.largest()).isBetween(1e-12, 1e-4);
        assertThat(data.where()).endsWith("antennas 0 and 4, channel 13, polarisation 2");
        assertThat(report.column("FLAG").valuesDifferent()).isZero();
        assertThat(report.render()).contains("channel 13, polarisation 2").endsWith("The sets differ.\n");
    }

    @Test
    void shouldLetAToleranceOrAChannelRangePassIt() {
        Path changed = SampleSets.changed(directory, LOW8, "value", 40, 13, 2);
        Path set = SampleSets.set(LOW8);
        DiffOptions exact = DiffOptions.exact();
        assertThat(MeasurementSetDiff.compare(set, changed, exact.withTolerance(1e-3))
                        .isEqual())
                .isTrue();
        assertThat(MeasurementSetDiff.compare(set, changed, exact.withChannels(0, 13))
                        .isEqual())
                .isTrue();
        assertThat(MeasurementSetDiff.compare(set, changed, exact.withChannels(12, 3))
                        .column("DATA")
                        .where())
                .contains("channel 13,");
    }

    @Test
    void shouldFindANaN() {
        DiffReport report = diff("nan", 0, 0, 0);
        assertThat(report.column("DATA").valuesDifferent()).isEqualTo(1);
        assertThat(report.column("DATA").largest()).isNaN();
        Path changed = directory.resolve("low8_both_4pol-nan.ms");
        assertThat(MeasurementSetDiff.compare(changed, changed, DiffOptions.exact())
                        .isEqual())
                .isTrue();
        assertThat(MeasurementSetDiff.compare(
                                SampleSets.set(LOW8),
                                changed,
                                DiffOptions.exact().withTolerance(1e9))
                        .isEqual())
                .isFalse();
    }

    @Test
    void shouldFindOneFlag() {
        DiffReport report = diff("flag", 431, 15, 3);
        assertThat(report.column("FLAG").valuesDifferent()).isEqualTo(1);
        assertThat(report.column("FLAG").largest()).isEqualTo(1);
        assertThat(report.column("FLAG").where()).endsWith("antennas 7 and 7, channel 15, polarisation 3");
        assertThat(report.column("DATA").valuesDifferent()).isZero();
        assertThat(report.isEqual()).isFalse();
    }

    @Test
    void shouldFindUvw() {
        DiffReport report = diff("uvw", 1);
        assertThat(report.column("UVW").valuesDifferent()).isEqualTo(1);
        assertThat(report.column("UVW").where()).endsWith("antennas 0 and 1, w");
    }

    @Test
    void shouldCountRowsThatAreMissing() {
        DiffReport report = diff("without", 3, 77, 78, 431);
        assertThat(report.rowsInBoth()).isEqualTo(428);
        assertThat(report.rowsOnlyInA()).isEqualTo(4);
        assertThat(report.flaggedOnlyInA()).isZero();
        assertThat(report.rowsOnlyInB()).isZero();
        assertThat(report.isEqual()).isFalse();
        assertThat(report.isEqualButForFlaggedRows()).isFalse();
    }

    @Test
    void shouldTellRowsThatAreFlaggedThroughout() {
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(SampleSets.set(SampleSets.IRREGULAR), copy);
        DiffReport report = MeasurementSetDiff.compare(SampleSets.set(SampleSets.IRREGULAR), copy, DiffOptions.exact());
        assertThat(report.rowsInBoth()).isEqualTo(252);
        assertThat(report.rowsOnlyInB()).isEqualTo(28);
        assertThat(report.flaggedOnlyInB()).isEqualTo(28);
        assertThat(report.isEqual()).isFalse();
        assertThat(report.isEqualButForFlaggedRows()).isTrue();
        assertThat(report.render())
                .contains("flagged throughout 28")
                .endsWith("The sets are equal but for rows that are flagged throughout.\n");
    }

    @Test
    void shouldCountDuplicates() {
        DiffReport report = diff("twice", 5);
        assertThat(report.duplicatesInA()).isZero();
        assertThat(report.duplicatesInB()).isEqualTo(1);
        assertThat(report.rowsInBoth()).isEqualTo(432);
        assertThat(report.isEqual()).isFalse();
    }

    @Test
    void shouldFindEveryRowMissingInAnEmptySet() {
        DiffReport report = diff("empty");
        assertThat(report.rowsOnlyInA()).isEqualTo(432);
        assertThat(report.rowsInBoth()).isZero();
    }

    @Test
    void shouldFindTheNameOfAnAntenna() {
        DiffReport report = diff("name", 6, "renamed");
        assertThat(report.metadata()).hasSize(1);
        assertThat(report.metadata().get(0))
                .hasToString("ANTENNA NAME row 6: \"s0006 (copy of station)\" in A, \"renamed\" in B");
        assertThat(report.column("DATA").valuesDifferent()).isZero();
        assertThat(report.isEqual()).isFalse();
    }

    @Test
    void shouldFindAddedRowsOfATable() {
        DiffReport report = diff("sources");
        assertThat(report.metadata()).singleElement().hasToString("SOURCE: 0 rows in A, 2 rows in B");
        Path changed = directory.resolve("low8_both_4pol-sources.ms");
        assertThat(MeasurementSetDiff.compare(changed, changed, DiffOptions.exact())
                        .isEqual())
                .isTrue();
    }

    @Test
    void shouldFindAnotherShape() {
        DiffReport report =
                MeasurementSetDiff.compare(SampleSets.set(LOW8), SampleSets.set("low8_both_2pol"), DiffOptions.exact());
        assertThat(report.metadata())
                .extracting(CellDifference::toString)
                .contains("main table DATA: 16 channels x 4 polarisations in A, 16 x 2 in B")
                .anyMatch(line -> line.startsWith("POLARIZATION CORR_TYPE row 0: shape [4] in A, [2] in B"));
        assertThat(report.column("DATA").valuesCompared()).isZero();
        assertThat(report.column("UVW").valuesDifferent()).isZero();
    }

    @Test
    void shouldRefuseWhatItCannotRead() {
        Path missing = directory.resolve("missing.ms");
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MeasurementSetDiff.compare(SampleSets.set(LOW8), missing, DiffOptions.exact()))
                .withMessageContaining("missing.ms cannot be opened");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiffOptions.exact().withTolerance(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> diff("shuffle", 1).column("NONE"));
    }

    private DiffReport diff(String action, Object... arguments) {
        Path changed = SampleSets.changed(directory, LOW8, action, arguments);
        return MeasurementSetDiff.compare(SampleSets.set(LOW8), changed, DiffOptions.exact());
    }
}
