package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.MsTelescopeModel;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.ElementLayout;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written while another thread places the next dump is what one thread writes. */
@Timeout(60) // a thread that waits for ever
class PlacingAheadTest {
    private static final int DUMPS = 12;

    @TempDir
    Path folder;

    private Path modelSet;
    private TelescopeModel model;
    private final List<MsWriterConsumer> consumers = new ArrayList<>();

    @BeforeEach
    void readModel() throws Exception {
        modelSet = SampleSet.unpack(folder);
        model = MsTelescopeModel.read(modelSet);
    }

    @AfterEach
    void close() {
        consumers.forEach(MsWriterConsumer::close);
    }

    /** With streams that are lacking, dumps that never came, times that the model does not know, scans, and few dumps a set. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteTheSameSetsWhicheverDumpsAreShownBefore(long seed) throws Exception {
        List<VisibilityDump> dumps = dumps(new Random(seed));
        Map<String, String> options = Map.of("per_scan", "true", "max_dumps", "3");
        MsWriterConsumer plain = start("plain.ms", Long.MAX_VALUE, options);
        dumps.forEach(dump -> plain.consume(dump, false));
        plain.close();

        MsWriterConsumer ahead = start("ahead.ms", 0, options);
        Random random = new Random(seed);
        for (int i = 0; i < dumps.size(); i++) {
            if (i + 1 < dumps.size() && random.nextInt(4) > 0) {
                ahead.prepare(dumps.get(i + 1));
            }
            ahead.consume(dumps.get(i), false);
            ahead.idle();
        }
        ahead.close();

        Map<String, List<String>> written = sets("ahead.");
        assertThat(written).isEqualTo(sets("plain."));
        assertThat(written).hasSizeGreaterThan(3);
        assertThat(written.values().stream().flatMap(List::stream)).hasSizeGreaterThan(dumps.size());
    }

    @Test
    void shouldWriteOneDumpWhileTheNextIsPlaced() throws Exception {
        MsWriterConsumer consumer = start("ahead.ms", 0, Map.of("max_dumps", "1"));
        HeldPayload held = new HeldPayload(stream(2, 0));
        VisibilityDump next = new VisibilityDump(ticks(2), 7, new VisibilityPayload[] {held, stream(2, 1)});
        consumer.prepare(next);
        held.reached.await();
        consumer.consume(whole(1), false);
        assertThat(SampleSet.describe(folder.resolve("ahead.000001.ms"), modelSet))
                .as("complete while the thread is still at work on the next")
                .singleElement()
                .asString()
                .contains("formula=2304 of [1] ");
        held.goOn.countDown();
        consumer.consume(next, true);
        assertThat(SampleSet.describe(folder.resolve("ahead.000002.ms"), modelSet))
                .singleElement()
                .asString()
                .contains("formula=2304 of [2] ");
    }

    @Test
    void shouldReadNoDumpAfterItHasClosed() throws Exception {
        MsWriterConsumer consumer = start("ahead.ms", 0, Map.of());
        HeldPayload held = new HeldPayload(stream(2, 0));
        consumer.prepare(new VisibilityDump(ticks(2), 7, new VisibilityPayload[] {held, null}));
        held.reached.await();
        CompletableFuture<Void> released = CompletableFuture.runAsync(
                held.goOn::countDown, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        consumer.close();
        assertThat(held.goOn.getCount()).as("closed after the thread went on").isZero();
        released.join();
        assertThat(SampleSet.describe(folder.resolve("ahead.ms"), modelSet))
                .as("a dump that was only shown")
                .isEmpty();
    }

    @Test
    void shouldFailOnADumpThatCannotBePlacedWhenItIsGivenAndKeepTheOneBefore() throws Exception {
        MsWriterConsumer consumer = start("ahead.ms", 0, Map.of());
        VisibilityDump narrow = new VisibilityDump(
                ticks(2), 7, new VisibilityPayload[] {FormulaPayload.of(2, ticks(2), 12, 12, 8, 4, 255, 255), null});
        VisibilityDump first = whole(1);
        consumer.prepare(first);
        consumer.prepare(narrow);
        consumer.consume(first, false);
        assertThatThrownBy(() -> consumer.consume(narrow, true)).isInstanceOf(IllegalArgumentException.class);
        consumer.close();
        assertThat(SampleSet.describe(folder.resolve("ahead.ms"), modelSet)).hasSize(1);
    }

    @Test
    void shouldPlaceAllThatFollowsADumpThatTheThreadCouldNotPlace() throws Exception {
        MsWriterConsumer consumer = start("ahead.ms", 0, Map.of());
        HeldPayload held = new HeldPayload(stream(2, 0));
        held.fault = new OutOfMemoryError("for a moment");
        held.goOn.countDown();
        VisibilityDump second = new VisibilityDump(ticks(2), 7, new VisibilityPayload[] {held, stream(2, 1)});
        List<VisibilityDump> dumps = List.of(whole(1), second, whole(3), whole(4), whole(5));
        for (int i = 0; i < dumps.size(); i++) {
            if (i + 1 < dumps.size()) {
                consumer.prepare(dumps.get(i + 1));
            }
            consumer.consume(dumps.get(i), false);
        }
        consumer.close();
        assertThat(held.fault).as("thrown on the thread").isNull();
        assertThat(SampleSet.describe(folder.resolve("ahead.ms"), modelSet)).hasSize(5);
    }

    @Test
    void shouldFailOnTheDumpThatCannotBeWrittenWhileTheNextIsPlaced() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        MsWriterConsumer consumer = start("place/ahead.ms", 0, Map.of("max_dumps", "1"));
        VisibilityDump second = whole(2);
        consumer.prepare(second);
        consumer.consume(whole(1), false);
        Path kept = Files.move(place, folder.resolve("kept"));
        consumer.prepare(whole(3));
        assertThatThrownBy(() -> consumer.consume(second, false))
                .isInstanceOf(MeasurementSetException.class)
                .hasMessageContaining("there is no directory " + place);
        consumer.close();
        try (Stream<Path> sets = Files.list(kept)) {
            assertThat(sets).containsExactly(kept.resolve("ahead.000001.ms"));
        }
        assertThat(SampleSet.describe(kept.resolve("ahead.000001.ms"), modelSet))
                .singleElement()
                .asString()
                .contains("formula=2304 of [1] ");
    }

    @Test
    void shouldTakeAsManyDumpsAsThereAreWithoutShowing() throws Exception {
        MsWriterConsumer consumer = start("ahead.ms", 0, Map.of());
        for (int i = 1; i <= 5; i++) {
            consumer.consume(whole(i), true);
        }
        consumer.close();
        assertThat(SampleSet.describe(folder.resolve("ahead.ms"), modelSet)).hasSize(5);
    }

    private MsWriterConsumer start(String output, long leastBytesAhead, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "output", folder.resolve(output).toString(),
                "flag_from_fd", "true",
                "time_tolerance", "0.01",
                "flush_interval", "0.000001",
                "overwrite", "false",
                "tile_bytes", "1048576",
                "weight_spectrum", "true",
                "per_scan", "false",
                "max_dumps", "0"));
        all.putAll(options);
        MsWriterConsumer consumer = new MsWriterConsumer(leastBytesAhead);
        consumers.add(consumer);
        consumer.start(new ConsumerContext(
                Optional.of(model),
                Optional.of(modelSet),
                Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 16), 8)),
                0,
                new ConsumerOptions("mswriter", all)));
        return consumer;
    }

    /** Of the model's times but some, in two scans or three. */
    private List<VisibilityDump> dumps(Random random) {
        List<VisibilityDump> dumps = new ArrayList<>();
        long scanId = 7;
        for (int i = 0; i < DUMPS; i++) {
            long ticks = random.nextInt(5) == 0 ? ticks(i) + (1L << 30) : ticks(i);
            scanId += i % 5 == 4 ? 1 : 0;
            int lacking = random.nextInt(4);
            if (i != 3 && i != 7) {
                dumps.add(new VisibilityDump(ticks, scanId, new VisibilityPayload[] {
                    lacking == 0 ? null : stream(i + 1, 0), lacking == 1 ? null : stream(i + 1, 1)
                }));
            }
        }
        return dumps;
    }

    private VisibilityDump whole(int number) {
        return new VisibilityDump(ticks(number), 7, new VisibilityPayload[] {stream(number, 0), stream(number, 1)});
    }

    private static FormulaPayload stream(int number, int stream) {
        return FormulaPayload.of(number, number, 8 * stream, 8 * stream, 8, 4, 255, 255);
    }

    private long ticks(int dump) {
        return PayloadTime.ticksOfMjdSeconds(model.dump(dump).timeMjdSeconds());
    }

    /** What python-casacore finds in each set, by what follows the prefix. */
    private Map<String, List<String>> sets(String prefix) throws Exception {
        Map<String, List<String>> sets = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix)) {
                    sets.put(name.substring(prefix.length()), SampleSet.describe(file, modelSet));
                }
            }
        }
        return sets;
    }

    /** Holds up whoever reads its data. */
    private static final class HeldPayload implements VisibilityPayload {
        private final FormulaPayload inner;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        /** Thrown once. */
        private volatile Error fault;

        HeldPayload(FormulaPayload inner) {
            this.inner = inner;
        }

        @Override
        public ByteBuffer data() {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            Error once = fault;
            fault = null;
            if (once != null) {
                throw once;
            }
            return inner.data();
        }

        @Override
        public long timestampTicks() {
            return inner.timestampTicks();
        }

        @Override
        public int channelId() {
            return inner.channelId();
        }

        @Override
        public int channelCount() {
            return inner.channelCount();
        }

        @Override
        public int baselineCount() {
            return inner.baselineCount();
        }

        @Override
        public int polarisationId() {
            return inner.polarisationId();
        }

        @Override
        public int phaseBinId() {
            return inner.phaseBinId();
        }

        @Override
        public int phaseBinCount() {
            return inner.phaseBinCount();
        }

        @Override
        public long scanId() {
            return inner.scanId();
        }

        @Override
        public long hardwareId() {
            return inner.hardwareId();
        }

        @Override
        public ElementLayout layout() {
            return inner.layout();
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}
    }
}
