package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.transport.PacketSource;
import org.spead.transport.memory.MemoryLink;

/** How streams with a ring end: with a full ring, by the network and by the user, with one reader and several. */
@Timeout(60)
class StreamEndTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final BufferPool pool = new BufferPool(1 << 22);
    private final MemoryLink link = MemoryLink.unbounded("link");

    private static WirePacket heap(long cnt) {
        return WirePacket.of(48, cnt, 4, 0, new byte[4]);
    }

    private ReceiveStream stream(HeapSink sink, PacketSource... sources) {
        ReceiveConfig config =
                ReceiveConfig.builder().receiveTimeoutNanos(1_000_000).build();
        return new ReceiveStream(config, List.of(sources), sink, pool);
    }

    private static AgentRunner run(Agent agent) {
        return new AgentRunner("test", List.of(agent), IdleStrategy.backoff(), (a, e) -> {
                    throw new AssertionError(e);
                })
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopByTheUserWithAFullRing(OverflowPolicy policy) throws InterruptedException {
        HeapRing ring = new HeapRing(2, policy);
        ReceiveStream stream = stream(ring, link.source());
        for (int cnt = 1; cnt <= 500; cnt++) {
            ReceiveStreamTest.send(link.sink(), heap(cnt));
        }
        try (AgentRunner runner = run(stream)) {
            while (ring.blockedCount() == 0 && ring.droppedHeaps() < 400) {
                Thread.onSpinWait();
            }
            stream.stop();
            assertThat(runner.join(20_000)).isTrue();
        }
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.poll()).isNull();
        assertThat(ring.take(LONG_NANOS)).isNull();
        assertThat(pool.lentBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSE", "BLOCK"})
    void shouldStopByTheNetworkWithAFullRingAndLoseNothing(OverflowPolicy policy) throws InterruptedException {
        HeapRing ring = new HeapRing(1, policy);
        ReceiveStream stream = stream(ring, link.source());
        for (int cnt = 1; cnt <= 300; cnt++) {
            ReceiveStreamTest.send(link.sink(), heap(cnt));
        }
        ReceiveStreamTest.send(link.sink(), WirePacket.stop(48, 301), heap(302));
        List<Long> seen = new ArrayList<>();
        try (AgentRunner runner = run(stream)) {
            while (ring.blockedCount() == 0) {
                Thread.onSpinWait();
            }
            while (!ring.isEnded()) {
                try (Heap heap = ring.take(LONG_NANOS)) {
                    seen.add(heap == null ? -1 : heap.cnt());
                }
            }
            assertThat(runner.join(20_000)).isTrue();
        }
        seen.remove(-1L);
        assertThat(seen).hasSize(300).startsWith(1L, 2L).endsWith(299L, 300L);
        assertThat(stream.stats().get(StreamStat.WORKER_BLOCKED)).isPositive();
        assertThat(ring.droppedHeaps()).isZero();
    }

    @Test
    void shouldNotDeliverTheHeapThatStops() {
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE);
        ReceiveStream stream = stream(ring, link.source());
        ReceiveStreamTest.send(link.sink(), heap(1), heap(2).immediate(6, 2));
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(stream.stats().get(StreamStat.HEAPS)).isEqualTo(1);
        ring.stop();
    }

    @Test
    void shouldDeliverTheHeapThatSaysStopAndGoOnWhenToldTo() {
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE);
        ReceiveConfig config = ReceiveConfig.builder()
                .receiveTimeoutNanos(0)
                .stopOnStopItem(false)
                .build();
        ReceiveStream stream = new ReceiveStream(config, List.of(link.source()), ring, pool);
        ReceiveStreamTest.send(link.sink(), heap(1), heap(2).immediate(6, 2), heap(3));
        assertThat(stream.doWork()).isEqualTo(3);
        ring.poll().close();
        try (Heap stop = ring.poll()) {
            assertThat(stop.isEndOfStream()).isTrue();
        }
        assertThat(ring.size()).isEqualTo(1);
        ring.stop();
        stream.onClose();
    }

    @Test
    void shouldEndAllReadersWithTheFirstThatStops() throws IOException {
        MemoryLink second = MemoryLink.unbounded("second");
        MemoryLink third = MemoryLink.unbounded("third");
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE);
        ReceiveStream stream = stream(ring, link.source(), second.source(), third.source());
        ReceiveStreamTest.send(link.sink(), heap(1));
        ReceiveStreamTest.send(second.sink(), heap(2));
        assertThat(stream.doWork()).isEqualTo(2);
        second.sink().close();
        ReceiveStreamTest.send(link.sink(), heap(3));
        ReceiveStreamTest.send(third.sink(), heap(4));
        assertThat(stream.doWork()).isEqualTo(Agent.DONE);
        assertThat(stream.stats().get(StreamStat.HEAPS))
                .as("the third was not asked again")
                .isEqualTo(3);
        ring.stop();
    }

    @Test
    void shouldTellEveryStreamOfARingApartFromItsEnd() {
        HeapRing ring = new HeapRing(10, OverflowPolicy.PAUSE, 2);
        MemoryLink second = MemoryLink.unbounded("second");
        ReceiveStream one = stream(ring, link.source());
        ReceiveStream other = stream(ring, second.source());
        ReceiveStreamTest.send(link.sink(), WirePacket.stop(48, 1));
        assertThat(one.doWork()).isEqualTo(Agent.DONE);
        assertThat(ring.isEnded()).isFalse();
        ReceiveStreamTest.send(second.sink(), WirePacket.stop(48, 1));
        assertThat(other.doWork()).isEqualTo(Agent.DONE);
        assertThat(ring.isEnded()).isTrue();
    }
}
