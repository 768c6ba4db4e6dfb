package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.consumer.PreparingConsumer;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.spead.agent.Agent;

class ConsumerAgentTest {
    private static final ConsumerContext CONTEXT = new ConsumerContext(
            Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions("test", Map.of()));

    private final List<String> calls = new ArrayList<>();
    private final List<FakePayload> payloads = new ArrayList<>();

    @Test
    void shouldStartConsumeInOrderAndCloseWhenTheQueueIsEmpty() {
        ConsumerAgent agent = agent(new Recorder(), QueuePolicy.DROP_NEWEST, 4);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.endOfDumps();

        assertThat(agent.doWork()).isEqualTo(1);
        assertThat(agent.doWork()).isEqualTo(1);
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        agent.onClose();

        assertThat(agent.started()).isCompleted();
        assertThat(calls).containsExactly("start", "1 more", "2 last", "close");
        assertThat(agent.consumedDumps()).isEqualTo(2);
        assertThatAllAreReleased();
    }

    @Test
    void shouldDropTheNewestWhenFull() {
        ConsumerAgent agent = agent(new Recorder(), QueuePolicy.DROP_NEWEST, 1);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.doWork();
        assertThat(calls).containsExactly("start", "1 last");
        assertThat(agent.droppedDumps()).isEqualTo(1);
        assertThatAllAreReleased();
    }

    @Test
    void shouldBeFullWhenTheBytesAreButTakeOneDumpHoweverLarge() {
        long dumpBytes = dump(0).payloadBytes();
        ConsumerAgent agent =
                new ConsumerAgent("test", new Recorder(), CONTEXT, QueuePolicy.DROP_NEWEST, 100, dumpBytes - 1);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.doWork();
        agent.offer(dump(3));
        agent.doWork();
        assertThat(calls).containsExactly("start", "1 last", "3 last");
        assertThat(agent.droppedDumps()).isEqualTo(1);
    }

    @Test
    void shouldDropTheOldestWhenFull() {
        ConsumerAgent agent = agent(new Recorder(), QueuePolicy.DROP_OLDEST, 1);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.doWork();
        assertThat(calls).containsExactly("start", "2 last");
        assertThat(agent.droppedDumps()).isEqualTo(1);
        assertThatAllAreReleased();
    }

    @Test
    void shouldReportAStartThatFailsAndStillClose() {
        ConsumerAgent agent = agent(
                new Recorder() {
                    @Override
                    public void start(ConsumerContext context) {
                        throw new ConsumerException("no disk");
                    }
                },
                QueuePolicy.BLOCK,
                1);
        agent.onStart();
        assertThatThrownBy(() -> agent.started().join()).hasRootCauseMessage("no disk");
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        agent.onClose();
        assertThat(calls).containsExactly("close");
        assertThat(agent.failure()).hasMessage("no disk");
    }

    @Test
    void shouldEndAConsumerThatThrowsAndCountWhatItDidNotTake() {
        ConsumerAgent agent = agent(
                new Recorder() {
                    @Override
                    public void consume(VisibilityDump dump, boolean endOfBatch) {
                        throw new IllegalStateException("broken");
                    }
                },
                QueuePolicy.BLOCK,
                4);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        agent.onClose();
        agent.offer(dump(3));

        assertThat(agent.failure()).hasMessage("broken");
        assertThat(agent.droppedDumps()).isEqualTo(3);
        assertThat(agent.consumedDumps()).isZero();
        assertThat(calls).containsExactly("start", "close");
        assertThatAllAreReleased();
    }

    @Test
    void shouldShowTheNextDumpThatWaitsBeforeThePresentOneIsGiven() {
        ConsumerAgent agent = agent(new Preparer(0), QueuePolicy.DROP_NEWEST, 4);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.offer(dump(3));
        agent.doWork();
        assertThat(agent.queuedDumps()).as("the one that was shown still waits").isEqualTo(2);
        agent.doWork();
        assertThat(agent.isBusy()).isTrue();
        agent.doWork();
        assertThat(agent.isBusy()).isFalse();
        agent.offer(dump(4));
        agent.endOfDumps();
        agent.doWork();
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        agent.onClose();

        assertThat(calls)
                .containsExactly("start", "2 shown", "1 more", "3 shown", "2 more", "3 last", "4 last", "close");
        assertThat(agent.consumedDumps()).isEqualTo(4);
        assertThat(agent.droppedDumps()).isZero();
        assertThatAllAreReleased();
    }

    @Test
    void shouldKeepWhatWasShownValidUntilTheConsumerHasClosedAndCountIt() {
        ConsumerAgent agent = agent(new Preparer(2), QueuePolicy.DROP_OLDEST, 4);
        agent.onStart();
        for (int i = 1; i <= 4; i++) {
            agent.offer(dump(i));
        }
        agent.doWork();
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        assertThat(payloads.get(2).references())
                .as("the third, which was shown")
                .isEqualTo(1);
        agent.onClose();

        assertThat(calls)
                .containsExactly("start", "2 shown", "1 more", "3 shown", "2 fails", "close with 1 reference to 3");
        assertThat(agent.consumedDumps()).isEqualTo(1);
        assertThat(agent.droppedDumps()).isEqualTo(3);
        assertThat(agent.queuedDumps()).isZero();
        assertThatAllAreReleased();
    }

    @Test
    void shouldDropTheOldestThatWasNotShownWhenFull() {
        List<ConsumerAgent> agents = new ArrayList<>();
        ConsumerAgent agent = agent(
                new Preparer(0) {
                    @Override
                    public void consume(VisibilityDump dump, boolean endOfBatch) {
                        super.consume(dump, endOfBatch);
                        if (dump.timestampTicks() == 1) {
                            agents.get(0).offer(dump(3));
                            agents.get(0).offer(dump(4));
                        }
                    }
                },
                QueuePolicy.DROP_OLDEST,
                2);
        agents.add(agent);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        agent.doWork();
        agent.doWork();
        agent.doWork();
        assertThat(calls).containsExactly("start", "2 shown", "1 more", "4 shown", "2 more", "4 last");
        assertThat(agent.droppedDumps()).isEqualTo(1);
        assertThatAllAreReleased();
    }

    @Test
    void shouldCountWhatWasShownToAConsumerThatFailsOnIt() {
        ConsumerAgent agent = agent(
                new Preparer(0) {
                    @Override
                    public void prepare(VisibilityDump next) {
                        throw new IllegalStateException("cannot");
                    }
                },
                QueuePolicy.BLOCK,
                4);
        agent.onStart();
        agent.offer(dump(1));
        agent.offer(dump(2));
        assertThat(agent.doWork()).isEqualTo(Agent.DONE);
        agent.onClose();
        assertThat(agent.failure()).hasMessage("cannot");
        assertThat(agent.droppedDumps()).isEqualTo(2);
        assertThat(agent.consumedDumps()).isZero();
        assertThatAllAreReleased();
    }

    private ConsumerAgent agent(Consumer consumer, QueuePolicy policy, int capacity) {
        return new ConsumerAgent("test", consumer, CONTEXT, policy, capacity, Long.MAX_VALUE);
    }

    private VisibilityDump dump(long ticks) {
        FakePayload payload = new FakePayload(ticks);
        payloads.add(payload);
        return new VisibilityDump(ticks, 1, new VisibilityPayload[] {payload});
    }

    private void assertThatAllAreReleased() {
        assertThat(payloads).allMatch(payload -> payload.references() == 0);
    }

    private class Recorder implements Consumer {
        @Override
        public void start(ConsumerContext context) {
            calls.add("start");
        }

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            calls.add(dump.timestampTicks() + (endOfBatch ? " last" : " more"));
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    /** Fails on the dump of one time. */
    private class Preparer extends Recorder implements PreparingConsumer {
        private final long failing;
        private VisibilityDump last;

        Preparer(long failing) {
            this.failing = failing;
        }

        @Override
        public void prepare(VisibilityDump next) {
            last = next;
            calls.add(next.timestampTicks() + " shown");
        }

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            if (dump.timestampTicks() == failing) {
                calls.add(failing + " fails");
                throw new IllegalStateException("broken");
            }
            super.consume(dump, endOfBatch);
        }

        @Override
        public void close() {
            if (failing == 0) {
                super.close();
            } else {
                FakePayload payload = (FakePayload) last.payload(0);
                calls.add("close with " + payload.references() + " reference to " + last.timestampTicks());
            }
        }
    }
}
