package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AgentRunnerPauseTest {
    /** Has nothing to do for some cycles, says how long each pause may be, then ends. */
    private static final class Impatient implements Agent {
        private final long dueNanos;
        private final int most;
        private int cycles;

        Impatient(long dueNanos, int most) {
            this.dueNanos = dueNanos;
            this.most = most;
        }

        @Override
        public String roleName() {
            return "impatient";
        }

        @Override
        public int doWork() {
            return ++cycles < most ? 0 : DONE;
        }

        @Override
        public long nanosUntilDue() {
            return dueNanos;
        }
    }

    /** With pauses of a minute, which the strategy would make, this would not end in time. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldNotPauseLongerThanAnAgentAllows() throws InterruptedException {
        Impatient agent = new Impatient(1_000, 50);
        IdleStrategy minutes = new IdleStrategy(TimeUnit.MINUTES.toNanos(1), TimeUnit.MINUTES.toNanos(1));
        try (AgentRunner runner = new AgentRunner("pause", List.of(agent), minutes, (a, fault) -> {})) {
            runner.start();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(agent.cycles).isEqualTo(50);
    }

    /** Takes what gathered in each pause, and would find a little more whenever it is asked again. */
    private static final class Gatherer implements Agent {
        private int pauses;
        private int cycles;

        @Override
        public String roleName() {
            return "gatherer";
        }

        @Override
        public int doWork() {
            cycles++;
            return pauses < 20 ? 0 : DONE;
        }

        @Override
        public long nanosUntilDue() {
            pauses++;
            return 1_000;
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldNotLookTwiceBeforeAPauseThatNobodyEnds() throws InterruptedException {
        Gatherer agent = new Gatherer();
        try (AgentRunner runner = new AgentRunner("gather", List.of(agent), IdleStrategy.asDue(), (a, fault) -> {})) {
            runner.start();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(agent.cycles).isEqualTo(21);
    }

    /** Has work every 300 µs, says so, and counts how often it is asked before its time. */
    private static final class Paced implements Agent {
        private static final long PERIOD_NANOS = 300_000;

        private long dueNanos = System.nanoTime() + PERIOD_NANOS;
        private int done;
        private int early;

        @Override
        public String roleName() {
            return "paced";
        }

        @Override
        public int doWork() {
            if (nanosUntilDue() > 0) {
                early++;
                return 0;
            }
            dueNanos = System.nanoTime() + PERIOD_NANOS;
            done++;
            return done < 200 ? 1 : DONE;
        }

        @Override
        public long nanosUntilDue() {
            return Math.max(0, dueNanos - System.nanoTime());
        }
    }

    /** Once each time, to find that it is not due; a back-off would ask again after 50 and 100 µs. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldPauseUntilAnAgentIsDue() throws InterruptedException {
        Paced agent = new Paced();
        try (AgentRunner runner =
                new AgentRunner("paced", List.of(agent), IdleStrategy.backoffOrDue(), (a, fault) -> {})) {
            runner.start();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(agent.done).isEqualTo(200);
        assertThat(agent.early).isBetween(1, 300);
    }

    /** Who closes the runner, and agents that do not know when they are due, are not kept waiting for long. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldNotPauseUntilAnAgentThatIsDueInAnHour() throws InterruptedException {
        Impatient agent = new Impatient(TimeUnit.HOURS.toNanos(1), 50);
        try (AgentRunner runner =
                new AgentRunner("patient", List.of(agent), IdleStrategy.backoffOrDue(), (a, fault) -> {})) {
            runner.start();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(agent.cycles).isEqualTo(50);
    }

    /** 19 pauses of 1, 2, 4, ... ns are a millisecond; of five seconds each they would not end in time. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldBackOffWhileNoAgentKnows() throws InterruptedException {
        Impatient agent = new Impatient(Long.MAX_VALUE, 20);
        IdleStrategy strategy = IdleStrategy.backoffOrDue(1, TimeUnit.SECONDS.toNanos(5));
        try (AgentRunner runner = new AgentRunner("unknowing", List.of(agent), strategy, (a, fault) -> {})) {
            runner.start();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(agent.cycles).isEqualTo(20);
    }
}
