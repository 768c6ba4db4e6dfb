package org.cbfsdp.recv;

import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;

/**
 * A ring that is drained also when its stream is stopped: what has been received whole is not thrown away because a signal
 * or a time-out ended the reception. The ring must never block, so that a stop is prompt all the same.
 */
record DrainingSink(HeapRing ring) implements HeapSink {
    @Override
    public boolean hasRoom() {
        return ring.hasRoom();
    }

    @Override
    public void heap(Heap heap) {
        ring.heap(heap);
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        ring.incompleteHeap(heap);
    }

    @Override
    public void endOfStream() {
        ring.endOfStream();
    }

    @Override
    public long droppedHeaps() {
        return ring.droppedHeaps();
    }

    @Override
    public long blockedCount() {
        return ring.blockedCount();
    }
}
