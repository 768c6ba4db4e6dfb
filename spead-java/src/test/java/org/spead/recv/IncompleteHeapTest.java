package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.spead.WirePacket;

/** Incomplete heaps in a ring: counted, delivered, delivered with what arrived of their payload. */
class IncompleteHeapTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final BufferPool pool = new BufferPool(1 << 24);

    private PacketIntake intake(HeapSink sink, boolean allowOutOfOrder) {
        ReceiveConfig config = ReceiveConfig.builder()
                .allowOutOfOrder(allowOutOfOrder)
                .maxHeaps(1)
                .build();
        return new PacketIntake(config, pool, sink, FaultListener.NONE, System::nanoTime);
    }

    private static void give(PacketIntake intake, WirePacket packet) {
        byte[] bytes = packet.bytes();
        intake.datagram(ByteBuffer.wrap(bytes), 0, bytes.length, "test");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Heap 1 with a gap at 10 to 20 and nothing from 30 to 40, then heap 2 whole, then heap 3 without its end. */
    private HeapRing filledRing(IncompletePolicy policy) {
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE, 1, policy);
        PacketIntake intake = intake(ring, true);
        give(intake, WirePacket.of(48, 9, 40, 0, filled(40, 9)));
        ring.poll().close();
        give(
                intake,
                WirePacket.of(48, 1, 40, 20, filled(10, 2))
                        .immediate(0x1000, 77)
                        .addressed(0x1001, 5));
        give(intake, WirePacket.of(48, 1, 40, 0, filled(10, 1)).immediate(6, 0));
        give(intake, WirePacket.of(48, 2, 4, 0, new byte[4]));
        give(intake, WirePacket.of(48, 3, 40, 0, filled(4, 3)));
        intake.end();
        return ring;
    }

    @Test
    void shouldOnlyCountThemUnlessAsked() {
        HeapRing ring = filledRing(IncompletePolicy.COUNT);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.incompleteHeaps()).isEqualTo(2);
        ring.stop();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldDeliverThemInTheirPlaceWithWhatIsKnown() throws InterruptedException {
        HeapRing ring = filledRing(IncompletePolicy.DELIVER);
        List<String> seen = new ArrayList<>();
        while (!ring.isEnded()) {
            try (ReceivedHeap next = ring.takeAny(LONG_NANOS)) {
                if (next instanceof IncompleteHeap heap) {
                    seen.add("part of " + heap.cnt() + " " + heap.receivedLength() + "/" + heap.heapLength());
                    assertThat(heap.payload().limit()).isZero();
                } else {
                    seen.add("heap " + next.cnt());
                }
            }
        }
        assertThat(seen).containsExactly("part of 1 20/40", "heap 2", "part of 3 4/40");
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldKeepWhatArrivedOfThePayloadAndZeroTheRest() {
        HeapRing ring = filledRing(IncompletePolicy.DELIVER_WITH_PAYLOAD);
        IncompleteHeap heap = (IncompleteHeap) ring.pollAny();

        assertThat(heap.payloadRanges()).containsExactly(new PayloadRange(0, 10), new PayloadRange(20, 30));
        assertThat(heap.items()).extracting(item -> item.id()).containsExactly(6, 0x1000);
        assertThat(heap.isStartOfStream()).isTrue();
        assertThat(heap.isEndOfStream()).isFalse();
        ByteBuffer payload = heap.payload();
        assertThat(payload.limit()).isEqualTo(30);
        assertThat(payload.isReadOnly()).isTrue();
        byte[] expected = new byte[30];
        Arrays.fill(expected, 0, 10, (byte) 1);
        Arrays.fill(expected, 20, 30, (byte) 2);
        assertThat(payload).as("no byte of the heap before it shows").isEqualTo(ByteBuffer.wrap(expected));

        assertThat(pool.lentBytes()).isPositive();
        heap.close();
        heap.close();
        assertThatIllegalStateException()
                .isThrownBy(heap::payload)
                .withMessage("incomplete heap 1 was used after it had been closed");
        ring.stop();
        assertThat(ring.discardedHeaps()).isEqualTo(2);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldZeroGapsOfAnyLength() {
        int heapBytes = 100_000;
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE, 1, IncompletePolicy.DELIVER_WITH_PAYLOAD);
        PacketIntake intake = intake(ring, true);
        give(intake, WirePacket.of(48, 9, heapBytes, 0, filled(heapBytes, 9)));
        ring.poll().close();
        // Gaps of a byte, of the unit of zeroing and beside it, and of several units.
        int[][] arrived = {{1, 10}, {10 + 16_383, 10}, {16_403 + 16_384, 10}, {32_797 + 16_385, 10}, {99_999, 1}};
        byte[] expected = new byte[heapBytes];
        for (int[] range : arrived) {
            give(intake, WirePacket.of(48, 1, heapBytes, range[0], filled(range[1], 1)));
            Arrays.fill(expected, range[0], range[0] + range[1], (byte) 1);
        }
        intake.end();
        try (IncompleteHeap heap = (IncompleteHeap) ring.pollAny()) {
            assertThat(heap.payload()).isEqualTo(ByteBuffer.wrap(expected));
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldPassOverThemWhereWholeHeapsAreAskedFor() throws InterruptedException {
        HeapRing polled = filledRing(IncompletePolicy.DELIVER_WITH_PAYLOAD);
        try (Heap heap = polled.poll()) {
            assertThat(heap.cnt()).isEqualTo(2);
        }
        assertThat(polled.poll()).isNull();
        assertThat(polled.isEnded()).isTrue();

        HeapRing taken = filledRing(IncompletePolicy.DELIVER_WITH_PAYLOAD);
        try (Heap heap = taken.take(LONG_NANOS)) {
            assertThat(heap.cnt()).isEqualTo(2);
        }
        assertThat(taken.take(LONG_NANOS)).isNull();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldDropThemByThePolicyOfTheRing() {
        HeapRing ring = new HeapRing(1, OverflowPolicy.DROP_OLDEST, 1, IncompletePolicy.DELIVER_WITH_PAYLOAD);
        PacketIntake intake = intake(ring, false);
        for (int cnt = 1; cnt <= 5; cnt++) {
            give(intake, WirePacket.of(48, cnt, 40, 0, new byte[4]));
        }
        intake.end();
        assertThat(ring.droppedHeaps()).isEqualTo(4);
        try (ReceivedHeap last = ring.pollAny()) {
            assertThat(last.cnt()).isEqualTo(5);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldKeepNoPayloadOfWhatWasNeverCommitted() {
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE, 1, IncompletePolicy.DELIVER_WITH_PAYLOAD);
        PacketIntake intake = intake(ring, true);
        give(intake, WirePacket.of(48, 1, 1 << 29, 1 << 28, filled(10, 1)));
        intake.end();
        try (IncompleteHeap heap = (IncompleteHeap) ring.pollAny()) {
            assertThat(heap.payloadRanges()).containsExactly(new PayloadRange(1 << 28, (1 << 28) + 10));
            assertThat(heap.payload().limit()).isLessThanOrEqualTo(1 << 20);
            for (int i = 0; i < heap.payload().limit(); i++) {
                assertThat(heap.payload().get(i)).isZero();
            }
        }
        assertThat(pool.lentBytes()).isZero();
    }
}
