package org.cbfsdp.recv;

import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;

/**
 * For a source that waits when it is not read: while memory is short it has room only when none of its heaps waits in the ring. So
 * a stream that is ahead of the others leaves them the memory that they need to catch up. Called as {@link HeapSink} says.
 */
record FrugalSink(DrainingSink sink, BufferPool buffers) implements HeapSink {
    @Override
    public boolean hasRoom() {
        boolean memoryIsShort = buffers.lentBytes() > buffers.boundBytes() / 4 * 3;
        return sink.hasRoom() && !(memoryIsShort && sink.ring().size() > 0);
    }

    @Override
    public void heap(Heap heap) {
        sink.heap(heap);
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        sink.incompleteHeap(heap);
    }

    @Override
    public void endOfStream() {
        sink.endOfStream();
    }

    @Override
    public long droppedHeaps() {
        return sink.droppedHeaps();
    }

    @Override
    public long blockedCount() {
        return sink.blockedCount();
    }
}
