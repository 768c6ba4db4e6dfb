package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AgentRunnerPauseTest {
    /** Has nothing to do for some cycles, asks for short pauses, then ends. */
    private static final class Impatient implements Agent {
        private int cycles;

        @Override
        public String roleName() {
            return "impatient";
        }

        @Override
        public int doWork() {
            return ++cycles < 50 ? 0 : DONE;
        }

        @Override
        public long nanosUntilDue() {
            return 1_000;
        }
    }

    /** With pauses of a minute, which the strategy would make, this would not end in time. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void shouldNotPauseLongerThanAnAgentAllows() throws InterruptedException {
        Impatient agent = new Impatient();
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
}
