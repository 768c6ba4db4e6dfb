package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.packet.PacketFault;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;
import org.spead.transport.memory.MemoryLink;

@Timeout(30)
class ReceiveStreamTest {
    private final BufferPool pool = new BufferPool(1 << 24);
    private final CollectingSink sink = new CollectingSink();
    private final MemoryLink link = new MemoryLink("link", 1000);

    private ReceiveStream stream(ReceiveConfig config, HeapSink heapSink, PacketSource... sources) {
        return new ReceiveStream(config, List.of(sources), heapSink, pool);
    }

    private static ReceiveConfig config() {
        return ReceiveConfig.builder().receiveTimeoutNanos(0).streamId(3).build();
    }

    static void send(PacketSink to, WirePacket... packets) {
        for (WirePacket packet : packets) {
            byte[] bytes = packet.bytes();
            PacketBatch batch = new PacketBatch(bytes.length, 1);
            batch.buffer().put(0, bytes);
            batch.add(0, bytes.length);
            try {
                assertThat(to.send(batch, 0)).isEqualTo(1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    static WirePacket heap(long cnt) {
        return WirePacket.of(48, cnt, 4, 0, new byte[4]);
    }

    private static WirePacket half(long cnt) {
        return WirePacket.of(48, cnt, 8, 0, new byte[4]);
    }

    @Test
    void shouldEndByStopItemAndIgnoreWhatFollowsInTheBatch() {
        ReceiveStream stream = stream(config(), sink, link.source());
        send(link.sink(), heap(1), half(2), WirePacket.stop(48, 3), heap(4));

        assertThat(stream.roleName()).isEqualTo("recv-3");
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(stream.isEnded()).isTrue();
        assertThat(stream.failure()).isEmpty();
        assertThat(sink.heaps()).extracting(Heap::cnt).containsExactly(1L);
        assertThat(sink.incompleteHeaps()).extracting(IncompleteHeap::cnt).containsExactly(2L);
        assertThat(sink.ends).isEqualTo(1);
        assertThat(stream.stats().get(StreamStat.PACKETS)).isEqualTo(3);
        assertThat(stream.stats().get(StreamStat.BATCHES)).isEqualTo(1);
        assertThat(stream.stats().get(StreamStat.MAX_BATCH)).isEqualTo(4);
    }

    @Test
    void shouldEndWhenTheSourceEnds() throws IOException {
        ReceiveStream stream = stream(config(), sink, link.source());
        send(link.sink(), heap(1));
        link.sink().close();
        assertThat(stream.doWork()).isEqualTo(1);
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.ends).isEqualTo(1);
        stream.onClose();
        assertThat(sink.ends).isEqualTo(1);
    }

    @Test
    void shouldServeSeveralSourcesAndEndWithTheFirstThatStops() {
        MemoryLink other = new MemoryLink("other", 10);
        ReceiveStream stream = stream(config(), sink, link.source(), other.source());
        send(link.sink(), WirePacket.of(48, 1, 8, 0, new byte[4]));
        send(other.sink(), WirePacket.of(48, 1, 8, 4, new byte[4]));
        assertThat(stream.doWork()).isEqualTo(2);
        assertThat(stream.doWork()).isZero();
        assertThat(sink.heaps()).extracting(Heap::cnt).containsExactly(1L);

        send(link.sink(), WirePacket.stop(48, 2));
        send(other.sink(), heap(3));
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(sink.heaps()).hasSize(1);
    }

    @Test
    void shouldEndWithTheCauseWhenTheSourceIsLost() {
        IOException cause = new IOException("cable pulled");
        List<String> heard = new ArrayList<>();
        FaultListener listener = new FaultListener() {
            @Override
            public void sourceLost(String source, Exception e) {
                heard.add(source + ": " + e.getMessage());
            }
        };
        PacketSource lost = new FailingSource(cause);
        ReceiveStream stream = new ReceiveStream(config(), List.of(lost), sink, pool, listener, System::nanoTime);

        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(stream.failure()).containsSame(cause);
        assertThat(heard).containsExactly("failing: cable pulled");
        assertThat(sink.ends).isEqualTo(1);
    }

    @Test
    void shouldDrainAfterNetworkStopButNotAfterUserStop() {
        HeapRing ring = new HeapRing(10, OverflowPolicy.BLOCK);
        ReceiveStream stream = stream(config(), ring, link.source());
        send(link.sink(), heap(1), WirePacket.of(48, 2, -1, 0, new byte[4]), WirePacket.stop(48, 3));
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(ring.isEnded()).isFalse();
        assertThat(ring.size()).as("the whole heap and the unsized one").isEqualTo(2);
        ring.stop();

        HeapRing stopped = new HeapRing(10, OverflowPolicy.BLOCK);
        MemoryLink second = new MemoryLink("second", 10);
        ReceiveStream byUser = stream(config(), stopped, second.source());
        send(second.sink(), heap(1), WirePacket.of(48, 2, -1, 0, new byte[4]));
        assertThat(byUser.doWork()).isEqualTo(2);
        byUser.stop();
        assertThat(stopped.isEnded()).isTrue();
        assertThat(byUser.doWork()).isEqualTo(Agent.DONE);
        assertThat(stopped.discardedHeaps()).as("one queued, one flushed").isEqualTo(2);
        assertThat(byUser.stats().get(StreamStat.INCOMPLETE_HEAPS_FLUSHED)).isEqualTo(1);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldStopWhileBlockedByFullRing() throws InterruptedException {
        HeapRing ring = new HeapRing(1, OverflowPolicy.BLOCK);
        ReceiveStream stream = stream(config(), ring, link.source());
        send(link.sink(), heap(1), heap(2), heap(3));
        try (AgentRunner runner =
                new AgentRunner("recv-3", List.of(stream), IdleStrategy.backoff(), (agent, e) -> {}).start()) {
            while (ring.blockedCount() == 0) {
                Thread.onSpinWait();
            }
            stream.stop();
            assertThat(runner.join(10_000)).isTrue();
        }
        assertThat(stream.isEnded()).isTrue();
        assertThat(stream.stats().get(StreamStat.WORKER_BLOCKED)).isEqualTo(1);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldLeavePacketsInTheSourceWhileTheRingHasNoRoom() {
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE);
        ReceiveStream stream = stream(config(), ring, link.source());
        send(link.sink(), heap(1));
        assertThat(stream.doWork()).isEqualTo(1);
        send(link.sink(), heap(2));
        assertThat(stream.doWork()).isZero();
        assertThat(stream.stats().get(StreamStat.PACKETS)).isEqualTo(1);
        assertThat(stream.stats().get(StreamStat.WORKER_BLOCKED))
                .as("seen at once")
                .isEqualTo(1);

        ring.poll().close();
        assertThat(stream.doWork()).isEqualTo(1);
        assertThat(ring.size()).isEqualTo(1);
        stream.onClose();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldShowCountersToOtherThreads() throws InterruptedException {
        HeapRing ring = new HeapRing(1, OverflowPolicy.DROP_NEWEST);
        ReceiveStream stream = stream(config(), ring, link.source());
        try (AgentRunner runner =
                new AgentRunner("recv-3", List.of(stream), IdleStrategy.backoff(), (agent, e) -> {}).start()) {
            for (int i = 1; i <= 100; i++) {
                send(link.sink(), heap(i));
            }
            // They are published one after the other.
            while (stream.stats().get(StreamStat.PACKETS) < 100
                    || stream.stats().snapshot().get("heaps") < 100
                    || stream.stats().snapshot().get("ring_dropped_heaps") < 99) {
                Thread.onSpinWait();
            }
            assertThat(stream.stats().get(StreamStat.PACKETS)).isEqualTo(100);
            assertThat(stream.stats().snapshot().get("heaps")).isEqualTo(100);
            assertThat(stream.stats().snapshot().get("ring_dropped_heaps")).isEqualTo(99);
            assertThat(runner.isAlive()).isTrue();
        }
        assertThat(stream.isEnded()).as("closing the runner is a user stop").isTrue();
        assertThat(ring.discardedHeaps()).isEqualTo(1);
    }

    @Test
    void shouldReportEachKindOfFaultOnceASecond() {
        AtomicLong nanos = new AtomicLong(-5);
        List<String> heard = new ArrayList<>();
        FaultListener listener = new FaultListener() {
            @Override
            public void packetFault(PacketFault fault, long total, String source) {
                heard.add(fault + " " + total + " " + source);
            }

            @Override
            public void heapFault(HeapFault fault, long total, String source) {
                heard.add(fault + " " + total + " " + source);
            }
        };
        ReceiveStream stream = new ReceiveStream(config(), List.of(link.source()), sink, pool, listener, nanos::get);
        WirePacket faulty = WirePacket.empty(48);
        WirePacket late = WirePacket.of(48, 1, 8, 4, new byte[4]);
        send(link.sink(), faulty, faulty, late, faulty);
        stream.doWork();
        assertThat(heard).containsExactly("NO_HEAP_CNT 1 link", "NO_FIRST_PACKET 1 link");

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        send(link.sink(), faulty, faulty);
        stream.doWork();
        assertThat(heard).hasSize(3).endsWith("NO_HEAP_CNT 4 link");

        send(link.sink(), WirePacket.stop(48, 9));
        stream.doWork();
        assertThat(heard).hasSize(4).endsWith("NO_HEAP_CNT 5 link");
        assertThat(stream.stats().get(PacketFault.NO_HEAP_CNT)).isEqualTo(5);
    }

    @Test
    void shouldCountTrailingBytes() {
        ReceiveStream stream = stream(config(), sink, link.source());
        send(link.sink(), WirePacket.of(48, 1, 4, 0, new byte[4]).payload(new byte[5]));
        stream.doWork();
        assertThat(stream.stats().get(PacketFault.TRAILING_BYTES)).isEqualTo(1);
        assertThat(stream.stats().get(StreamStat.PACKETS)).isZero();
    }

    @Test
    void shouldRefuseToReceiveFromNowhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReceiveStream(config(), List.of(), sink, pool))
                .withMessage("stream 3 needs a packet source");
    }

    /** A source that is lost at once. */
    private record FailingSource(IOException cause) implements PacketSource {
        @Override
        public PacketBatch newBatch() {
            return new PacketBatch(100, 1);
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
            throw cause;
        }

        @Override
        public String describe() {
            return "failing";
        }

        @Override
        public void close() {}
    }
}
