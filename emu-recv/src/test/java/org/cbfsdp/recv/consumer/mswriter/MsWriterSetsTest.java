package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.MsTelescopeModel;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reception into several sets of 36 baselines, each read by python-casacore. */
class MsWriterSetsTest {
    private static final int BASELINES = 36;

    @TempDir
    Path folder;

    private Path modelSet;
    private TelescopeModel model;
    private final MsWriterConsumer consumer = new MsWriterConsumer();

    @BeforeEach
    void readModel() throws Exception {
        modelSet = SampleSet.unpack(folder);
        model = MsTelescopeModel.read(modelSet);
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void shouldBeginASetWithEachScan() throws Exception {
        start(Map.of("per_scan", "true"));
        assertThat(sets()).as("before there is a scan").isEmpty();
        receive(7, 1, 2);
        receive(12, 3);
        assertThat(observation("out.scan-7.ms")).as("while the next is written").startsWith("rows=72 ");
        receive(13, 4, 5, 6);
        consumer.close();

        assertThat(sets()).containsExactly("out.scan-12.ms", "out.scan-13.ms", "out.scan-7.ms");
        assertThat(dumps("out.scan-7.ms")).containsExactly(received(1, 7), received(2, 7));
        assertThat(dumps("out.scan-12.ms")).containsExactly(received(3, 12));
        assertThat(dumps("out.scan-13.ms")).containsExactly(received(4, 13), received(5, 13), received(6, 13));
        assertThat(observation("out.scan-7.ms")).isEqualTo(whole(2, "0.849 to 2.547"));
        assertThat(observation("out.scan-12.ms")).isEqualTo(whole(1, "2.547 to 3.396"));
        assertThat(observation("out.scan-13.ms")).isEqualTo(whole(3, "3.396 to 5.943"));
    }

    @Test
    void shouldNotTouchTheSetOfAScanThatComesBack() throws Exception {
        start(Map.of("per_scan", "true", "overwrite", "true"));
        receive(7, 1);
        receive(8, 2);
        receive(7, 3);
        consumer.close();

        assertThat(sets()).containsExactly("out.scan-7.000002.ms", "out.scan-7.ms", "out.scan-8.ms");
        assertThat(dumps("out.scan-7.ms")).containsExactly(received(1, 7));
        assertThat(dumps("out.scan-7.000002.ms")).containsExactly(received(3, 7));
    }

    @Test
    void shouldGiveWhatNeverCameToTheScanAfterTheGap() throws Exception {
        start(Map.of("per_scan", "true"));
        receive(7, 1);
        receive(8, 4);
        consumer.close();

        assertThat(dumps("out.scan-7.ms")).containsExactly(received(1, 7));
        assertThat(dumps("out.scan-8.ms")).containsExactly(filled(2, 8), filled(3, 8), received(4, 8));
        assertThat(observation("out.scan-8.ms"))
                .isEqualTo("rows=108 range=1.698 to 4.245 history=['1 dumps received, 0 of them not in the data model']"
                        + " tables=True");
    }

    @Test
    void shouldBeginASetAfterSoManyDumpsAndLeaveTheRestInTheLast() throws Exception {
        start(Map.of("max_dumps", "3"));
        assertThat(sets()).as("the first is made before there is a dump").containsExactly("out.000001.ms");
        receive(7, 1, 2, 3);
        assertThat(observation("out.000001.ms"))
                .as("finished by the dump that fills it")
                .isEqualTo(whole(3, "0.849 to 3.396"));
        assertThat(sets()).as("no set without a dump for it").hasSize(1);
        receive(7, 4, 5, 6, 7, 8);
        consumer.close();

        assertThat(sets()).containsExactly("out.000001.ms", "out.000002.ms", "out.000003.ms");
        assertThat(dumps("out.000001.ms")).containsExactly(received(1, 7), received(2, 7), received(3, 7));
        assertThat(dumps("out.000002.ms")).containsExactly(received(4, 7), received(5, 7), received(6, 7));
        assertThat(dumps("out.000003.ms")).containsExactly(received(7, 7), received(8, 7));
        assertThat(observation("out.000003.ms")).isEqualTo(whole(2, "5.943 to 7.641"));
    }

    @Test
    void shouldMakeNoSetForARestThatIsNone() throws Exception {
        start(Map.of("max_dumps", "2"));
        receive(7, 1, 2, 3, 4);
        consumer.close();
        assertThat(sets()).containsExactly("out.000001.ms", "out.000002.ms");
    }

    @Test
    void shouldCountDumpsThatNeverCameAndUnmatchedOnesInTheirSets() throws Exception {
        start(Map.of("max_dumps", "2"));
        receive(7, 1, 4);
        long beyond = PayloadTime.ticksOfMjdSeconds(model.dump(11).timeMjdSeconds() + 100);
        consumer.consume(dump(5, beyond, 7), true);
        consumer.close();

        assertThat(dumps("out.000001.ms")).containsExactly(received(1, 7), filled(2, 7));
        assertThat(dumps("out.000002.ms")).containsExactly(filled(3, 7), received(4, 7));
        assertThat(observation("out.000001.ms")).contains("['1 dumps received, 0 of them not in the data model']");
        assertThat(observation("out.000003.ms")).contains("['1 dumps received, 1 of them not in the data model']");
    }

    /** What lies outside the heap is freed by a collection, and a receiver that makes no garbage has none. */
    @Test
    void shouldTakeNoMemoryForEachSet() {
        start(Map.of("max_dumps", "1", "weight_spectrum", "true", "flush_interval", "0"));
        VisibilityDump[] dumps = IntStream.rangeClosed(1, 11)
                .mapToObj(number -> dump(number, ticks(number), 7))
                .toArray(VisibilityDump[]::new);
        consumer.consume(dumps[0], false);
        long before = directBytes();
        for (int i = 1; i < dumps.length; i++) {
            consumer.consume(dumps[i], false);
        }
        // WEIGHT_SPECTRUM of a single dump: 2304 floats.
        assertThat(directBytes() - before).isLessThan(2304 * 4);
    }

    @Test
    void shouldNumberTheSetsOfEachScan() throws Exception {
        start(Map.of("max_dumps", "2", "per_scan", "true"));
        receive(7, 1, 2, 3);
        receive(8, 4);
        receive(7, 5);
        consumer.close();

        assertThat(sets())
                .containsExactly(
                        "out.scan-7.000001.ms", "out.scan-7.000002.ms", "out.scan-7.000003.ms", "out.scan-8.000001.ms");
        assertThat(dumps("out.scan-7.000002.ms")).containsExactly(received(3, 7));
        assertThat(dumps("out.scan-7.000003.ms")).containsExactly(received(5, 7));
    }

    @Test
    void shouldTakeTheNextNumberWhenTheSetOfAScanIsThere() throws Exception {
        Path mine = Files.writeString(
                Files.createDirectory(folder.resolve("out.scan-7.ms")).resolve("mine"), "mine");
        start(Map.of("per_scan", "true"));
        receive(7, 1);
        receive(8, 2);
        consumer.close();

        assertThat(mine).hasContent("mine");
        assertThat(sets()).containsExactly("out.scan-7.000002.ms", "out.scan-7.ms", "out.scan-8.ms");
        assertThat(dumps("out.scan-7.000002.ms")).containsExactly(received(1, 7));
    }

    @Test
    void shouldReplaceSetsOfBeforeButNothingElseWhenToldToOverwrite() throws Exception {
        Path before = Files.createDirectory(folder.resolve("out.scan-7.ms"));
        Files.writeString(before.resolve("table.dat"), "a table of before");
        Path mine = Files.writeString(
                Files.createDirectory(folder.resolve("out.scan-8.ms")).resolve("mine"), "mine");
        start(Map.of("per_scan", "true", "overwrite", "true"));
        receive(7, 1);
        receive(8, 2);
        consumer.close();

        assertThat(dumps("out.scan-7.ms")).containsExactly(received(1, 7));
        assertThat(mine).hasContent("mine");
        assertThat(dumps("out.scan-8.000002.ms")).containsExactly(received(2, 8));
    }

    @Test
    void shouldRefuseToStartWhenANumberedSetIsThere() throws Exception {
        Files.createDirectory(folder.resolve("out.000003.ms"));
        assertThatThrownBy(() -> start(Map.of("max_dumps", "2")))
                .isInstanceOf(ConsumerException.class)
                .hasMessage(folder.resolve("out.000003.ms")
                        + " exists already and is not overwritten unless mswriter.overwrite = true");
        assertThat(sets()).containsExactly("out.000003.ms");
    }

    @Test
    void shouldTakeTheNextNumberWhenANameIsTakenMeanwhile() throws Exception {
        start(Map.of("max_dumps", "1"));
        receive(7, 1);
        Files.createDirectory(folder.resolve("out.000002.ms"));
        receive(7, 2);
        consumer.close();
        assertThat(dumps("out.000003.ms")).containsExactly(received(2, 7));
        assertThat(folder.resolve("out.000002.ms")).isEmptyDirectory();
    }

    @Test
    void shouldRefuseToStartWhereNoSetCanBeMade() {
        assertThatThrownBy(() -> start(Map.of(
                        "per_scan",
                        "true",
                        "output",
                        folder.resolve("gone/out.ms").toString())))
                .isInstanceOf(MeasurementSetException.class)
                .hasMessageContaining("there is no directory " + folder.resolve("gone"));
    }

    @Test
    void shouldRefuseToStartWithoutTheProgramAndMakeNoSet() throws Exception {
        assertThatThrownBy(() -> start(Map.of("command", "no-such-program\nx", "command_timeout", "0")))
                .isInstanceOf(ConsumerException.class)
                .hasMessageContaining("there is no program no-such-program");
        assertThat(sets()).isEmpty();
    }

    @Test
    void shouldRunTheCommandOnEachSetThatHasDumps() throws Exception {
        Path log = folder.resolve("log");
        start(Map.of("max_dumps", "2", "command", "sh\n-c\necho $1 >> '" + log + "'\nname", "command_timeout", "0"));
        receive(7, 1, 2, 3);
        consumer.close();
        assertThat(log)
                .content()
                .isEqualTo(folder.resolve("out.000001.ms") + "\n" + folder.resolve("out.000002.ms") + "\n");
    }

    @Test
    void shouldRunNoCommandOnASetWithoutDumps() throws Exception {
        Path log = folder.resolve("log");
        start(Map.of("command", "touch\n" + log, "command_timeout", "0"));
        consumer.close();
        assertThat(sets()).containsExactly("out.ms");
        assertThat(log).doesNotExist();
    }

    @Test
    void shouldFailInTheEndWhenACommandDid() {
        start(Map.of("max_dumps", "2", "command", "false", "command_timeout", "0"));
        receive(7, 1, 2, 3);
        assertThatThrownBy(consumer::close)
                .isInstanceOf(ConsumerException.class)
                .hasMessageStartingWith("mswriter.command failed on 2 of 2 sets, which are there: ");
    }

    private void start(Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "output", folder.resolve("out.ms").toString(),
                "flag_from_fd", "true",
                "time_tolerance", "0.01",
                "flush_interval", "10",
                "overwrite", "false",
                "tile_bytes", "1048576",
                "weight_spectrum", "false",
                "per_scan", "false",
                "max_dumps", "0"));
        all.putAll(options);
        consumer.start(new ConsumerContext(
                Optional.of(model),
                Optional.of(modelSet),
                Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 16), 8)),
                0,
                new ConsumerOptions("mswriter", all)));
    }

    private void receive(long scanId, int... numbers) {
        IntStream.of(numbers).forEach(number -> consumer.consume(dump(number, ticks(number), scanId), false));
    }

    private long ticks(int dump) {
        return PayloadTime.ticksOfMjdSeconds(model.dump(dump).timeMjdSeconds());
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static VisibilityDump dump(int number, long ticks, long scanId) {
        return new VisibilityDump(ticks, scanId, new VisibilityPayload[] {
            FormulaPayload.of(number, ticks, 0, 0, 8, 4, 255, 255),
            FormulaPayload.of(number, ticks, 8, 8, 8, 4, 255, 255)
        });
    }

    /** The line of a dump that came whole. */
    private static String received(int dump, long scanId) {
        return "dt=%.4f formula=2304 of [%d] zero=0 flagged=0 uvw=[%d] scan=[%d] weight=1"
                .formatted(0.849 * dump, dump, dump, scanId);
    }

    /** The line of a dump of which nothing came. */
    private static String filled(int dump, long scanId) {
        return "dt=%.4f formula=0 of [] zero=2304 flagged=2304 uvw=[%d] scan=[%d] weight=0"
                .formatted(0.849 * dump, dump, scanId);
    }

    private static String whole(int dumps, String range) {
        return "rows=%d range=%s history=['%d dumps received, 0 of them not in the data model'] tables=True"
                .formatted(dumps * BASELINES, range, dumps);
    }

    private List<String> dumps(String set) throws Exception {
        return SampleSet.describe(folder.resolve(set), modelSet);
    }

    private String observation(String set) throws Exception {
        return SampleSet.describeObservation(folder.resolve(set), modelSet);
    }

    private List<String> sets() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("out."))
                    .sorted()
                    .toList();
        }
    }
}
