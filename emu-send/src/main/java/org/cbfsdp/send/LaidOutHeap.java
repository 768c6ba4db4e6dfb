package org.cbfsdp.send;

import java.nio.ByteBuffer;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.spead.send.HeapReference;

/** A data heap that remembers which dump it was laid out for, so that a dump sent again need not be. The packetiser's. */
final class LaidOutHeap {
    private static final int NOTHING = -1;

    private final IcdHeap heap;
    private final HeapReference reference;
    private int dump = NOTHING;
    private long partlyFlagged;
    private volatile long dueNanos = StreamLag.UNSCHEDULED;

    LaidOutHeap(IcdHeap heap) {
        this.heap = heap;
        this.reference = HeapReference.of(heap.heap());
    }

    /** The heap as it is offered to its stream. */
    HeapReference reference() {
        return reference;
    }

    /** The elements; use absolute puts. */
    ByteBuffer data() {
        return heap.data();
    }

    /** Whether {@link #data()} is that dump of the source already. */
    boolean holds(int wantedDump) {
        return dump == wantedDump;
    }

    /** The dump was laid out, with so many elements that had some, but not all, of their polarisations flagged. */
    void hold(int laidOutDump, long partlyFlaggedElements) {
        dump = laidOutDump;
        partlyFlagged = partlyFlaggedElements;
    }

    /** See {@link #hold}. */
    long partlyFlagged() {
        return partlyFlagged;
    }

    /** When its dump is due. */
    void setDue(long nanos) {
        dueNanos = nanos;
    }

    /** When the dump is due that is to leave with it; {@link StreamLag#UNSCHEDULED} when it has left. Any thread. */
    long dueNanos() {
        return dueNanos;
    }

    /** The same, once: the heap has left. Called by the sending thread. */
    long takeDue() {
        long due = dueNanos;
        dueNanos = StreamLag.UNSCHEDULED;
        return due;
    }

    void setTimestamp(long ticks) {
        heap.setTimestamp(ticks);
    }
}
