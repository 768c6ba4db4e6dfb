package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPolicyTest {
    private static final PoolPolicy HEAPS = PoolPolicy.bound(1 << 20).withSize(10_000, 30_000, 3, 2);

    @Test
    void shouldHaveTheInitialBuffersFromTheStart() {
        BufferPool pool = new BufferPool(HEAPS);
        assertThat(pool.heldBytes()).isEqualTo(60_000);
        assertThat(pool.lentBytes()).isZero();
        pool.acquire(10_000);
        pool.acquire(30_000);
        assertThat(pool.allocations()).isZero();
        assertThat(pool.emptyCount()).isZero();
    }

    @Test
    void shouldLendBuffersOfTheUpperSizeBetweenTheLimitsOnly() {
        BufferPool pool = new BufferPool(HEAPS);
        assertThat(pool.acquire(10_000).capacity()).isEqualTo(30_000);
        assertThat(pool.acquire(30_000).capacity()).isEqualTo(30_000);
        assertThat(pool.acquire(9_999).capacity()).isEqualTo(10_240);
        assertThat(pool.acquire(30_001).capacity()).isEqualTo(32_768);
        assertThat(pool.emptyCount()).isZero();
    }

    @Test
    void shouldCountHowOftenItWasEmpty() {
        BufferPool pool = new BufferPool(HEAPS);
        for (int i = 0; i < 5; i++) {
            assertThat(pool.acquire(20_000)).isNotNull();
        }
        assertThat(pool.emptyCount()).isEqualTo(3);
        assertThat(pool.allocations()).isEqualTo(3);
        assertThat(pool.lentBytes()).isEqualTo(150_000);
    }

    @Test
    void shouldKeepNoMoreThanMaxFree() {
        BufferPool pool = new BufferPool(HEAPS);
        List<ByteBuffer> lent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lent.add(pool.acquire(20_000));
        }
        lent.forEach(pool::release);
        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.heldBytes()).isEqualTo(90_000);
        assertThat(lent).contains(pool.acquire(20_000));
    }

    @Test
    void shouldKeepTheTotalBound() {
        BufferPool pool = new BufferPool(PoolPolicy.bound(100_000).withSize(10_000, 30_000, 3, 3));
        ByteBuffer large = pool.acquire(65_536);
        assertThat(large).as("idle buffers set apart make room").isNotNull();
        assertThat(pool.heldBytes()).isLessThanOrEqualTo(100_000);
        assertThat(pool.acquire(30_000)).isNotNull();
        assertThat(pool.acquire(30_000)).isNull();
        assertThat(pool.refusals()).isEqualTo(1);
        pool.release(large);
        assertThat(pool.acquire(30_000)).as("a larger one will do").isSameAs(large);
    }

    @Test
    void shouldLendASetApartBufferToSmallerRequestsAtTheBound() {
        BufferPool pool = new BufferPool(PoolPolicy.bound(60_000).withSize(10_000, 30_000, 2, 2));
        assertThat(pool.acquire(100).capacity()).isEqualTo(30_000);
        assertThat(pool.heldBytes()).isEqualTo(60_000);
    }

    @Test
    void shouldServeAStream() {
        BufferPool pool = new BufferPool(PoolPolicy.bound(1 << 20).withSize(1, 4096, 8, 8));
        try (AssemblyFixture stream = new AssemblyFixture(ReceiveConfig.builder(), pool)) {
            for (int cnt = 1; cnt <= 100; cnt++) {
                stream.give(cnt, 4000, 0, new byte[4000]);
                stream.sink.close();
            }
        }
        assertThat(pool.allocations()).isZero();
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        PoolPolicy bound = PoolPolicy.bound(1000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bound.withSize(5, 4, 1, 0))
                .withMessage("a size class must be 0 < lower <= upper, not 5 and 4");
        assertThatIllegalArgumentException().isThrownBy(() -> bound.withSize(0, 4, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bound.withSize(1, 4, 1, 2))
                .withMessage("initial must be from 0 to maxFree 1, not 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bound.withSize(1, 600, 2, 2))
                .withMessage("2 buffers of 600 bytes and a reserve of 0 bytes exceed the bound of 1000");
    }
}
