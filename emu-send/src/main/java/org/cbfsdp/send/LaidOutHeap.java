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

    void setTimestamp(long ticks) {
        heap.setTimestamp(ticks);
    }
}
