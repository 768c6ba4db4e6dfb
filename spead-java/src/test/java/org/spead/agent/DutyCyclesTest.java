package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DutyCyclesTest {
    private final DutyCycles cycles = new DutyCycles();

    @Test
    void shouldKeepTheLongestCycle() {
        assertThat(cycles.longestNanos(5)).as("before the first").isZero();
        cycle(-100, -90);
        cycle(-90, -60);
        cycle(-60, -40);
        cycles.pause();
        assertThat(cycles.longestNanos(1000)).isEqualTo(30);
    }

    @Test
    void shouldCountTheCycleUnderWayAndNoPause() {
        cycle(0, 10);
        cycles.begin(10);
        assertThat(cycles.longestNanos(15)).isEqualTo(10);
        assertThat(cycles.longestNanos(50)).isEqualTo(40);
        cycles.end(60);
        cycles.pause();
        assertThat(cycles.longestNanos(5000)).isEqualTo(50);
        cycles.begin(9000);
        assertThat(cycles.longestNanos(8999)).as("asked a moment before").isEqualTo(50);
    }

    /** An agent that hangs is seen while it does, not only afterwards. */
    @Test
    @Timeout(60)
    void shouldShowAStallWhileItLasts() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch within = new CountDownLatch(1);
        Agent stalled = new Agent() {
            @Override
            public String roleName() {
                return "stalled";
            }

            @Override
            public int doWork() {
                within.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return DONE;
            }
        };
        try (AgentRunner runner = new AgentRunner("recv-9", List.of(stalled), IdleStrategy.backoff(), (a, e) -> {})) {
            runner.start();
            assertThat(runner.name()).isEqualTo("recv-9");
            within.await();
            long seen = runner.longestCycleNanos();
            while (runner.longestCycleNanos() < seen + TimeUnit.MILLISECONDS.toNanos(5)) {
                Thread.onSpinWait();
            }
            released.countDown();
            runner.join();
            long stalledNanos = runner.longestCycleNanos();
            assertThat(stalledNanos).isGreaterThan(seen);
            assertThat(runner.longestCycleNanos()).as("it has ended").isEqualTo(stalledNanos);
        }
    }

    private void cycle(long from, long to) {
        cycles.begin(from);
        cycles.end(to);
    }
}
