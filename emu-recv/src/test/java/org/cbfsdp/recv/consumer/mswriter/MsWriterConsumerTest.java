package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two streams of eight channels into sets of 36 baselines, 16 channels, 4 polarisations: 2304 visibilities a dump. */
class MsWriterConsumerTest {
    private static final int FULL = 255;
    private static final double INTERVAL = 0.849;

    @TempDir
    Path folder;

    private Path modelSet;
    private TelescopeModel model;
    private Path output;
    private final MsWriterConsumer consumer = new MsWriterConsumer();

    @BeforeEach
    void readModel() throws Exception {
        modelSet = SampleSet.unpack(folder);
        model = MsTelescopeModel.read(modelSet);
        output = folder.resolve("out.ms");
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    void shouldWriteAWholeDump() throws Exception {
        start(Map.of());
        consumer.consume(dump(1, ticks(1), stream(1, 0), stream(1, 1)), true);
        assertThat(written())
                .containsExactly("dt=0.8490 formula=2304 of [1] zero=0 flagged=0 uvw=[1] scan=[7] weight=1");
    }

    @Test
    void shouldFlagWhatNeverCameOfADump() throws Exception {
        start(Map.of());
        consumer.consume(dump(1, ticks(1), stream(1, 0), null), false);
        consumer.consume(dump(2, ticks(2), null, stream(2, 1)), true);
        assertThat(written())
                .containsExactly(
                        "dt=0.8490 formula=1152 of [1] zero=1152 flagged=1152 uvw=[1] scan=[7] weight=0.5",
                        "dt=1.6980 formula=1152 of [2] zero=1152 flagged=1152 uvw=[2] scan=[7] weight=0.5");
    }

    @Test
    void shouldWriteADumpOfTheModelThatWasSkippedFlagged() throws Exception {
        start(Map.of());
        consumer.consume(dump(1, ticks(1), stream(1, 0), stream(1, 1)), false);
        consumer.consume(dump(4, ticks(4), stream(4, 0), stream(4, 1)), true);
        assertThat(written())
                .containsExactly(
                        "dt=0.8490 formula=2304 of [1] zero=0 flagged=0 uvw=[1] scan=[7] weight=1",
                        "dt=1.6980 formula=0 of [] zero=2304 flagged=2304 uvw=[2] scan=[7] weight=0",
                        "dt=2.5470 formula=0 of [] zero=2304 flagged=2304 uvw=[3] scan=[7] weight=0",
                        "dt=3.3960 formula=2304 of [4] zero=0 flagged=0 uvw=[4] scan=[7] weight=1");
    }

    @Test
    void shouldUseTheNearestDumpOfTheModelForATimeItDoesNotKnow() throws Exception {
        start(Map.of());
        long between = PayloadTime.ticksOfMjdSeconds(model.dump(3).timeMjdSeconds() + 0.3);
        long beyond = PayloadTime.ticksOfMjdSeconds(model.dump(11).timeMjdSeconds() + 100);
        consumer.consume(dump(1, ticks(1), stream(1, 0), stream(1, 1)), false);
        consumer.consume(dump(3, between, stream(3, 0), stream(3, 1)), false);
        consumer.consume(dump(5, beyond, stream(5, 0), stream(5, 1)), true);
        assertThat(written())
                .containsExactly(
                        "dt=0.8490 formula=2304 of [1] zero=0 flagged=0 uvw=[1] scan=[7] weight=1",
                        "dt=2.8470 formula=2304 of [3] zero=0 flagged=0 uvw=[3] scan=[7] weight=1",
                        "dt=109.3390 formula=2304 of [5] zero=0 flagged=0 uvw=[11] scan=[7] weight=1");
    }

    @Test
    void shouldTakeTheTimeOfTheModelWithinTheTolerance() throws Exception {
        start(Map.of("time_tolerance", "0.1"));
        long near = PayloadTime.ticksOfMjdSeconds(model.dump(2).timeMjdSeconds() + 0.09 * INTERVAL);
        consumer.consume(dump(2, near, stream(2, 0), stream(2, 1)), true);
        assertThat(written()).singleElement().asString().startsWith("dt=1.6980 ");
    }

    @Test
    void shouldFlagWhereTheFractionOfDataIsZero() throws Exception {
        start(Map.of());
        consumer.consume(dump(1, ticks(1), payload(1, 0, 0, FULL), payload(1, 1, FULL, FULL)), true);
        assertThat(written())
                .singleElement()
                .asString()
                .contains("formula=2304 of [1] zero=0 flagged=32 ")
                .as("one baseline of eight channels");
    }

    @Test
    void shouldFlagEverythingOfASenderThatLeavesTheFractionEmpty() throws Exception {
        start(Map.of());
        consumer.consume(dump(1, ticks(1), payload(1, 0, 0, 0), payload(1, 1, 0, 0)), true);
        assertThat(written()).singleElement().asString().contains("formula=2304 of [1] zero=0 flagged=2304 ");
    }

    @Test
    void shouldNotFlagByTheFractionOfDataWhenToldSo() throws Exception {
        start(Map.of("flag_from_fd", "false"));
        consumer.consume(dump(1, ticks(1), payload(1, 0, 0, 0), null), true);
        assertThat(written()).singleElement().asString().contains("formula=1152 of [1] zero=1152 flagged=1152 ");
    }

    @Test
    void shouldPlaceChannelsThatCountFromTheSelection() throws Exception {
        start(Map.of(), 8);
        FormulaPayload second = FormulaPayload.of(1, ticks(1), 0, 8, 8, 4, FULL, FULL);
        consumer.consume(dump(1, ticks(1), null, second), true);
        assertThat(written()).singleElement().asString().contains("formula=1152 of [1] zero=1152 flagged=1152 ");
    }

    @Test
    void shouldFlagPolarisationsThatAPayloadDoesNotHave() throws Exception {
        start(Map.of());
        FormulaPayload single = FormulaPayload.of(1, ticks(1), 0, 0, 8, 1, FULL, FULL);
        consumer.consume(dump(1, ticks(1), single, null), true);
        assertThat(written()).singleElement().asString().contains("formula=288 of [1] zero=2016 flagged=2016 ");
    }

    @Test
    @Timeout(60)
    void shouldFlushWhileNothingComes() throws Exception {
        start(Map.of("flush_interval", "0.5"));
        consumer.consume(dump(1, ticks(1), stream(1, 0), stream(1, 1)), true);
        List<String> flushed = List.of();
        for (int copies = 0; flushed.isEmpty(); copies++) {
            consumer.idle();
            // A copy: what is on the disk counts, not what the open table knows.
            Path copy = folder.resolve("copy-" + copies + ".ms");
            copyTree(output, copy);
            flushed = SampleSet.describe(copy, modelSet);
        }
        assertThat(flushed).hasSize(1);
    }

    @Test
    void shouldWriteASetWithoutRowsWhenNothingComes() throws Exception {
        start(Map.of());
        assertThat(written()).isEmpty();
    }

    @Test
    void shouldRefuseASetThatIsThereAndLeaveItAlone() throws Exception {
        Files.createDirectory(output);
        Files.writeString(output.resolve("mine"), "mine");
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(MeasurementSetException.class)
                .hasMessageContaining("mswriter.overwrite = true");
        consumer.close();
        assertThat(output.resolve("mine")).hasContent("mine");
    }

    @Test
    void shouldRefuseToStartWithoutAModel() {
        ConsumerContext context = new ConsumerContext(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions("mswriter", Map.of()));
        assertThatThrownBy(() -> consumer.start(context))
                .isInstanceOf(ConsumerException.class)
                .hasMessageContaining("reception.datamodel");
    }

    private void start(Map<String, String> options) {
        start(options, 0);
    }

    private void start(Map<String, String> options, int channelIdOffset) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "flag_from_fd", "true",
                "time_tolerance", "0.01",
                "flush_interval", "10",
                "overwrite", "false",
                "tile_bytes", "1048576",
                "weight_spectrum", "false",
                "per_scan", "false",
                "max_dumps", "0"));
        all.putAll(options);
        all.put("output", output.toString());
        consumer.start(new ConsumerContext(
                Optional.of(model),
                Optional.of(modelSet),
                Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 16), 8)),
                channelIdOffset,
                new ConsumerOptions("mswriter", all)));
    }

    private List<String> written() throws Exception {
        consumer.close();
        return SampleSet.describe(output, modelSet);
    }

    private long ticks(int dump) {
        return PayloadTime.ticksOfMjdSeconds(model.dump(dump).timeMjdSeconds());
    }

    private FormulaPayload stream(int dump, int stream) {
        return payload(dump, stream, FULL, FULL);
    }

    private FormulaPayload payload(int dump, int stream, int fdOfFirst, int fd) {
        return FormulaPayload.of(dump, ticks(dump), 8 * stream, 8 * stream, 8, 4, fdOfFirst, fd);
    }

    private static VisibilityDump dump(int number, long ticks, VisibilityPayload... payloads) {
        assertThat(number).as("a dump whose values are not zero").isPositive();
        return new VisibilityDump(ticks, 7, payloads);
    }

    private static void copyTree(Path source, Path target) throws Exception {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(source.relativize(file)));
            }
        }
    }
}
