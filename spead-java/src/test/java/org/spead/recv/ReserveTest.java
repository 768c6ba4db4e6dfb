package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReserveTest {
    private static final PoolPolicy POLICY = PoolPolicy.bound(64 << 10).withReserve(16 << 10);

    private static List<ByteBuffer> lend(BufferPool pool, int count, int bytes) {
        List<ByteBuffer> lent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = pool.acquire(bytes);
            assertThat(buffer.capacity()).isGreaterThanOrEqualTo(bytes);
            lent.add(buffer);
        }
        return lent;
    }

    @Test
    void shouldLendOfTheReserveFirst() {
        BufferPool pool = new BufferPool(POLICY);
        assertThat(pool.heldBytes()).isEqualTo(16 << 10);
        List<ByteBuffer> lent = lend(pool, 4, 4096);
        assertThat(pool.allocations()).isZero();
        assertThat(pool.lentBytes()).isEqualTo(16 << 10);

        lent.addAll(lend(pool, 1, 4096));
        assertThat(pool.allocations()).isEqualTo(1);
        assertThat(pool.heldBytes()).isEqualTo(20 << 10);

        lent.forEach(pool::release);
        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.heldBytes()).isEqualTo(20 << 10);
        lend(pool, 5, 4096);
        assertThat(pool.allocations()).isEqualTo(1);
    }

    @Test
    void shouldCutAnewForAnotherSizeWhenNothingIsLent() {
        BufferPool pool = new BufferPool(POLICY);
        lend(pool, 64, 256).forEach(pool::release);
        lend(pool, 2, 8192);
        assertThat(pool.allocations()).isZero();
    }

    @Test
    void shouldLendAllOfTheMemoryInOtherSizesAfterwards() {
        BufferPool pool = new BufferPool(POLICY);
        lend(pool, 8, 8192).forEach(pool::release);
        lend(pool, 20, 1024).forEach(pool::release);
        assertThat(pool.refusals()).isZero();
        assertThat(lend(pool, 4, 16384)).hasSize(4);
        assertThat(pool.acquire(1)).isNull();
        assertThat(pool.heldBytes()).isEqualTo(64 << 10);
    }

    @Test
    void shouldLendALargerPieceAtTheBound() {
        BufferPool pool = new BufferPool(POLICY);
        List<ByteBuffer> pieces = lend(pool, 4, 4096);
        lend(pool, 3, 16384);
        pool.release(pieces.get(0));
        assertThat(pool.acquire(300).capacity()).isEqualTo(4096);
        assertThat(pool.acquire(300)).isNull();
    }

    @Test
    void shouldNeverLendTheSameBytesTwice() {
        long seed = 20261127;
        Random random = new Random(seed);
        BufferPool pool = new BufferPool(POLICY);
        List<ByteBuffer> lent = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer buffer = random.nextInt(3) > 0 ? pool.acquire(1 + random.nextInt(9000)) : null;
            if (buffer != null) {
                buffer.putInt(0, i).putInt(buffer.capacity() - 4, i);
                lent.add(buffer);
            } else if (!lent.isEmpty()) {
                ByteBuffer back = lent.remove(random.nextInt(lent.size()));
                assertThat(back.getInt(0)).as("seed %d, step %d", seed, i).isEqualTo(back.getInt(back.capacity() - 4));
                pool.release(back);
            }
            assertThat(pool.heldBytes()).as("seed %d, step %d", seed, i).isLessThanOrEqualTo(pool.boundBytes());
        }
        lent.forEach(pool::release);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldDoWithAPartWhenTheVirtualMachineHasNoMore() {
        AtomicInteger asked = new AtomicInteger();
        PoolPolicy policy = PoolPolicy.bound(64 << 20).withReserve(16 << 20);
        BufferPool pool = new BufferPool(policy, bytes -> {
            if (asked.getAndIncrement() < 1) {
                throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes of direct buffer memory");
            }
            return ByteBuffer.allocateDirect(bytes);
        });
        assertThat(pool.heldBytes()).isEqualTo(4 << 20);
        assertThat(pool.refusals()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheReserveUpForBuffersThatItCannotHold() {
        BufferPool pool = new BufferPool(POLICY);
        List<ByteBuffer> lent = lend(pool, 3, 20 << 10);
        assertThat(pool.heldBytes()).isEqualTo(60 << 10);
        assertThat(pool.acquire(20 << 10)).isNull();
        lent.forEach(pool::release);
        assertThat(lend(pool, 1, 60 << 10)).hasSize(1);
        assertThat(pool.lentBytes()).isEqualTo(pool.heldBytes());
    }

    @Test
    void shouldKeepTheReserveWhileAnyOfItIsLent() {
        BufferPool pool = new BufferPool(POLICY);
        lend(pool, 1, 256);
        lend(pool, 2, 20 << 10);
        assertThat(pool.acquire(20 << 10)).isNull();
        assertThat(pool.heldBytes()).isEqualTo(56 << 10);
    }

    @Test
    void shouldRefuseAReserveAboveTheBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolPolicy.bound(1000).withReserve(1001))
                .withMessageContaining("reserve of 1001");
    }
}
