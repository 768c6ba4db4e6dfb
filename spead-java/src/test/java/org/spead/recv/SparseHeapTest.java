package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory is committed in proportion to what has arrived, wherever packets claim to belong. */
class SparseHeapTest {
    private static final int MIB = 1 << 20;
    private static final int PACKET = 8192;

    private static ReceiveConfig.Builder config(boolean allowOutOfOrder) {
        return ReceiveConfig.builder().allowOutOfOrder(allowOutOfOrder).maxHeapBytes(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"false,0", "true,0", "true,70368744177664", "true,140737488355000"})
    void shouldRefuseHeapsLongerThanAllowed(boolean allowOutOfOrder, long offset) {
        try (AssemblyFixture stream = new AssemblyFixture(config(allowOutOfOrder))) {
            stream.give(1, 1L << 47, offset, new byte[100]);
            assertThat(stream.stat(HeapFault.TOO_LONG)).isEqualTo(1);
            stream.give(2, -1, 1L << 47, new byte[100]);
            assertThat(stream.stat(HeapFault.TOO_LONG)).isEqualTo(2);
            assertThat(stream.pool.heldBytes()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"false,0", "true,0", "true,2000000000", "true,2147483547"})
    void shouldCommitAMebibyteToAPromiseOfTwoGibibytes(boolean allowOutOfOrder, long offset) {
        BufferPool pool = new BufferPool(8L << 30);
        try (AssemblyFixture stream =
                new AssemblyFixture(config(allowOutOfOrder).maxHeaps(8), pool)) {
            for (int cnt = 1; cnt <= 100; cnt++) {
                stream.give(cnt, Integer.MAX_VALUE, offset, new byte[100]);
            }
            assertThat(pool.lentBytes()).isLessThanOrEqualTo(8 * (MIB + (1 << 14)));
            assertThat(pool.heldBytes()).isLessThanOrEqualTo(9 * (MIB + (1 << 14)));
            stream.end();
            assertThat(stream.sink.incompleteHeaps()).hasSize(100);
            assertThat(stream.sink.incompleteHeaps().get(0).payloadRanges())
                    .containsExactly(new PayloadRange(offset, offset + 100));
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldHoldAtMostSixtyFourTimesWhatArrivedOfUnsizedHeaps() {
        BufferPool pool = new BufferPool(8L << 30);
        Random random = new Random(11);
        try (AssemblyFixture stream = new AssemblyFixture(config(true), pool)) {
            long received = 0;
            for (int i = 0; i < 2000; i++) {
                stream.give(1, -1, random.nextInt(Integer.MAX_VALUE - 1000), new byte[1000]);
                received += 1000;
                long believed = Math.max(MIB, 64 * received);
                long strays = 3 * (received + 12L * (i + 1)) + (1 << 15);
                assertThat(pool.lentBytes()).isLessThanOrEqualTo(believed + believed / 4 + strays);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReceiveAShuffledHeapOf64Mebibytes(boolean sized) {
        int bytes = 64 * MIB;
        int seed = 5;
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, bytes / PACKET).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        // The furthest packet first: the worst case.
        order.remove((Integer) (bytes / PACKET - 1));
        order.add(0, bytes / PACKET - 1);
        BufferPool pool = new BufferPool(1L << 30);
        try (AssemblyFixture stream = new AssemblyFixture(config(true), pool)) {
            for (int index : order) {
                stream.give(7, sized ? bytes : -1, (long) index * PACKET, contents(index));
            }
            stream.end();
            assertThat(stream.sink.incompleteHeaps()).isEmpty();
            ByteBuffer payload = stream.sink.heaps().get(0).payload();
            assertThat(payload.limit()).isEqualTo(bytes);
            for (int index = 0; index < bytes / PACKET; index++) {
                assertThat(payload.slice(index * PACKET, PACKET))
                        .as("seed %d, packet %d", seed, index)
                        .isEqualTo(ByteBuffer.wrap(contents(index)));
            }
        }
        assertThat(pool.lentBytes()).isZero();
    }

    private static byte[] contents(int index) {
        byte[] contents = new byte[PACKET];
        ByteBuffer.wrap(contents).putInt(0, index * 31 + 7).putInt(PACKET - 4, ~index);
        return contents;
    }

    @Test
    void shouldCommitMoreAtOnceAfterAHeapOfThatLength() {
        BufferPool pool = new BufferPool(1L << 30);
        try (AssemblyFixture stream = new AssemblyFixture(config(true), pool)) {
            for (int at = 0; at < 4 * MIB; at += MIB / 32) {
                stream.give(1, 4 * MIB, at, new byte[MIB / 32]);
            }
            long before = pool.lentBytes();
            stream.give(2, 4 * MIB, 4 * MIB - 10, new byte[10]);
            assertThat(pool.lentBytes() - before).isEqualTo(4 * MIB);
        }
    }

    @Test
    void shouldStarveWhenThereIsNoRoomForStrays() {
        BufferPool pool = new BufferPool(MIB + (1 << 14));
        try (AssemblyFixture stream = new AssemblyFixture(config(true), pool)) {
            stream.give(1, Integer.MAX_VALUE, 1 << 30, new byte[10_000]);
            assertThat(stream.stat(HeapFault.NO_MEMORY)).isZero();
            stream.give(1, Integer.MAX_VALUE, 1 << 29, new byte[10_000]);
            assertThat(stream.stat(HeapFault.NO_MEMORY)).isEqualTo(1);
            assertThat(stream.stat(StreamStat.HEAPS_NO_MEMORY)).isEqualTo(1);
            assertThat(pool.lentBytes()).isZero();
        }
    }
}
