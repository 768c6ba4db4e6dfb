package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.cbfsdp.icd.IcdHeapDecoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.settings.ReaderSettings.RepeatMode;
import org.cbfsdp.settings.TransmissionSettings.DumpPacing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.recv.Heap;

/** What arrives is what the source holds, by the formulas of {@link FakeSource} alone. */
class PacketiserTest {
    private static final double EPOCH = 40587.0 * 86400;
    private static final double[] TIMES = {EPOCH + 1_700_000_000.5, EPOCH + 1_700_000_002.25, EPOCH + 1_700_000_003};
    private static final long[] TICKS = {
        1_700_000_000L << 32 | 1L << 31, 1_700_000_002L << 32 | 1L << 30, 1_700_000_003L << 32
    };
    private static final int BASELINES = 7;
    private static final int[] LINEAR = {9, 10, 11, 12};
    private static final int[] IN_ORDER = {0, 1, 2, 3};

    @ParameterizedTest(name = "{1} channels from {0}, {2} a stream: {3} streams, the last of {4}")
    @CsvSource({"0, 16, 0, 1, 16", "0, 16, 4, 4, 4", "0, 13, 4, 4, 1", "5, 40, 33, 2, 7", "3, 2, 100, 1, 2"})
    void shouldDeliverEveryStreamAsTheSourceHasIt(int first, int count, int width, int streams, int last)
            throws Exception {
        ChannelRange channels = new ChannelRange(first, count);
        FakeSource source = new FakeSource(TIMES, 1, BASELINES, channels, LINEAR);
        StreamPlan plan = StreamPlan.of(channels, width, OptionalInt.empty());
        assertThat(plan.count()).isEqualTo(streams);
        assertThat(plan.stream(streams - 1).count()).isEqualTo(last);

        try (MemoryStreams memory = new MemoryStreams(plan, first, 0, BASELINES, 4)) {
            Packetiser packetiser = packetiser(source, memory, IN_ORDER, true);
            run(memory, packetiser);

            assertThat(packetiser.sentDumps()).isEqualTo(3);
            assertThat(packetiser.partlyFlagged()).isEqualTo(partlyFlagged(channels));
            assertThat(source.reads()).containsExactly(0, 1, 2);
            for (int i = 0; i < streams; i++) {
                check(memory.received(i), plan.stream(i), plan.stream(i).first(), IN_ORDER, true);
            }
        }
    }

    @Test
    void shouldNameChannelsFromTheSelectionWhenAsked() throws Exception {
        ChannelRange channels = new ChannelRange(6, 8);
        StreamPlan plan = StreamPlan.ofWidth(channels, 5);
        try (MemoryStreams memory = new MemoryStreams(plan, 6, 6, BASELINES, 4)) {
            run(memory, packetiser(new FakeSource(TIMES, 1, BASELINES, channels, LINEAR), memory, IN_ORDER, true));
            check(memory.received(0), new ChannelRange(6, 5), 0, IN_ORDER, true);
            check(memory.received(1), new ChannelRange(11, 3), 5, IN_ORDER, true);
        }
    }

    @Test
    void shouldPadPolarisationsThatTheSourceLacks() throws Exception {
        ChannelRange channels = new ChannelRange(0, 6);
        int[] map = {0, -1, -1, 1};
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 0), 0, 0, BASELINES, 4)) {
            run(memory, packetiser(new FakeSource(TIMES, 1, BASELINES, channels, 9, 12), memory, map, true));
            check(memory.received(0), channels, 0, map, true);
        }
    }

    @Test
    void shouldSendAsManyPolarisationsAsTheSourceHas() throws Exception {
        ChannelRange channels = new ChannelRange(0, 6);
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 0), 0, 0, BASELINES, 1)) {
            run(memory, packetiser(new FakeSource(TIMES, 1, BASELINES, channels, 9), memory, new int[] {0}, true));
            check(memory.received(0), channels, 0, new int[] {0}, true);
        }
    }

    @Test
    void shouldLeaveTheFractionOfDataEmptyWhenAsked() throws Exception {
        ChannelRange channels = new ChannelRange(0, 6);
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 0), 0, 0, BASELINES, 4)) {
            run(memory, packetiser(new FakeSource(TIMES, 1, BASELINES, channels, LINEAR), memory, IN_ORDER, false));
            check(memory.received(0), channels, 0, IN_ORDER, false);
        }
    }

    @Test
    void shouldReadADumpOnceThatIsSentSeveralTimes() throws Exception {
        ChannelRange channels = new ChannelRange(0, 2);
        FakeSource source = new FakeSource(TIMES, 1, BASELINES, channels, LINEAR);
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 0), 0, 0, BASELINES, 4)) {
            Packetiser packetiser = new Packetiser(
                    source,
                    new DumpSchedule(source, 3, RepeatMode.DUMP),
                    new DumpPacer(DumpPacing.NONE, 0, System::nanoTime),
                    memory.senders(),
                    IN_ORDER,
                    true);
            run(memory, packetiser);

            assertThat(packetiser.sentDumps()).isEqualTo(9);
            assertThat(source.reads()).containsExactly(0, 1, 2);
            assertThat(memory.received(0))
                    .as("and the heap that starts the stream")
                    .hasSize(10);
        }
    }

    @Test
    void shouldLayOutARepeatedSequenceOnceWhenItsHeapsCirculate() throws Exception {
        ChannelRange channels = new ChannelRange(0, 4);
        FakeSource source = new FakeSource(TIMES, 1, BASELINES, channels, LINEAR);
        // As many heaps as dumps: each heap meets its dump again.
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 2), 0, 0, BASELINES, 4)) {
            Packetiser packetiser = new Packetiser(
                    source,
                    new DumpSchedule(source, 4, RepeatMode.SEQUENCE),
                    new DumpPacer(DumpPacing.NONE, 0, System::nanoTime),
                    memory.senders(),
                    IN_ORDER,
                    true);
            run(memory, packetiser);

            assertThat(source.reads()).containsExactly(0, 1, 2);
            assertThat(packetiser.partlyFlagged()).isEqualTo(4 * partlyFlagged(channels));
            List<Heap> heaps = memory.received(1);
            IcdHeapDecoder decoder = new IcdHeapDecoder();
            assertThat(heaps).hasSize(13);
            for (int i = 0; i < 12; i++) {
                VisibilityPayload payload = decoder.decode(heaps.get(1 + i));
                long period = Math.round((TIMES[2] - TIMES[0] + 1) * 0x1p32);
                assertThat(payload.timestampTicks()).isEqualTo(TICKS[i % 3] + i / 3 * period);
                byte[] bytes = new byte[payload.data().limit()];
                payload.data().get(0, bytes);
                assertThat(bytes).isEqualTo(expected(i % 3, new ChannelRange(2, 2), IN_ORDER, true));
                payload.release();
            }
            heaps.forEach(Heap::close);
        }
    }

    @ParameterizedTest(name = "after {0} questions")
    @ValueSource(ints = {0, 1, 2, 5, 9})
    void shouldEndEveryStreamWhenStoppedAndCountOnlyWholeDumps(int questions) throws Exception {
        ChannelRange channels = new ChannelRange(0, 4);
        StreamPlan plan = StreamPlan.ofWidth(channels, 2);
        FakeSource source = new FakeSource(TIMES, 1, BASELINES, channels, LINEAR);
        AtomicInteger asked = new AtomicInteger();
        try (MemoryStreams memory = new MemoryStreams(plan, 0, 0, BASELINES, 4)) {
            Packetiser packetiser = new Packetiser(
                    source,
                    new DumpSchedule(source, 1000, RepeatMode.SEQUENCE),
                    new DumpPacer(DumpPacing.NONE, 0, System::nanoTime),
                    memory.senders(),
                    IN_ORDER,
                    true);
            memory.start();
            try (Progress progress = Progress.ofDumps(3)) {
                BooleanSupplier stopped = () -> asked.getAndIncrement() >= questions;
                packetiser.layOutAhead(stopped);
                packetiser.run(stopped, () -> false, progress);
            }
            memory.join();

            int first = memory.received(0).size();
            int second = memory.received(1).size();
            assertThat(packetiser.sentDumps()).isLessThan(3000);
            assertThat(first - 1).isBetween((int) packetiser.sentDumps(), (int) packetiser.sentDumps() + 1);
            assertThat(second - 1).isEqualTo((int) packetiser.sentDumps());
        }
    }

    /** No thread serves the streams: what they were given waits in them. */
    @Test
    void shouldNotCountDumpsThatNoStreamHasSent() throws Exception {
        ChannelRange channels = new ChannelRange(0, 4);
        FakeSource source = new FakeSource(TIMES, 1, BASELINES, channels, LINEAR);
        AtomicInteger asked = new AtomicInteger();
        try (MemoryStreams memory = new MemoryStreams(StreamPlan.ofWidth(channels, 2), 0, 0, BASELINES, 4)) {
            Packetiser packetiser = packetiser(source, memory, IN_ORDER, true);
            BooleanSupplier stopped = () -> asked.getAndIncrement() >= 20;
            packetiser.layOutAhead(stopped);
            packetiser.run(stopped, () -> true, Progress.untold());
            assertThat(source.reads()).isNotEmpty();
            assertThat(packetiser.sentDumps()).isZero();
        }
    }

    private static Packetiser packetiser(FakeSource source, MemoryStreams memory, int[] map, boolean fdFromFlags) {
        return new Packetiser(
                source,
                new DumpSchedule(source, 1, RepeatMode.SEQUENCE),
                new DumpPacer(DumpPacing.NONE, 0, System::nanoTime),
                memory.senders(),
                map,
                fdFromFlags);
    }

    private static void run(MemoryStreams memory, Packetiser packetiser) throws InterruptedException {
        memory.start();
        try (Progress progress = Progress.ofDumps(3)) {
            packetiser.layOutAhead(() -> false);
            packetiser.run(() -> false, () -> false, progress);
        }
        memory.join();
        assertThat(memory.senders()).allMatch(sender -> sender.firstError() == null);
    }

    private static long partlyFlagged(ChannelRange channels) {
        long count = 0;
        for (int c = channels.first(); c < channels.end(); c++) {
            for (int b = 0; b < BASELINES; b++) {
                count += FakeSource.isFirstFlagged(c) && !FakeSource.isAllFlagged(b, c) ? TIMES.length : 0;
            }
        }
        return count;
    }

    private static void check(List<Heap> heaps, ChannelRange channels, int id, int[] map, boolean fdFromFlags) {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        assertThat(heaps).hasSize(1 + TIMES.length);
        assertThat(decoder.decode(heaps.get(0))).isNull();
        assertThat(decoder.fault()).isEqualTo(PayloadFault.NO_DATA);
        for (int dump = 0; dump < TIMES.length; dump++) {
            VisibilityPayload payload = decoder.decode(heaps.get(1 + dump));
            assertThat(payload).as("%s", decoder.fault()).isNotNull();
            assertThat(payload.timestampTicks()).isEqualTo(TICKS[dump]);
            assertThat(payload.channelId()).isEqualTo(id);
            assertThat(payload.channelCount()).isEqualTo(channels.count());
            assertThat(payload.baselineCount()).isEqualTo(BASELINES);
            assertThat(payload.scanId()).isEqualTo(0x0102030405060708L);
            assertThat(payload.hardwareId()).isEqualTo(0xBEEF);
            assertThat(payload.polarisationId()).isEqualTo(3);
            assertThat(payload.phaseBinId()).isEqualTo(4);
            assertThat(payload.phaseBinCount()).isEqualTo(5);
            byte[] bytes = new byte[payload.data().limit()];
            payload.data().get(0, bytes);
            assertThat(bytes).as("dump %d of %s", dump, channels).isEqualTo(expected(dump, channels, map, fdFromFlags));
            payload.release();
        }
        heaps.forEach(Heap::close);
    }

    /** Elements {TCI, FD, VIS} of the interface, channel by channel. */
    private static byte[] expected(int dump, ChannelRange channels, int[] map, boolean fdFromFlags) {
        ByteBuffer elements = ByteBuffer.allocate(channels.count() * BASELINES * (2 + 8 * map.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int c = channels.first(); c < channels.end(); c++) {
            for (int b = 0; b < BASELINES; b++) {
                boolean flagged = FakeSource.isAllFlagged(b, c) || (isSingle(map) && FakeSource.isFlagged(b, c, 0));
                elements.put((byte) 0).put((byte) (fdFromFlags && !flagged ? 255 : 0));
                for (int place : map) {
                    elements.putFloat(place < 0 ? 0 : FakeSource.real(dump, b));
                    elements.putFloat(place < 0 ? 0 : FakeSource.imaginary(c, place));
                }
            }
        }
        return elements.array();
    }

    private static boolean isSingle(int[] map) {
        return map.length == 1;
    }
}
