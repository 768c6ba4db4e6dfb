package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.WirePacket;
import org.spead.item.Flavour;

/** One test a rule of heap assembly; the reference vectors check them together. */
class HeapAssemblerTest {
    private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static ReceiveConfig.Builder inOrder() {
        return ReceiveConfig.builder();
    }

    private static ReceiveConfig.Builder anyOrder() {
        return ReceiveConfig.builder().allowOutOfOrder(true);
    }

    @Test
    void shouldDeliverHeapAsSoonAsItIsComplete() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            stream.give(WirePacket.of(48, 5, 20, 0, TEN).addressed(0x1000, 0).immediate(0x1001, 7));
            assertThat(stream.sink.delivered).isEmpty();
            stream.give(5, 20, 10, TEN);

            Heap heap = stream.sink.heaps().get(0);
            assertThat(heap.cnt()).isEqualTo(5);
            assertThat(heap.flavour()).isEqualTo(Flavour.SPEAD_64_48);
            assertThat(heap.itemCount()).isEqualTo(2);
            assertThat(heap.itemId(0)).isEqualTo(0x1000);
            assertThat(heap.isImmediate(0)).isFalse();
            assertThat(heap.itemOffset(0)).isZero();
            assertThat(heap.itemLength(0)).isEqualTo(20);
            assertThat(heap.immediateValue(1)).isEqualTo(7);
            assertThat(heap.payload().limit()).isEqualTo(20);
            assertThat(heap.payload().get(13)).isEqualTo((byte) 3);
        }
    }

    @Test
    void shouldRefuseUnsizedHeapsWhenToldTo() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().allowUnsizedHeaps(false))) {
            stream.give(1, -1, 0, TEN).end();
            assertThat(stream.stat(HeapFault.UNSIZED)).isEqualTo(1);
            assertThat(stream.sink.delivered).isEmpty();
        }
    }

    @Test
    void shouldDeliverUnsizedHeapWhenItIsGivenUp() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            for (int i = 0; i < 5000; i++) {
                stream.give(1, -1, 10L * i, TEN);
            }
            stream.end();
            assertThat(stream.sink.heaps()).hasSize(1);
            assertThat(stream.sink.heaps().get(0).payload().limit()).isEqualTo(50_000);
            assertThat(stream.sink.heaps().get(0).payload().get(49_993)).isEqualTo((byte) 3);
            assertThat(stream.stat(StreamStat.INCOMPLETE_HEAPS_FLUSHED)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepEveryByteWhenTheBufferGrows() {
        byte[] expected = new byte[1 << 18];
        new Random(5).nextBytes(expected);
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            for (int at = 0; at < expected.length; at += 4096) {
                stream.give(1, -1, at, Arrays.copyOfRange(expected, at, at + 4096));
            }
            stream.end();
            assertThat(stream.sink.heaps().get(0).payload().slice()).isEqualTo(ByteBuffer.wrap(expected));
        }
    }

    @Test
    void shouldEvictByAgeAndNotByActivity() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().maxHeaps(2))) {
            stream.give(1, 30, 0, TEN).give(2, 30, 0, TEN).give(1, 30, 10, TEN).give(3, 30, 0, TEN);

            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(1L);
            assertThat(stream.sink.incompleteHeaps().get(0).payloadRanges()).containsExactly(new PayloadRange(0, 20));
            assertThat(stream.stat(StreamStat.INCOMPLETE_HEAPS_EVICTED)).isEqualTo(1);
            assertThat(stream.stat(StreamStat.HEAPS)).isEqualTo(1);
        }
    }

    @Test
    void shouldLetSinglePacketHeapsTakeTheirTurnOfTheSlots() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().maxHeaps(2))) {
            stream.give(1, 30, 0, TEN).give(2, 10, 0, TEN).give(3, 10, 0, TEN);

            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(1L);
            assertThat(stream.sink.heaps()).extracting(Heap::cnt).containsExactly(2L, 3L);
            assertThat(stream.stat(StreamStat.SINGLE_PACKET_HEAPS)).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepSlotsOfSubstreamsApart() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().maxHeaps(1).substreams(2))) {
            stream.give(2, 20, 0, TEN).give(3, 20, 0, TEN);
            assertThat(stream.sink.delivered).isEmpty();
            stream.give(2, 20, 10, TEN).give(5, 20, 0, TEN);

            assertThat(stream.sink.heaps()).extracting(Heap::cnt).containsExactly(2L);
            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(3L);
        }
    }

    @Test
    void shouldFlushSubstreamBySubstreamOldestFirst() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().maxHeaps(2).substreams(2))) {
            stream.give(9, 20, 0, TEN)
                    .give(4, 20, 0, TEN)
                    .give(7, 20, 0, TEN)
                    .give(2, 20, 0, TEN)
                    .give(11, 20, 0, TEN);
            stream.end();
            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(9L, 4L, 2L, 7L, 11L);
            assertThat(stream.stat(StreamStat.INCOMPLETE_HEAPS_FLUSHED)).isEqualTo(4);
            assertThat(stream.stat(StreamStat.INCOMPLETE_HEAPS_EVICTED)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhatIsOutOfOrderInOrderMode() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            stream.give(1, 40, 10, TEN);
            assertThat(stream.stat(HeapFault.NO_FIRST_PACKET)).isEqualTo(1);
            stream.give(1, 40, 0, TEN).give(1, 40, 0, TEN).give(1, 40, 20, TEN);
            assertThat(stream.stat(HeapFault.BEHIND)).isEqualTo(1);
            assertThat(stream.stat(HeapFault.AHEAD)).isEqualTo(1);
            stream.give(1, 40, 10, TEN).give(1, 40, 20, TEN).give(1, 40, 30, TEN);
            assertThat(stream.sink.heaps()).hasSize(1);
            assertThat(stream.stat(StreamStat.PACKETS)).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseOverlapsInOutOfOrderMode() {
        try (AssemblyFixture stream = new AssemblyFixture(anyOrder())) {
            stream.give(1, 40, 20, TEN)
                    .give(1, 40, 15, TEN)
                    .give(1, 40, 25, TEN)
                    .give(1, 40, 20, TEN);
            assertThat(stream.stat(HeapFault.OVERLAP)).isEqualTo(3);
            stream.give(1, 40, 30, TEN).give(1, 40, 0, TEN).give(1, 40, 10, TEN);
            assertThat(stream.sink.heaps()).hasSize(1);
        }
    }

    @Test
    void shouldRefusePacketsThatContradictTheirHeap() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            stream.give(1, 40, 0, TEN).give(1, 50, 10, TEN).give(WirePacket.of(40, 1, 40, 10, TEN));
            assertThat(stream.stat(HeapFault.LENGTH_CHANGED)).isEqualTo(1);
            assertThat(stream.stat(HeapFault.FLAVOUR_CHANGED)).isEqualTo(1);

            stream.give(WirePacket.of(48, 2, -1, 0, TEN).addressed(0x1000, 25)).give(2, 20, 10, TEN);
            assertThat(stream.stat(HeapFault.LENGTH_TOO_SMALL)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseHeapsLongerThanConfigured(boolean sized) {
        try (AssemblyFixture stream = new AssemblyFixture(anyOrder().maxHeapBytes(100))) {
            stream.give(1, sized ? 101 : -1, 91, TEN).give(2, sized ? 100 : -1, 90, TEN);
            assertThat(stream.stat(HeapFault.TOO_LONG)).isEqualTo(1);
            stream.end();
            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(2L);
        }
    }

    @Test
    void shouldStopRightAfterStopItem() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            stream.give(1, 20, 0, TEN).give(WirePacket.stop(48, 2));
            assertThat(stream.intake.isStopped()).isTrue();
            stream.end();
            assertThat(stream.sink.heaps()).isEmpty();
            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::cnt)
                    .containsExactly(1L);
            assertThat(stream.stat(StreamStat.HEAPS)).isEqualTo(1);
            assertThat(stream.pool.lentBytes()).isZero();
        }
    }

    @Test
    void shouldLimitDistinctItemPointersOfHeap() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder().maxItemPointers(6))) {
            WirePacket first =
                    WirePacket.of(48, 1, 40, 0, TEN).immediate(0x1000, 1).immediate(0x1001, 1);
            WirePacket same =
                    WirePacket.of(48, 1, 40, 10, TEN).immediate(0x1000, 1).immediate(0x1001, 1);
            WirePacket more = WirePacket.of(48, 1, 40, 20, TEN);
            for (int id = 0x2000; id < 0x2005; id++) {
                more.immediate(id, 0);
            }
            stream.give(first).give(same);
            assertThat(stream.stat(HeapFault.TOO_MANY_ITEMS)).isZero();
            stream.give(more);
            assertThat(stream.stat(HeapFault.TOO_MANY_ITEMS)).isEqualTo(1);
        }
    }

    @Test
    void shouldLimitSeparatePiecesOfHeap() {
        try (AssemblyFixture stream = new AssemblyFixture(anyOrder().maxRanges(2))) {
            stream.give(1, 100, 20, TEN).give(1, 100, 40, TEN).give(1, 100, 60, TEN);
            assertThat(stream.stat(HeapFault.TOO_FRAGMENTED)).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseOnlyTheHeapThatFindsNoMemory() {
        BufferPool pool = new BufferPool(33_000);
        try (AssemblyFixture stream = new AssemblyFixture(anyOrder(), pool)) {
            stream.give(1, 30_000, 0, TEN).give(2, 20_000, 0, TEN).give(2, 20_000, 10, TEN);
            assertThat(stream.stat(StreamStat.HEAPS_NO_MEMORY)).isEqualTo(1);
            assertThat(stream.stat(HeapFault.NO_MEMORY)).isEqualTo(2);

            stream.give(1, 30_000, 10, new byte[29_990]);
            assertThat(stream.sink.heaps()).extracting(Heap::cnt).containsExactly(1L);
            stream.end();
            assertThat(stream.sink.incompleteHeaps())
                    .extracting(IncompleteHeap::receivedLength)
                    .containsExactly(0L);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldCommitMemoryOnlyAsPayloadArrives() {
        BufferPool pool = new BufferPool(1L << 30);
        int heapBytes = 20 << 20;
        byte[] chunk = new byte[60_000];
        try (AssemblyFixture stream = new AssemblyFixture(inOrder(), pool)) {
            stream.give(1, heapBytes, 0, TEN);
            assertThat(pool.heldBytes()).isEqualTo(LiveHeap.UNPROVEN_BYTES);
            long sent = TEN.length;
            while (sent < heapBytes) {
                int length = (int) Math.min(chunk.length, heapBytes - sent);
                chunk[0] = (byte) sent;
                stream.give(1, heapBytes, sent, Arrays.copyOf(chunk, length));
                sent += length;
                assertThat(pool.lentBytes()).isLessThan(Math.max(2 * sent * 5 / 4, LiveHeap.UNPROVEN_BYTES + 1));
            }
            Heap heap = stream.sink.heaps().get(0);
            assertThat(heap.payload().limit()).isEqualTo(heapBytes);
            assertThat(heap.payload().get(10 + 60_000)).isEqualTo((byte) (10 + 60_000));

            stream.give(2, heapBytes, 0, TEN);
            assertThat(pool.lentBytes())
                    .as("a length that was reached once is believed")
                    .isGreaterThanOrEqualTo(2L * heapBytes);
        }
    }

    @Test
    void shouldDeliverDuplicateOfSinglePacketHeapAgain() {
        try (AssemblyFixture stream = new AssemblyFixture(inOrder())) {
            stream.give(1, 10, 0, TEN).give(1, 10, 0, TEN);
            assertThat(stream.sink.heaps()).hasSize(2);
            assertThat(stream.sink.heaps().get(1).payload().slice()).isEqualTo(ByteBuffer.wrap(TEN));
        }
    }
}
