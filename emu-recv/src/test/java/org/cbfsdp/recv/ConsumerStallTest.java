package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.recv.ReceptionReport.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;

/**
 * A consumer that stalls, for ten seconds or ten hours: the latch that it waits for opens when so many dumps have come, and time
 * has no part in it. It costs another consumer nothing, and itself nothing that its queue holds; what it costs beyond is counted
 * to the dump, told in the report, and over when the stall is. The road is the whole one, from packets to consumers on threads.
 */
@Timeout(60)
class ConsumerStallTest {
    private static final int STREAMS = 2;
    private static final int QUEUE = 8;
    private static final int BEYOND = 5;
    private static final int AFTERWARDS = 6;
    private static final int DUMPS = 200;
    /** Of both streams: two channels, three baselines, 34 bytes an element. */
    private static final long DUMP_BYTES = STREAMS * 2 * 3 * 34;

    private final TelescopeModel model = Models.of(2 * STREAMS, DUMPS);
    private final BufferPool pool = new BufferPool(1 << 20);
    private final StreamAccount[] accounts = {new StreamAccount(), new StreamAccount()};
    private final List<PacketList> sources = List.of(new PacketList(), new PacketList());
    private final List<HeapRing> rings = new ArrayList<>();
    private final List<ReceiveStream> receivers = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final Watched stalling = new Watched();
    private final Watched other = new Watched();
    private ConsumerAgent stallingAgent;
    private ConsumerAgent otherAgent;
    private DumpLedger ledger;
    private HeapRouter router;
    private int sent;

    @AfterEach
    void stopThreads() {
        stalling.goOn.countDown();
        runners.forEach(AgentRunner::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingWhileTheQueueHoldsWhatComes(QueuePolicy policy) throws Exception {
        begin(policy, QUEUE, Long.MAX_VALUE);
        stall();
        for (int i = 0; i < QUEUE; i++) {
            send();
            other.awaitDump(sent - 1);
        }
        endOfStall();
        ReceptionReport report = end();

        assertThat(stalling.dumps).containsExactlyElementsOf(dumps(0, QUEUE + 1));
        assertThatTheOtherHasAll();
        assertThat(report.hasLost()).isFalse();
        assertThat(report.render()).startsWith("Received ");
    }

    @ParameterizedTest
    @CsvSource({"DROP_NEWEST, DUMPS", "DROP_NEWEST, BYTES", "DROP_OLDEST, DUMPS", "DROP_OLDEST, BYTES"})
    void shouldCountExactlyWhatTheQueueDidNotHold(QueuePolicy policy, String bound) throws Exception {
        boolean inBytes = bound.equals("BYTES");
        begin(policy, inBytes ? DUMPS : QUEUE, inBytes ? QUEUE * DUMP_BYTES : Long.MAX_VALUE);
        stall();
        for (int i = 0; i < QUEUE + BEYOND; i++) {
            send();
            other.awaitDump(sent - 1);
            // Counted when it happens, not when the stall is over.
            assertThat(stallingAgent.droppedDumps()).isEqualTo(Math.max(0, i + 1 - QUEUE));
        }
        endOfStall();
        long firstKept = policy == QueuePolicy.DROP_OLDEST ? 1 + BEYOND : 1;
        stalling.awaitDump(firstKept + QUEUE - 1);
        for (int i = 0; i < AFTERWARDS; i++) {
            send();
            other.awaitDump(sent - 1);
            stalling.awaitDump(sent - 1);
        }
        ReceptionReport report = end();

        assertThat(stalling.dumps)
                .containsExactlyElementsOf(LongStream.concat(
                                LongStream.concat(LongStream.of(0), LongStream.range(firstKept, firstKept + QUEUE)),
                                LongStream.range(sent - AFTERWARDS, sent))
                        .boxed()
                        .toList());
        assertThatTheOtherHasAll();
        assertThat(stallingAgent.consumedDumps()).isEqualTo(sent - BEYOND);
        assertThat(stallingAgent.droppedDumps()).isEqualTo(BEYOND);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.hasFailed()).isFalse();
        assertThat(report.render())
                .startsWith("consumer stalling: " + BEYOND + " dumps not taken\nReceived ")
                .doesNotContain("consumer other");
    }

    @Test
    void shouldMakeAllWaitAndLoseNothingThatTheNetworkKeepsWhenToldToBlock() throws Exception {
        begin(QueuePolicy.BLOCK, QUEUE, Long.MAX_VALUE);
        stall();
        for (int i = 0; i < QUEUE + BEYOND; i++) {
            send();
        }
        // The stalled one comes first: the dump that its queue has no room for has not been given to the other either.
        other.awaitDump(QUEUE);
        assertThat(other.received).isEmpty();
        endOfStall();
        ReceptionReport report = end();

        assertThat(stalling.dumps).containsExactlyElementsOf(dumps(0, sent));
        assertThatTheOtherHasAll();
        assertThat(report.hasLost()).isFalse();
    }

    @Test
    void shouldCountWhatTheNetworkLostWhileAllWaited() throws Exception {
        begin(QueuePolicy.BLOCK, QUEUE, Long.MAX_VALUE);
        stall();
        for (int i = 0; i < QUEUE + 1; i++) {
            send();
        }
        other.awaitDump(QUEUE);
        int firstLost = sent;
        sent += BEYOND; // as a socket does whose buffer is full
        endOfStall();
        for (int i = 0; i < AFTERWARDS; i++) {
            send();
        }
        ReceptionReport report = end();

        List<Long> kept = dumps(0, sent);
        kept.removeAll(dumps(firstLost, firstLost + BEYOND));
        assertThat(stalling.dumps).containsExactlyElementsOf(kept);
        assertThat(other.dumps).containsExactlyElementsOf(kept);
        assertThat(report.streams())
                .allMatch(stream -> stream.get(StreamCounter.MISSING_HEAPS) == BEYOND)
                .hasSize(STREAMS);
        assertThat(report.hasLost()).isTrue();
        assertThat(report.render())
                .contains("(" + STREAMS * BEYOND + " missing, 0 incomplete)")
                .doesNotContain("not taken");
    }

    /** Connects everything; the stalling consumer is the first that a dump is offered to. */
    private void begin(QueuePolicy policy, int queueDumps, long queueBytes) {
        stallingAgent = agent("stalling", stalling, policy, queueDumps, queueBytes);
        otherAgent = agent("other", other, policy, queueDumps, queueBytes);
        for (int i = 0; i < STREAMS; i++) {
            rings.add(new HeapRing(4 * QUEUE, OverflowPolicy.PAUSE));
            receivers.add(new ReceiveStream(
                    ReceiveConfig.builder()
                            .streamId(i)
                            .stopOnStopItem(false)
                            .receiveTimeoutNanos(0)
                            .build(),
                    List.of(sources.get(i)),
                    new DrainingSink(rings.get(i)),
                    pool));
        }
        DumpGrid grid = DumpGrid.of(Optional.of(model), 0.01);
        ledger = new DumpLedger(grid, accounts, List.of(stallingAgent, otherAgent));
        router = new HeapRouter(
                rings,
                new PayloadRules(
                        Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 2 * STREAMS), 2)),
                        OptionalInt.of(2 * STREAMS),
                        OptionalInt.of(3),
                        PolarisationRule.of(model),
                        0),
                accounts,
                new ChannelClaims(STREAMS),
                new DumpAssembler(
                        accounts, grid, new DumpAssembler.Limits(4, Long.MAX_VALUE, Long.MAX_VALUE, false), ledger),
                stream -> {},
                () -> {
                    stallingAgent.endOfDumps();
                    otherAgent.endOfDumps();
                });
        run(stallingAgent);
        run(otherAgent);
        run(router);
    }

    private static ConsumerAgent agent(
            String name, Consumer consumer, QueuePolicy policy, int queueDumps, long queueBytes) {
        ConsumerContext context = new ConsumerContext(
                Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions(name, Map.of()));
        return new ConsumerAgent(name, consumer, context, policy, queueDumps, queueBytes);
    }

    private void run(Agent agent) {
        runners.add(new AgentRunner(agent.roleName(), List.of(agent), IdleStrategy.backoff(), (failed, cause) -> {
                    throw new AssertionError(failed.roleName(), cause);
                })
                .start());
    }

    /** Has the first consumer stand still with the first dump in its hands. */
    private void stall() throws InterruptedException {
        stalling.isToStall = true;
        send();
        other.awaitDump(0);
        assertThat(stalling.stalled.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void endOfStall() {
        stalling.goOn.countDown();
    }

    /** Puts the packets of the next dump on the network, and receives them. */
    private void send() {
        for (int stream = 0; stream < STREAMS; stream++) {
            new WireHeap(1L + sent, Models.ticks(sent), 2 * stream).packets().forEach(sources.get(stream)::add);
            receive(stream);
        }
        sent++;
    }

    private void receive(int stream) {
        while (receivers.get(stream).doWork() > 0) {}
    }

    private ReceptionReport end() throws InterruptedException {
        for (int stream = 0; stream < STREAMS; stream++) {
            sources.get(stream).add(WireHeap.stop(1L + sent));
            sources.get(stream).end();
            receive(stream);
            receivers.get(stream).onClose();
        }
        for (AgentRunner runner : runners) {
            runner.join();
        }
        assertThat(pool.lentBytes()).as("memory that nobody gave back").isZero();
        assertThat(pool.refusals()).as("heaps for which there was no memory").isZero();
        return new ReceptionReport(
                IntStream.range(0, STREAMS)
                        .mapToObj(i -> new StreamReport(
                                i, 41000 + i, accounts[i], receivers.get(i).stats()))
                        .toList(),
                List.of(stallingAgent, otherAgent),
                List.of(),
                Optional.empty(),
                List.of(),
                new ReceptionReport.Dumps(ledger.dumps(), ledger.completeDumps(), ledger.unknownDumps()),
                1,
                Ending.END_OF_STREAM,
                0);
    }

    private void assertThatTheOtherHasAll() {
        assertThat(other.dumps).containsExactlyElementsOf(dumps(0, sent));
        assertThat(otherAgent.droppedDumps()).isZero();
        assertThat(ledger.completeDumps()).isEqualTo(sent);
    }

    private static List<Long> dumps(long from, long to) {
        return new ArrayList<>(LongStream.range(from, to).boxed().toList());
    }

    /** Notes the dumps it is given, by their number, and stands still with the first if it is told to. */
    private static final class Watched implements Consumer {
        private final List<Long> dumps = new ArrayList<>();
        private final BlockingQueue<Long> received = new LinkedBlockingQueue<>();
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile boolean isToStall;

        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            if (isToStall) {
                stalled.countDown();
                await(goOn);
            }
            // Read after the stall: the dump must be the consumer's for as long as it has it.
            long number = (dump.timestampTicks() - Models.ticks(0)) >>> 32;
            dumps.add(number);
            received.add(number);
        }

        /** Takes what is received up to the dump of a number. */
        void awaitDump(long number) throws InterruptedException {
            Long last = -1L;
            while (last != null && last < number) {
                last = received.poll(30, TimeUnit.SECONDS);
            }
            assertThat(last).isEqualTo(number);
        }

        @Override
        public void close() {}

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
