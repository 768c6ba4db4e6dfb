package org.cbfsdp.recv;

import java.util.function.BooleanSupplier;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;

/**
 * A ring that is drained also when its stream is stopped: what has been received whole is not thrown away because a signal
 * or a time-out ended the reception. The ring must never block, so that a stop is prompt all the same. Called by the
 * receiving thread.
 *
 * @param isHeldBack whether to take nothing for now, although the ring has room
 * @param onEnd told when the stream has ended
 */
record DrainingSink(HeapRing ring, BooleanSupplier isHeldBack, Runnable onEnd) implements HeapSink {
    /** Takes whatever the ring has room for. */
    DrainingSink(HeapRing ring) {
        this(ring, () -> false, () -> {});
    }

    @Override
    public boolean hasRoom() {
        return ring.hasRoom() && !isHeldBack.getAsBoolean();
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
        onEnd.run();
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
