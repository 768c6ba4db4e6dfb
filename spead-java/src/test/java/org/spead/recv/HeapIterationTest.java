package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.WirePacket;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.transport.memory.MemoryLink;

@Timeout(30)
class HeapIterationTest {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final HeapRing ring = new HeapRing(4, OverflowPolicy.PAUSE);
    private final MemoryLink link = MemoryLink.unbounded("link");
    private final ReceiveStream stream =
            new ReceiveStream(ReceiveConfig.defaults(), List.of(link.source()), ring, pool);

    private void send(int heaps) {
        for (int cnt = 1; cnt <= heaps; cnt++) {
            ReceiveStreamTest.send(link.sink(), WirePacket.of(48, cnt, 4, 0, new byte[4]));
        }
    }

    @Test
    void shouldLoopOverAllHeapsOfAStream() throws IOException {
        send(1000);
        link.sink().close();
        List<Long> seen = new ArrayList<>();
        try (AgentRunner runner = new AgentRunner("recv", List.of(stream), IdleStrategy.backoff(), (a, e) -> {});
                HeapIteration heaps = new HeapIteration(ring, stream::failure)) {
            runner.start();
            for (Heap heap : heaps) {
                try (heap) {
                    seen.add(heap.cnt());
                }
            }
        }
        assertThat(seen).hasSize(1000).isSorted();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void shouldStopTheRingWhenLeftEarly() {
        send(3);
        stream.doWork();
        try (HeapIteration heaps = new HeapIteration(ring)) {
            Iterator<Heap> iterator = heaps.iterator();
            iterator.next().close();
            assertThat(iterator.hasNext()).isTrue();
        }
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.discardedHeaps()).isEqualTo(1);
        assertThat(pool.lentBytes()).isZero();
        stream.onClose();
    }

    @Test
    void shouldEndWithTheErrorThatLostASource() {
        send(1);
        stream.doWork();
        ring.endOfStream();
        IOException lost = new IOException("cable pulled");
        try (HeapIteration heaps = new HeapIteration(ring, () -> Optional.of(lost))) {
            Iterator<Heap> iterator = heaps.iterator();
            iterator.next().close();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(iterator::hasNext)
                    .withMessage("the stream lost a source: cable pulled")
                    .withCause(lost);
        }
    }

    @Test
    void shouldHaveNoHeapAfterTheLast() {
        ring.endOfStream();
        try (HeapIteration heaps = new HeapIteration(ring)) {
            assertThat(heaps.iterator().hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(() -> heaps.iterator().next());
        }
    }

    @Test
    void shouldEndTheWaitWhenInterrupted() {
        try (HeapIteration heaps = new HeapIteration(ring)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> heaps.iterator().hasNext());
            assertThat(Thread.interrupted()).as("still").isTrue();
        }
    }
}
