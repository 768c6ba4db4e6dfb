package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;

class FrugalSinkTest {
    private final ReceivedHeaps heaps = new ReceivedHeaps();
    private final BufferPool pool = new BufferPool(8 << 20);
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final AtomicLong largestHeapBytes = new AtomicLong();
    private final FrugalSink sink =
            new FrugalSink(new DrainingSink(heaps.ring()), pool, delivering::get, largestHeapBytes, 2);

    @Test
    void shouldHaveNoRoomOnlyWhileMemoryIsShortAndAHeapWaits() {
        assertThat(sink.hasRoom()).isTrue();
        ByteBuffer most = pool.acquire(7 << 20);
        assertThat(sink.hasRoom()).as("nothing waits").isTrue();
        heaps.send(ReceivedHeaps.items(Models.ticks(0)).heap());
        assertThat(sink.hasRoom()).isFalse();
        pool.release(most);
        assertThat(sink.hasRoom()).as("memory is there").isTrue();
        pool.acquire(7 << 20);
        heaps.ring().poll().close();
        assertThat(sink.hasRoom()).as("the heap has gone on").isTrue();
    }

    @Test
    void shouldWaitForConsumersWhenTheNextHeapsOfAllStreamsMayFindNoMemory() {
        ByteBuffer some = pool.acquire(4 << 20);
        delivering.set(true);
        assertThat(sink.hasRoom()).as("heaps are small").isTrue();
        largestHeapBytes.set(1 << 20);
        assertThat(sink.hasRoom()).as("5 MiB may be wanted").isFalse();
        delivering.set(false);
        assertThat(sink.hasRoom()).as("nobody would give any back").isTrue();
        delivering.set(true);
        pool.release(some);
        assertThat(sink.hasRoom()).as("there is enough").isTrue();
    }

    @Test
    void shouldRememberTheLargestHeap() {
        heaps.send(ReceivedHeaps.items(Models.ticks(0)).heap());
        Heap heap = heaps.ring().poll();
        int bytes = heap.payload().remaining();
        sink.heap(heap);
        assertThat(largestHeapBytes.get()).isEqualTo(bytes).isPositive();
    }
}
