package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.TelescopeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written against what python-casacore and taql find. */
class MeasurementSetWriterTest {
    /** 36 baselines x 16 channels x 4 polarisations; a visibility, its flag and its weight. */
    private static final int DUMP_BYTES = 36 * 16 * 4 * 13;

    @TempDir
    Path directory;

    static Stream<String> regularSamples() {
        return SampleSets.REGULAR.stream();
    }

    @ParameterizedTest
    @MethodSource("regularSamples")
    void shouldGiveBackASampleBitForBit(String name) {
        Path set = SampleSets.set(name);
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(set, copy);
        assertThat(PythonCasacore.run("compare_sets.py", set, copy)).isEqualTo("equal");
    }

    @ParameterizedTest
    @MethodSource("org.cbfsdp.ms.VisibilityReaderTest#samples")
    void shouldMakeASetThatCasacoreFindsInOrder(String name) {
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(SampleSets.set(name), copy);
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
    }

    @Test
    void shouldKeepTablesWithTextAndNaNs() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "sources");
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(set, copy);
        assertThat(PythonCasacore.run("compare_sets.py", set, copy)).isEqualTo("equal");
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
    }

    @Test
    void shouldFillABaselineThatIsAbsentWithFlaggedZeros() {
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(SampleSets.set(SampleSets.IRREGULAR), copy);
        ExpectedDumps source = ExpectedDumps.of(SampleSets.set(SampleSets.IRREGULAR), directory, "DATA", 0, 16, 0, 0);
        ExpectedDumps written = ExpectedDumps.of(copy, directory, "DATA", 0, 16, 0, 0);
        assertThat(taql("select from $1 where ANTENNA1 >= 0", copy)).contains("280 rows");
        for (int dump = 0; dump < 10; dump++) {
            assertThat(written.dumps.get(dump).rows()).isEqualTo(28);
            assertThat(written.visibilities(dump)).isEqualTo(source.visibilities(dump));
            assertThat(written.flags(dump)).isEqualTo(source.flags(dump));
            assertThat(written.uvw(dump)).containsExactly(source.uvw(dump));
        }
        assertThat(taql("select from $1 where FLAG_ROW && all(FLAG) && all(WEIGHT == 0) && all(SIGMA == 0)", copy))
                .contains("28 rows");
        assertThat(taql("select from $1 where !FLAG_ROW && all(WEIGHT == 1) && all(SIGMA == 1)", copy))
                .contains("252 rows");
    }

    @Test
    void shouldWeighByTheFractionOfDataThatCame() {
        TelescopeModel model = MsTelescopeModel.read(SampleSets.set(SampleSets.LOW8));
        Path copy = directory.resolve("copy.ms");
        WriterOptions options = WriterOptions.of(copy, SampleSets.set(SampleSets.LOW8), model, Copying.APPLICATION)
                .withWeights(true, true);
        try (VisibilityReader reader =
                        VisibilityReader.open(SampleSets.set(SampleSets.LOW8), ReaderOptions.defaults());
                MeasurementSetWriter writer = MeasurementSetWriter.create(options)) {
            DumpBlock sent = reader.newBlock();
            DumpBlock received = reader.newBlock();
            reader.read(0, sent);
            HeapPayload.transmit(sent, received, 4, 4);
            writer.writeDump(model.dump(0), 0xFFFF_FFFF_FFFFL, received);
        }
        assertThat(taql(
                        "select from $1 where all(near(WEIGHT, 0.25)) && all(near(SIGMA, 2)) && !FLAG_ROW"
                                + " && ntrue(FLAG) == 48 && SCAN_NUMBER == 2147483647"
                                + " && sum(WEIGHT_SPECTRUM) == 4 && WEIGHT_SPECTRUM[4,0] == 0.25",
                        copy))
                .contains("36 rows");
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
    }

    @Test
    void shouldWeighByFlagsWhereTheFractionSaysNothing() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "flags", 3);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        Copying.copy(
                set, WriterOptions.of(copy, set, model, Copying.APPLICATION).withWeights(false, false), false);
        assertThat(MeasurementSetDiff.compare(set, copy, DiffOptions.exact()).isEqual())
                .isTrue();
        String flagged = taql("select from $1 where FLAG_ROW", set).replaceAll("(?s).*?(\\d+ rows).*", "$1");
        assertThat(taql("select from $1 where FLAG_ROW && all(FLAG) && all(WEIGHT == 0)", copy))
                .contains(flagged);
    }

    @Test
    void shouldMakeTilesAsWideAsAStream() {
        Path set = SampleSets.set(SampleSets.LOW16);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        Copying.copy(
                set, WriterOptions.of(copy, set, model, Copying.APPLICATION).withTiles(1 << 16, 16), true);
        assertThat(PythonCasacore.run("tiles.py", copy, "DATA")).isEqualTo("4 16 68");
        assertThat(PythonCasacore.run("tiles.py", copy, "FLAG")).isEqualTo("4 16 952");
        assertThat(PythonCasacore.run("compare_sets.py", set, copy)).isEqualTo("equal");
    }

    @Test
    void shouldGiveEveryRowOfALongSetTheValuesOfItsDump() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        double[] uvw = model.dump(0).uvwMetres();
        DumpBlock block = new DumpBlock(36, 16, 4);
        block.reset();
        try (MeasurementSetWriter writer =
                MeasurementSetWriter.create(WriterOptions.of(copy, set, model, Copying.APPLICATION))) {
            for (int dump = 0; dump < 3000; dump++) {
                writer.writeDump(new DumpMetadata(dump, 5e9 + dump, 1 + dump % 3, 0.5, uvw), dump / 7, block);
                if (dump % 500 == 250) {
                    writer.flush();
                }
            }
        }
        assertThat(taql(
                        "select from $1 where TIME == 5e9 + rowid() // 36 && TIME_CENTROID == TIME && EXPOSURE == 0.5"
                                + " && SCAN_NUMBER == rowid() // 252 && INTERVAL == 1 + (rowid() // 36) % 3 && FIELD_ID == 0",
                        copy))
                .contains("108000 rows");
    }

    @Test
    void shouldTellTheHistory() {
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(SampleSets.set(SampleSets.LOW8), copy);
        assertThat(taql(
                        "select from $1::HISTORY where APPLICATION == 'test program'"
                                + " && MESSAGE == 'copied 12 dumps' && abs(TIME - "
                                + (40587L * 86400 + System.currentTimeMillis() / 1000) + ") < 600",
                        copy))
                .contains("1 rows");
    }

    @Test
    void shouldSayHowLongItObservedWhenLessCame() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        try (MeasurementSetWriter writer =
                MeasurementSetWriter.create(WriterOptions.of(copy, set, model, Copying.APPLICATION))) {
            DumpBlock block = new DumpBlock(36, 16, 4);
            block.reset();
            for (int dump = 0; dump < 7; dump++) {
                writer.writeDump(model.dump(dump), 1, block);
            }
        }
        double end = model.dump(6).timeMjdSeconds() + 0.849 / 2;
        assertThat(taql("select str(TIME_RANGE[1], '%.17g') from $1::OBSERVATION", copy))
                .contains(String.format(java.util.Locale.ROOT, "%.17g", end).substring(0, 16));
        assertThat(taql(
                        "select from $1::OBSERVATION where TIME_RANGE[0] == (select TIME_RANGE[0] from $2::OBSERVATION)[0]",
                        copy,
                        set))
                .contains("1 rows");
    }

    @Test
    void shouldNameTheTelescope() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        try (MeasurementSetWriter writer =
                MeasurementSetWriter.create(WriterOptions.of(copy, set, model, Copying.APPLICATION))) {
            writer.setTelescopeName("SKA1-LOW");
        }
        assertThat(taql("select from $1::OBSERVATION where TELESCOPE_NAME == 'SKA1-LOW'", copy))
                .contains("1 rows");
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
    }

    @Test
    void shouldMakeFeedsForAModelWithout() {
        Path set = SampleSets.changed(directory, SampleSets.LOW8, "without-feeds");
        Path copy = directory.resolve("copy.ms");
        Copying.transmit(set, copy);
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
        assertThat(taql(
                        "select from $1::FEED where ANTENNA_ID == rownumber() && NUM_RECEPTORS == 2"
                                + " && POLARIZATION_TYPE[0] == 'X' && POLARIZATION_TYPE[1] == 'Y'"
                                + " && POL_RESPONSE[0,0] == 1 && POL_RESPONSE[1,0] == 0 && POL_RESPONSE[1,1] == 1",
                        copy))
                .contains("8 rows");
    }

    @Test
    void shouldRefuseADumpOfAnotherShape() {
        Path set = SampleSets.set(SampleSets.LOW8);
        TelescopeModel model = MsTelescopeModel.read(set);
        try (MeasurementSetWriter writer = MeasurementSetWriter.create(
                WriterOptions.of(directory.resolve("copy.ms"), set, model, Copying.APPLICATION))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.writeDump(model.dump(0), 1, new DumpBlock(36, 8, 4)))
                    .withMessageContaining("36 x 16 x 4");
            DumpMetadata short1 = new DumpMetadata(0, 1, 1, 1, new double[3]);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.writeDump(short1, 1, new DumpBlock(36, 16, 4)))
                    .withMessageContaining("3 components of UVW");
            assertThat(writer.dumpCount()).isZero();
        }
    }

    @Test
    void shouldCloseTwiceAndRefuseUseAfterwards() {
        Path set = SampleSets.set(SampleSets.LOW8);
        TelescopeModel model = MsTelescopeModel.read(set);
        MeasurementSetWriter writer = MeasurementSetWriter.create(
                WriterOptions.of(directory.resolve("copy.ms"), set, model, Copying.APPLICATION));
        writer.close();
        assertThatNoException().isThrownBy(writer::close);
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.writeDump(model.dump(0), 1, new DumpBlock(36, 16, 4)))
                .withMessageContaining("copy.ms is closed");
    }

    @Test
    void shouldRefuseADumpWithoutRoomAndFinishWithThoseBefore() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        AtomicLong room = new AtomicLong(1L << 40);
        WriterOptions options = WriterOptions.of(copy, set, model, Copying.APPLICATION);
        try (MeasurementSetWriter writer = MeasurementSetWriter.create(options, room::get)) {
            DumpBlock block = new DumpBlock(36, 16, 4);
            writer.writeDump(model.dump(0), 1, block);
            room.set(10 << 20);
            assertThatExceptionOfType(MeasurementSetException.class)
                    .isThrownBy(() -> writer.writeDump(model.dump(1), 1, block))
                    .withMessageContaining("copy.ms takes no more: 10485760 bytes are left on its file system, dump 1");
            writer.describe("full");
        }
        assertThat(taql("select from $1", copy)).contains("36 rows");
        assertThat(PythonCasacore.run("check_set.py", copy)).isEqualTo("good");
    }

    @Test
    void shouldStayAsLastFlushedWhenTheDiskHasNoRoomToFinish() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        TelescopeModel model = MsTelescopeModel.read(set);
        AtomicLong room = new AtomicLong(1L << 40);
        MeasurementSetWriter writer =
                MeasurementSetWriter.create(WriterOptions.of(copy, set, model, Copying.APPLICATION), room::get);
        DumpBlock block = new DumpBlock(36, 16, 4);
        writer.writeDump(model.dump(0), 1, block);
        writer.flush();
        writer.writeDump(model.dump(1), 1, block);
        room.set(1 << 20);
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(writer::close)
                .withMessageContaining("stays as last flushed, without its last 1 dumps: only 1048576 bytes are left");
        assertThatNoException().isThrownBy(writer::close);
    }

    @Test
    void shouldNotBeginASetWithoutRoom() {
        Path set = SampleSets.set(SampleSets.LOW8);
        Path copy = directory.resolve("copy.ms");
        WriterOptions options = WriterOptions.of(copy, set, MsTelescopeModel.read(set), Copying.APPLICATION);
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MeasurementSetWriter.create(options, () -> (16 << 20) + DUMP_BYTES - 1))
                .withMessageContaining("cannot be made: " + ((16 << 20) + DUMP_BYTES - 1)
                        + " bytes are left on its file system, it needs " + ((16 << 20) + DUMP_BYTES));
        assertThat(copy).doesNotExist();
        MeasurementSetWriter.create(options, () -> (16 << 20) + DUMP_BYTES).close();
        assertThat(copy).exists();
    }

    @Test
    void shouldRefuseAMissingModelBeforeItDeletesAnything() {
        Path set = SampleSets.set(SampleSets.LOW8);
        TelescopeModel model = MsTelescopeModel.read(set);
        Path old = directory.resolve("old.ms");
        Copying.transmit(set, old);
        WriterOptions options = WriterOptions.of(old, directory.resolve("no.ms"), model, Copying.APPLICATION)
                .withOverwrite(true);
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MeasurementSetWriter.create(options))
                .withMessageContaining("no.ms cannot be opened");
        assertThat(old.resolve("table.dat")).exists();
    }

    private static String taql(String query, Path... sets) {
        String text = query;
        for (int i = 0; i < sets.length; i++) {
            text = text.replace("$" + (i + 1), "'" + sets[i].toAbsolutePath() + "'");
        }
        return Command.run(List.of("taql", "-s", "python", text));
    }
}
