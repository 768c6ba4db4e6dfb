package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.item.Flavour;
import org.spead.oracle.WalkedHeap;

/** Groups of heaps, substreams and rates of single heaps; the stream's agent is driven by hand. */
class SendGroupsTest {
    private static final Flavour FLAVOUR = Flavour.SPEAD_64_48;

    private record Done(List<HeapReference> heaps, long bytesSent, IOException error) {}

    private final CapturingSink sink = new CapturingSink(16);
    private final List<Done> done = new ArrayList<>();
    private final GroupCompletion completion = (heaps, bytes, error) -> done.add(new Done(heaps, bytes, error));
    private long now = 1_000;

    private SendStream stream(SendConfig.Builder config) {
        return new SendStream("send-0", config.maxPacketBytes(1000).build(), sink, () -> now);
    }

    private static HeapReference heap(int bytes) {
        HeapBuilder builder = new HeapBuilder(FLAVOUR);
        builder.addReference(0x1000, ByteBuffer.allocateDirect(bytes));
        return HeapReference.of(builder.build());
    }

    private static void drain(SendStream stream) {
        for (int i = 0; !stream.isDrained(); i++) {
            assertThat(i).as("duty cycles").isLessThan(1_000_000);
            stream.doWork();
        }
    }

    /** Heap counts of the packets in the order in which they were sent. */
    private static List<Long> cnts(CapturingSink sink) {
        return sink.packets.stream()
                .map(packet -> ByteBuffer.wrap(packet).getLong(8) & FLAVOUR.maxAddress())
                .toList();
    }

    /** A packet of 1000 bytes holds 952 of payload after the first pointer, 960 without it. */
    @ParameterizedTest
    @CsvSource({
        "SERIAL, 1 1 1 2 3 3",
        "ROUND_ROBIN, 1 2 3 1 3 1",
    })
    void shouldSendPacketsInTheOrderOfTheMode(GroupMode mode, String order) throws IOException {
        SendStream stream = stream(SendConfig.builder());
        long bytes = stream.sendGroup(List.of(heap(2500), heap(10), heap(1500)), mode);

        assertThat(cnts(sink))
                .isEqualTo(Arrays.stream(order.split(" ")).map(Long::valueOf).toList());
        assertThat(bytes).isEqualTo(sink.bytes());
        assertThat(WalkedHeap.walk(sink.packets)).hasSize(3);
    }

    @Test
    void shouldDealPacketsOfManyHeapsInTurn() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            sink.packets.clear();
            SendStream stream = stream(SendConfig.builder().maxHeaps(20));
            int[] packets = random.ints(1 + random.nextInt(20), 1, 8).toArray();
            stream.sendGroup(
                    IntStream.of(packets).mapToObj(n -> heap(960 * n - 8)).toList(), GroupMode.ROUND_ROBIN);

            List<Long> expected = new ArrayList<>();
            for (int turn = 0; turn < 8; turn++) {
                for (int i = 0; i < packets.length; i++) {
                    if (packets[i] > turn) {
                        expected.add(i + 1L);
                    }
                }
            }
            assertThat(cnts(sink)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void shouldQueueAllHeapsOfAGroupOrNone() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(4));
        HeapReference first = heap(100);
        HeapReference second = heap(200);
        stream.offerGroup(List.of(heap(1), heap(2), heap(3)), GroupMode.SERIAL, completion);

        assertThat(stream.offerGroup(List.of(first, second), GroupMode.SERIAL, completion))
                .isFalse();
        drain(stream);
        assertThat(stream.offerGroup(List.of(first, second), GroupMode.SERIAL, completion))
                .isTrue();
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets).keySet()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(done).hasSize(2);
        assertThat(done.get(1).heaps()).containsExactly(first, second);
    }

    @Test
    void shouldUnwindAGroupWithAHeapThatCannotBeSent() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(9));
        HeapReference good = heap(100);
        HeapReference inFlight = heap(1);
        stream.offer(inFlight, HeapCompletion.NONE);
        List<List<HeapReference>> wrong = List.of(
                List.of(good, heap(1).withHeapCnt(1L << 48)),
                List.of(good, heap(1).withHeapCnt(-5)),
                List.of(good, heap(1).withSubstream(1)),
                List.of(good, inFlight),
                List.of(good, heap(3), good));
        for (List<HeapReference> group : wrong) {
            assertThatThrownBy(() -> stream.offerGroup(group, GroupMode.ROUND_ROBIN, completion))
                    .isInstanceOf(RuntimeException.class);
        }
        good.heap().segment(0);
        stream.offerGroup(List.of(good), GroupMode.SERIAL, completion);
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets).keySet())
                .as("no count of a refused group is missing")
                .containsExactly(1L, 2L);
        assertThat(done).hasSize(1);
    }

    @Test
    void shouldRefuseGroupsThatCanNeverBeQueued() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(2));
        assertThatThrownBy(() -> stream.offerGroup(List.of(), GroupMode.SERIAL, completion))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 2 heaps");
        assertThatThrownBy(() -> stream.offerGroup(List.of(heap(1), heap(1), heap(1)), GroupMode.SERIAL, completion))
                .hasMessageContaining("not 3");
        stream.finish();
        assertThatThrownBy(() -> stream.offerGroup(List.of(heap(1)), GroupMode.SERIAL, completion))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldReportTheFirstErrorOfAGroupOnceAndGoOn() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(9));
        stream.offerGroup(List.of(heap(5000), heap(5000)), GroupMode.ROUND_ROBIN, completion);
        stream.offerGroup(List.of(heap(10)), GroupMode.SERIAL, completion);
        sink.failures = 3;
        drain(stream);

        assertThat(done).hasSize(2);
        assertThat(done.get(0).error()).hasMessage("failure, 2 to come");
        assertThat(done.get(1).error()).isNull();
        assertThat(done.get(0).bytesSent() + done.get(1).bytesSent()).isEqualTo(sink.bytes());
        assertThat(stream.stats().failedHeaps()).isEqualTo(2);
        assertThat(stream.stats().heaps()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheHeapsOfAGroupUntilAllAreSent() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(2));
        HeapReference small = heap(1);
        sink.takeAtMost = 1;
        stream.offerGroup(List.of(small, heap(5000)), GroupMode.SERIAL, completion);
        stream.doWork();
        stream.doWork();

        assertThatThrownBy(() -> small.heap().segment(0)).hasMessageContaining("being sent");
        assertThat(stream.offer(heap(1), HeapCompletion.NONE)).isFalse();
        drain(stream);
        assertThat(small.heap().segment(0).remaining()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpAGroupAsOneWhenClosed() {
        SendStream stream = stream(SendConfig.builder());
        sink.takeAtMost = 1;
        stream.offerGroup(List.of(heap(5000), heap(5000)), GroupMode.ROUND_ROBIN, completion);
        stream.doWork();
        stream.onClose();

        assertThat(done).singleElement().satisfies(d -> {
            assertThat(d.error()).hasMessageContaining("closed");
            assertThat(d.bytesSent()).isEqualTo(1000);
        });
        assertThat(stream.stats().failedHeaps()).isEqualTo(2);
        assertThat(stream.isDrained()).isTrue();
    }

    @Test
    void shouldSendEachHeapToItsSubstreamUnderOneSequenceOfCounts() {
        CapturingSink other = new CapturingSink(2);
        SendStream stream =
                new SendStream("send-0", SendConfig.builder().maxHeaps(9).build(), List.of(sink, other), () -> now);
        assertThat(stream.substreamCount()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            stream.offer(heap(100 + i).withSubstream(i % 2), HeapCompletion.NONE);
        }
        stream.offer(heap(7).withSubstream(1).withHeapCnt(99), HeapCompletion.NONE);
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets).keySet()).containsExactly(1L, 3L, 5L);
        assertThat(WalkedHeap.walk(other.packets).keySet()).containsExactly(2L, 4L, 6L, 99L);
    }

    @Test
    void shouldWaitForASubstreamThatIsFullAndTellOwnersInOrder() {
        CapturingSink other = new CapturingSink(4);
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), List.of(sink, other), () -> now);
        List<Integer> order = new ArrayList<>();
        stream.offer(heap(9000), (h, bytes, error) -> order.add(0));
        stream.offer(heap(9000).withSubstream(1), (h, bytes, error) -> order.add(1));
        sink.takeAtMost = 0;
        for (int i = 0; i < 5; i++) {
            stream.doWork();
        }
        assertThat(order).isEmpty();
        assertThat(other.packets).isNotEmpty();
        sink.takeAtMost = 3;
        drain(stream);
        assertThat(order).containsExactly(0, 1);
    }

    @Test
    void shouldSeparateTheErrorsOfSubstreams() {
        CapturingSink other = new CapturingSink(4);
        SendStream stream = new SendStream("send-0", SendConfig.builder().build(), List.of(sink, other), () -> now);
        List<IOException> errors = new ArrayList<>();
        other.failures = 1;
        stream.offer(heap(10), (h, bytes, error) -> errors.add(error));
        stream.offer(heap(10).withSubstream(1), (h, bytes, error) -> errors.add(error));
        drain(stream);

        assertThat(errors).hasSize(2);
        assertThat(errors.get(0)).isNull();
        assertThat(errors.get(1)).hasMessageContaining("failure");
    }

    @Test
    void shouldShareTheRateAmongSubstreams() throws IOException {
        CapturingSink other = new CapturingSink(16);
        SendConfig config = SendConfig.builder()
                .rateBytesPerSecond(1_000_000)
                .burstBytes(1000)
                .earlyNanos(0)
                .maxPacketBytes(1000)
                .build();
        SendStream stream = new SendStream("send-0", config, List.of(sink, other), () -> now);
        long start = now;
        stream.offerGroup(
                List.of(heap(960 * 10 - 8), heap(960 * 10 - 8).withSubstream(1)), GroupMode.ROUND_ROBIN, completion);
        run(stream);

        assertThat(now - start).isEqualTo(19 * 1_000_000);
        assertThat(sink.packets).hasSize(10);
        assertThat(other.packets).hasSize(10);
    }

    @Test
    void shouldHeedTheRateOfAHeap() {
        SendStream stream = stream(SendConfig.builder()
                .rateBytesPerSecond(1_000_000)
                .burstBytes(1000)
                .earlyNanos(0)
                .burstRateRatio(1.0)
                .maxHeaps(9));
        long start = now;
        stream.offer(heap(960 * 5 - 8), HeapCompletion.NONE);
        stream.offer(heap(960 * 5 - 8).withRate(2_000_000), HeapCompletion.NONE);
        stream.offer(heap(960 * 5 - 8).withRate(HeapReference.UNLIMITED), HeapCompletion.NONE);
        stream.offer(heap(960 * 5 - 8).withRate(-7), HeapCompletion.NONE);
        run(stream);

        assertThat(now - start)
                .as("five packets at 1 ms, five at half, none, four at 1 ms")
                .isEqualTo(5_000_000 + 2_500_000 + 4_000_000);
    }

    @Test
    void shouldHeedTheRateOfAHeapInAStreamWithout() {
        SendStream stream =
                stream(SendConfig.builder().burstBytes(1000).earlyNanos(0).maxHeaps(9));
        long start = now;
        stream.offer(heap(960 * 5 - 8), HeapCompletion.NONE);
        stream.offer(heap(960 * 5 - 8).withRate(1_000_000), HeapCompletion.NONE);
        stream.offer(heap(960 * 5 - 8), HeapCompletion.NONE);
        run(stream);

        assertThat(now - start).isEqualTo(5_000_000);
    }

    @Test
    void shouldCountFromANewSequence() {
        SendStream stream = stream(SendConfig.builder().maxHeaps(9));
        stream.offer(heap(1), HeapCompletion.NONE);
        stream.setHeapCntSequence(0x1234, 16);
        stream.offer(heap(1), HeapCompletion.NONE);
        stream.offer(heap(1), HeapCompletion.NONE);
        drain(stream);

        assertThat(WalkedHeap.walk(sink.packets).keySet()).containsExactly(1L, 0x1234L, 0x1244L);
        assertThatThrownBy(() -> stream.setHeapCntSequence(1, 0)).hasMessageContaining("in steps of 0");
        assertThatThrownBy(() -> stream.setHeapCntSequence(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseReferencesThatMakeNoSense() {
        assertThatThrownBy(() -> heap(1).withSubstream(-1)).hasMessageContaining("substream");
        assertThatThrownBy(() -> heap(1).withRate(Long.MAX_VALUE)).hasMessageContaining("too large");
        assertThatThrownBy(() -> new SendStream("x", SendConfig.builder().build(), List.of(), () -> 0))
                .hasMessageContaining("needs a packet sink");
    }

    /** Sends everything, letting exactly the time pass that the stream says it needs. */
    private void run(SendStream stream) {
        for (int i = 0; !stream.isDrained(); i++) {
            assertThat(i).as("duty cycles").isLessThan(100_000);
            if (stream.doWork() == 0) {
                now += stream.nanosUntilDue();
            }
        }
    }
}
