package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

@Timeout(30)
class HeapRingTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final AssemblyFixture stream = new AssemblyFixture(ReceiveConfig.builder());
    private final List<AgentRunner> runners = new ArrayList<>();

    @AfterEach
    void closeRunners() {
        runners.forEach(AgentRunner::close);
    }

    private Heap heap(long cnt) {
        return heapOf(cnt, 1);
    }

    private Heap heapOf(long cnt, int payloadBytes) {
        stream.give(cnt, payloadBytes, 0, new byte[payloadBytes]);
        return (Heap) stream.sink.delivered.remove(0);
    }

    private static List<Long> drain(HeapRing ring) {
        List<Long> cnts = new ArrayList<>();
        for (Heap heap = ring.poll(); heap != null; heap = ring.poll()) {
            cnts.add(heap.cnt());
            heap.close();
        }
        return cnts;
    }

    /** Runs {@code task} once on a thread of its own. */
    private AgentRunner inBackground(Task task) {
        Agent agent = new Agent() {
            @Override
            public String roleName() {
                return "background";
            }

            @Override
            public int doWork() {
                try {
                    task.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return DONE;
            }
        };
        AgentRunner runner =
                new AgentRunner("background", List.of(agent), IdleStrategy.backoff(), (a, e) -> {}).start();
        runners.add(runner);
        return runner;
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    @Test
    void shouldDropTheNewest() {
        HeapRing ring = new HeapRing(2, OverflowPolicy.DROP_NEWEST);
        for (long cnt = 1; cnt <= 5; cnt++) {
            ring.heap(heap(cnt));
        }
        assertThat(ring.droppedHeaps()).isEqualTo(3);
        assertThat(drain(ring)).containsExactly(1L, 2L);
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldDropTheOldest() {
        HeapRing ring = new HeapRing(2, OverflowPolicy.DROP_OLDEST);
        for (long cnt = 1; cnt <= 5; cnt++) {
            ring.heap(heap(cnt));
        }
        assertThat(ring.droppedHeaps()).isEqualTo(3);
        assertThat(drain(ring)).containsExactly(4L, 5L);
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldBlockTheProducerUntilThereIsRoom() throws InterruptedException {
        HeapRing ring = new HeapRing(1, OverflowPolicy.BLOCK);
        ring.heap(heap(1));
        Heap second = heap(2);
        AgentRunner producer = inBackground(() -> ring.heap(second));
        while (ring.blockedCount() == 0) {
            Thread.onSpinWait();
        }
        assertThat(ring.size()).isEqualTo(1);
        assertThat(drainOne(ring)).isEqualTo(1);
        assertThat(producer.join(10_000)).isTrue();
        assertThat(drainOne(ring)).isEqualTo(2);
        assertThat(ring.droppedHeaps()).isZero();
        assertThat(ring.blockedCount()).isEqualTo(1);
    }

    @Test
    void shouldAskTheStreamToPauseRatherThanBlockOrDrop() {
        HeapRing ring = new HeapRing(2, OverflowPolicy.PAUSE);
        assertThat(ring.hasRoom()).isTrue();
        for (long cnt = 1; cnt <= 7; cnt++) {
            ring.heap(heap(cnt));
        }
        assertThat(ring.hasRoom()).isFalse();
        assertThat(ring.blockedCount()).isEqualTo(1);
        assertThat(drain(ring)).as("what a batch completed is not lost").containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(ring.hasRoom()).isTrue();
        assertThat(ring.droppedHeaps()).isZero();
    }

    @Test
    void shouldHaveRoomForMoreHeapsWhenTheyAreSmall() {
        // A heap counts as 1 KiB at least.
        HeapRing ring = new HeapRing(2, 3 << 10, OverflowPolicy.PAUSE, 1, IncompletePolicy.COUNT, () -> {});
        ring.heap(heap(1));
        ring.heap(heap(2));
        assertThat(ring.hasRoom()).isTrue();
        ring.heap(heap(3));
        assertThat(ring.hasRoom()).isFalse();
        assertThat(drainOneNow(ring)).isEqualTo(1);
        assertThat(ring.hasRoom()).isTrue();
        ring.heap(heapOf(4, 1 << 11));
        assertThat(ring.hasRoom()).isFalse();
        assertThat(drain(ring)).containsExactly(2L, 3L, 4L);
        ring.heap(heapOf(5, 1 << 14));
        assertThat(ring.hasRoom())
                .as("one large heap is fewer than the capacity")
                .isTrue();
        assertThat(drain(ring)).containsExactly(5L);
    }

    @Test
    void shouldKeepTheOrderWhenItGrowsAcrossItsEnd() {
        HeapRing ring = new HeapRing(3, OverflowPolicy.PAUSE);
        ring.heap(heap(1));
        ring.heap(heap(2));
        try (Heap first = ring.poll()) {
            assertThat(first.cnt()).isEqualTo(1);
        }
        for (long cnt = 3; cnt <= 9; cnt++) {
            ring.heap(heap(cnt));
        }
        assertThat(drain(ring)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void shouldNotPauseAStreamThatMustSeeTheStop() {
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE);
        ring.heap(heap(1));
        ring.stop();
        assertThat(ring.hasRoom()).isTrue();
        ring.heap(heap(2));
        assertThat(ring.discardedHeaps()).isEqualTo(2);
        assertThat(stream.pool.lentBytes()).isZero();
    }

    private static long drainOneNow(HeapRing ring) {
        try (Heap heap = ring.poll()) {
            return heap.cnt();
        }
    }

    private static long drainOne(HeapRing ring) throws InterruptedException {
        try (Heap heap = ring.take(LONG_NANOS)) {
            return heap.cnt();
        }
    }

    @Test
    void shouldLetBlockedProducerGoWhenStopped() throws InterruptedException {
        HeapRing ring = new HeapRing(1, OverflowPolicy.BLOCK);
        ring.heap(heap(1));
        Heap second = heap(2);
        AgentRunner producer = inBackground(() -> ring.heap(second));
        while (ring.blockedCount() == 0) {
            Thread.onSpinWait();
        }
        ring.stop();
        assertThat(producer.join(10_000)).isTrue();
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.poll()).isNull();
        assertThat(ring.discardedHeaps()).isEqualTo(2);
        assertThat(ring.droppedHeaps()).isZero();
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldLetWaitingConsumerGoWhenStopped() throws InterruptedException {
        HeapRing ring = new HeapRing(1, OverflowPolicy.BLOCK);
        CountDownLatch waiting = new CountDownLatch(1);
        AgentRunner consumer = inBackground(() -> {
            waiting.countDown();
            ring.take(LONG_NANOS);
        });
        waiting.await();
        ring.stop();
        assertThat(consumer.join(10_000)).isTrue();
    }

    @Test
    void shouldEndOnlyAfterItIsDrained() throws InterruptedException {
        HeapRing ring = new HeapRing(4, OverflowPolicy.BLOCK);
        ring.heap(heap(1));
        ring.endOfStream();
        assertThat(ring.isEnded()).isFalse();
        assertThat(drainOne(ring)).isEqualTo(1);
        assertThat(ring.isEnded()).isTrue();
        assertThat(ring.take(LONG_NANOS)).isNull();
    }

    @Test
    void shouldEndWithTheLastOfItsStreams() {
        HeapRing ring = new HeapRing(4, OverflowPolicy.BLOCK, 2);
        ring.endOfStream();
        assertThat(ring.isEnded()).isFalse();
        ring.endOfStream();
        assertThat(ring.isEnded()).isTrue();
    }

    @Test
    void shouldReturnNothingWhenTimeIsUp() throws InterruptedException {
        assertThat(new HeapRing(1, OverflowPolicy.BLOCK).take(1)).isNull();
        assertThat(new HeapRing(1, OverflowPolicy.BLOCK).poll()).isNull();
    }

    @Test
    void shouldCountIncompleteHeaps() {
        HeapRing ring = new HeapRing(1, OverflowPolicy.BLOCK);
        stream.give(1, 5, 0, new byte[1]).end();
        ring.incompleteHeap(stream.sink.incompleteHeaps().get(0));
        assertThat(ring.incompleteHeaps()).isEqualTo(1);
        assertThat(ring.size()).isZero();
    }

    @Test
    void shouldPassEveryHeapInOrderBetweenThreads() throws InterruptedException {
        HeapRing ring = new HeapRing(3, OverflowPolicy.BLOCK);
        int heaps = 5000;
        inBackground(() -> {
            for (long cnt = 0; cnt < heaps; cnt++) {
                ring.heap(heap(cnt));
            }
            ring.endOfStream();
        });
        long expected = 0;
        while (!ring.isEnded()) {
            Heap heap = ring.take(LONG_NANOS);
            if (heap != null) {
                assertThat(heap.cnt()).isEqualTo(expected++);
                heap.close();
            }
        }
        assertThat(expected).isEqualTo(heaps);
        assertThat(stream.pool.lentBytes()).isZero();
    }

    @Test
    void shouldRefuseSizesThatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HeapRing(0, OverflowPolicy.BLOCK));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeapRing(1, OverflowPolicy.BLOCK, 0));
    }
}
