package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.cbfsdp.payload.DumpBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader against python-casacore, which works out on its own what each dump must hold. */
class VisibilityReaderTest {
    @TempDir
    Path directory;

    static Stream<String> samples() {
        return Stream.concat(SampleSets.REGULAR.stream(), Stream.of(SampleSets.IRREGULAR));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadEverySampleAsPythonDoes(String name) {
        Path set = SampleSets.set(name);
        int channels = name.startsWith("low16") ? 64 : 16;
        assertReads(set, ReaderOptions.defaults(), ExpectedDumps.of(set, directory, "DATA", 0, channels, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadSomeChannelsAsPythonDoes(String name) {
        Path set = SampleSets.set(name);
        ReaderOptions options = ReaderOptions.defaults().withChannels(5, 7);
        assertReads(set, options, ExpectedDumps.of(set, directory, "DATA", 5, 7, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"shuffle,low8_both_4pol", "shuffle,low8_cross_4pol_irregular", "shuffle-dumps,low8_cross_1pol"})
    void shouldReadRowsWhereverTheyStand(String action, String name) {
        Path set = SampleSets.changed(directory, name, action, 20261120);
        ReaderOptions options = ReaderOptions.defaults();
        assertReads(set, options, ExpectedDumps.of(set, directory, "DATA", 0, 16, 0, 0));
        assertReads(set, options.withChannels(3, 2), ExpectedDumps.of(set, directory, "DATA", 3, 2, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {SampleSets.LOW8, SampleSets.IRREGULAR})
    void shouldReadFlagsAndFlaggedRows(String name) {
        Path set = SampleSets.changed(directory, name, "flags", 7);
        ReaderOptions options = ReaderOptions.defaults().withChannels(1, 9);
        assertReads(set, options, ExpectedDumps.of(set, directory, "DATA", 1, 9, 0, 0));
    }

    @Test
    void shouldReadAnotherColumnOfVariableShape() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "model-column");
        ReaderOptions options = ReaderOptions.defaults().withColumn("MODEL_DATA");
        assertReads(set, options, ExpectedDumps.of(set, directory, "MODEL_DATA", 0, 16, 0, 0));
        assertReads(set, options.withChannels(15, 1), ExpectedDumps.of(set, directory, "MODEL_DATA", 15, 1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldReadOneOfSeveralFields(int field) {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "field");
        ReaderOptions options = ReaderOptions.defaults().withFieldId(field);
        assertReads(set, options, ExpectedDumps.of(set, directory, "DATA", 0, 16, 0, field));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldReadOneOfSeveralDataDescriptions(int dataDescription) {
        Path set = SampleSets.changed(directory, SampleSets.IRREGULAR, "data-description");
        ReaderOptions options = ReaderOptions.defaults().withDataDescId(dataDescription);
        assertReads(set, options, ExpectedDumps.of(set, directory, "DATA", 0, 16, dataDescription, 0));
    }

    @Test
    void shouldClampChannelsAndSaySo() {
        ReaderOptions options = ReaderOptions.defaults().withChannels(10, 100);
        try (VisibilityReader reader = VisibilityReader.open(SampleSets.set(SampleSets.LOW8), options)) {
            assertThat(reader.selection()).isEqualTo(new ChannelSelection(10, 6, true));
            assertThat(reader.selection().range()).hasToString("10-15");
            assertThat(reader.newBlock().channels()).isEqualTo(6);
        }
    }

    @Test
    void shouldTakeAllChannelsToTheLast() {
        ReaderOptions options = ReaderOptions.defaults().withChannels(10, 0);
        try (VisibilityReader reader = VisibilityReader.open(SampleSets.set(SampleSets.LOW8), options)) {
            assertThat(reader.selection()).isEqualTo(new ChannelSelection(10, 6, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"5,5", "0,12", "100,12"})
    void shouldStopAtTheLimitOfDumps(int limit, int dumps) {
        ReaderOptions options = ReaderOptions.defaults().withDumpLimit(limit);
        try (VisibilityReader reader = VisibilityReader.open(SampleSets.set(SampleSets.LOW8), options)) {
            assertThat(reader.dumpCount()).isEqualTo(dumps);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> reader.timeMjdSeconds(dumps));
        }
    }

    @ParameterizedTest
    @CsvSource({"low8_both_2pol,9 12", "low8_cross_1pol,9", "low8_both_4pol,9 10 11 12"})
    void shouldTellCorrelationTypes(String name, String types) {
        try (VisibilityReader reader = VisibilityReader.open(SampleSets.set(name), ReaderOptions.defaults())) {
            assertThat(reader.correlationTypes())
                    .containsExactly(Stream.of(types.split(" ", -1))
                            .mapToInt(Integer::parseInt)
                            .toArray());
        }
    }

    @Test
    void shouldRefuseABlockOfAnotherShape() {
        try (VisibilityReader reader =
                VisibilityReader.open(SampleSets.set(SampleSets.LOW8), ReaderOptions.defaults())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reader.read(0, new DumpBlock(36, 15, 4)))
                    .withMessageContaining("36 x 16 x 4");
        }
    }

    private static void assertReads(Path set, ReaderOptions options, ExpectedDumps expected) {
        try (VisibilityReader reader = VisibilityReader.open(set, options)) {
            assertThat(reader.dumpCount()).isEqualTo(expected.dumps.size());
            assertThat(reader.baselines().count()).isEqualTo(expected.baselines);
            for (int baseline = 0; baseline < expected.baselines; baseline++) {
                assertThat(reader.baselines().antenna1(baseline)).isEqualTo(expected.antenna1[baseline]);
                assertThat(reader.baselines().antenna2(baseline)).isEqualTo(expected.antenna2[baseline]);
            }
            DumpBlock block = reader.newBlock();
            for (int dump = expected.dumps.size() - 1; dump >= 0; dump--) {
                reader.read(dump, block);
                assertThat(reader.timeMjdSeconds(dump))
                        .isEqualTo(expected.dumps.get(dump).time());
                assertThat(reader.intervalSeconds(dump))
                        .isEqualTo(expected.dumps.get(dump).interval());
                assertThat(block.visibilities().mismatch(expected.visibilities(dump)))
                        .as("visibilities of dump %d", dump)
                        .isEqualTo(-1);
                assertThat(block.flags().mismatch(expected.flags(dump)))
                        .as("flags of dump %d", dump)
                        .isEqualTo(-1);
            }
        }
    }
}
