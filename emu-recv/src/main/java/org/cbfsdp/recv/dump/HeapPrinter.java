package org.cbfsdp.recv.dump;

import java.util.Map;
import org.spead.item.ItemGroup;
import org.spead.recv.Heap;
import org.spead.recv.IncompleteHeap;

/** Prints what was received. Called on the receiving thread, {@link #stats} at last by the one that waited for it. */
public interface HeapPrinter {
    /**
     * Prints a heap and gives the group its descriptors and values.
     *
     * @param items what the heap's stream has said so far
     */
    void heap(Heap heap, ItemGroup items);

    /** Prints what is left of a heap. */
    void incompleteHeap(IncompleteHeap heap);

    /** Prints the counters, by name, as the last. */
    void stats(Map<String, Long> stats);

    /** Whether what is printed cannot be written any more, because nobody reads it or there is no room for it. */
    boolean isBroken();
}
