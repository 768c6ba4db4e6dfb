package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

class BufferPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 320, 321, 4095, 4096, 4097, 1_000_000, 5_000_001})
    void shouldLendAtMostAQuarterTooMuch(int bytes) {
        ByteBuffer buffer = new BufferPool(1 << 24).acquire(bytes);

        assertThat(buffer.capacity()).isBetween(bytes, Math.max(256, bytes + bytes / 4));
        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.limit()).isEqualTo(buffer.capacity());
    }

    @Test
    void shouldLendTheSameBufferAgain() {
        BufferPool pool = new BufferPool(1 << 20);
        ByteBuffer buffer = pool.acquire(1000);
        buffer.position(5).limit(7);
        pool.release(buffer);

        ByteBuffer again = pool.acquire(1001);
        assertThat(again).isSameAs(buffer);
        assertThat(again.position()).isZero();
        assertThat(again.limit()).isEqualTo(1024);
        assertThat(pool.heldBytes()).isEqualTo(1024);
    }

    @Test
    void shouldReturnNullAtTheBound() {
        BufferPool pool = new BufferPool(4096);
        ByteBuffer half = pool.acquire(2048);
        assertThat(pool.acquire(2049)).isNull();
        assertThat(pool.refusals()).isEqualTo(1);
        assertThat(pool.acquire(2048)).isNotNull();
        assertThat(pool.acquire(1)).isNull();
        pool.release(half);
        assertThat(pool.acquire(1)).as("a larger idle buffer will do").isSameAs(half);
    }

    @Test
    void shouldGiveUpIdleBuffersForAnotherSize() {
        BufferPool pool = new BufferPool(4096);
        List<ByteBuffer> small = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            small.add(pool.acquire(256));
        }
        small.forEach(pool::release);

        assertThat(pool.acquire(3584)).isNotNull();
        assertThat(pool.heldBytes()).isLessThanOrEqualTo(4096);
    }

    @Test
    void shouldNotThrowForTheLargestSizeThereIs() {
        assertThat(new BufferPool(1 << 20).acquire(Integer.MAX_VALUE)).isNull();
    }

    @Test
    void shouldBeginWithHalfOfWhatTheVirtualMachineHas() {
        AtomicInteger left = new AtomicInteger(4);
        BufferPool pool = new BufferPool(PoolPolicy.bound(1 << 20).withSize(1000, 1000, 10, 5), bytes -> {
            if (left.getAndDecrement() == 0) {
                throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes of direct buffer memory");
            }
            return ByteBuffer.allocateDirect(bytes);
        });

        assertThat(pool.heldBytes()).isEqualTo(2000);
        assertThat(pool.refusals()).isEqualTo(1);
        assertThat(pool.acquire(1000)).isNotNull();
    }

    @Test
    void shouldNotThrowWhenTheVirtualMachineHasLess() {
        BufferPool pool = new BufferPool(PoolPolicy.bound(1 << 20), bytes -> {
            throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes of direct buffer memory");
        });
        assertThat(pool.acquire(1000)).isNull();
        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.refusals()).isEqualTo(1);
    }

    @Test
    void shouldRefuseForeignBuffers() {
        BufferPool pool = new BufferPool(4096);
        assertThatIllegalArgumentException().isThrownBy(() -> pool.release(ByteBuffer.allocateDirect(1000)));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.release(ByteBuffer.allocate(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BufferPool(0));
    }

    @Test
    void shouldStayWithinTheBoundWhenUsedByManyThreads() throws InterruptedException {
        BufferPool pool = new BufferPool(1 << 20);
        AtomicReference<Throwable> fault = new AtomicReference<>();
        List<AgentRunner> runners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Churn churn = new Churn(pool, 4200 + i);
            runners.add(new AgentRunner("churn-" + i, List.of(churn), IdleStrategy.backoff(), (a, e) -> fault.set(e))
                    .start());
        }
        for (AgentRunner runner : runners) {
            assertThat(runner.join(30_000)).isTrue();
        }
        assertThat(fault.get()).isNull();
        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.heldBytes()).isLessThanOrEqualTo(pool.boundBytes());
    }

    /** Lends and returns buffers at random, each marked with its holder. */
    private static final class Churn implements Agent {
        private final BufferPool pool;
        private final Random random;
        private final int seed;
        private final List<ByteBuffer> held = new ArrayList<>();
        private int rounds;

        Churn(BufferPool pool, int seed) {
            this.pool = pool;
            this.seed = seed;
            this.random = new Random(seed);
        }

        @Override
        public String roleName() {
            return "churn";
        }

        @Override
        public int doWork() {
            ByteBuffer buffer = held.size() < 8 ? pool.acquire(1 + random.nextInt(100_000)) : null;
            if (buffer != null) {
                buffer.putInt(0, seed);
                held.add(buffer);
            } else if (!held.isEmpty()) {
                giveBack(held.remove(random.nextInt(held.size())));
            }
            if (pool.heldBytes() > pool.boundBytes()) {
                throw new AssertionError("pool holds " + pool.heldBytes());
            }
            return ++rounds == 20_000 ? DONE : 1;
        }

        @Override
        public void onClose() {
            held.forEach(this::giveBack);
        }

        private void giveBack(ByteBuffer buffer) {
            if (buffer.getInt(0) != seed) {
                throw new AssertionError("buffer of " + seed + " was lent twice");
            }
            pool.release(buffer);
        }
    }
}
