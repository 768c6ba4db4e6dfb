package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.spead.recv.BufferPool;

class FrugalSinkTest {
    private final ReceivedHeaps heaps = new ReceivedHeaps();
    private final BufferPool pool = new BufferPool(4096);
    private final FrugalSink sink = new FrugalSink(new DrainingSink(heaps.ring()), pool);

    @Test
    void shouldHaveNoRoomOnlyWhileMemoryIsShortAndAHeapWaits() {
        assertThat(sink.hasRoom()).isTrue();
        ByteBuffer most = pool.acquire(3584);
        assertThat(sink.hasRoom()).as("nothing waits").isTrue();
        heaps.send(ReceivedHeaps.items(Models.ticks(0)).heap());
        assertThat(sink.hasRoom()).isFalse();
        pool.release(most);
        assertThat(sink.hasRoom()).as("memory is there").isTrue();
        pool.acquire(3584);
        heaps.ring().poll().close();
        assertThat(sink.hasRoom()).as("the heap has gone on").isTrue();
    }
}
