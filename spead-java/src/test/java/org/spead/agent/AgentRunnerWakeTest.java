package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that is woken when there is work: it parks for an hour, so that nothing but a wake can bring it back. */
class AgentRunnerWakeTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** Takes what was given; the runner's thread alone counts. */
    private static final class Taker implements Agent {
        private final AtomicInteger given = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final int last;
        private final CountDownLatch done = new CountDownLatch(1);

        Taker(int last) {
            this.last = last;
        }

        @Override
        public String roleName() {
            return "taker";
        }

        @Override
        public int doWork() {
            int found = given.get() - taken.get();
            taken.addAndGet(found);
            if (taken.get() == last) {
                done.countDown();
                return DONE;
            }
            return found;
        }
    }

    @Test
    @Timeout(60)
    void shouldComeBackFromItsParkWhenWoken() throws InterruptedException {
        Taker taker = new Taker(1);
        AgentRunner runner = runner(taker);
        // By now it has parked, or is about to; both must do.
        LockSupport.parkNanos(50_000_000);
        taker.given.incrementAndGet();
        runner.wake();
        assertThat(taker.done.await(30, TimeUnit.SECONDS)).isTrue();
        runner.close();
    }

    @Test
    @Timeout(120)
    void shouldNeverSleepThroughWorkThatWasAnnounced() throws InterruptedException {
        int works = 200_000;
        long seed = 20261120;
        Random random = new Random(seed);
        Taker taker = new Taker(works);
        AgentRunner runner = runner(taker);
        for (int i = 0; i < works; i++) {
            taker.given.incrementAndGet();
            runner.wake();
            for (int spin = random.nextInt(200); spin > 0; spin--) {
                Thread.onSpinWait();
            }
        }
        assertThat(taker.done.await(60, TimeUnit.SECONDS))
                .as("seed %d: taken %d of %d", seed, taker.taken.get(), works)
                .isTrue();
        runner.close();
    }

    private static AgentRunner runner(Agent agent) {
        return new AgentRunner(
                        "taker",
                        java.util.List.of(agent),
                        IdleStrategy.woken(HOUR_NANOS),
                        (failed, cause) -> cause.printStackTrace())
                .start();
    }
}
