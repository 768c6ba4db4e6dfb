package org.cbfsdp.send.impair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.spead.transport.impair.Outgoing;

/**
 * The heaps of a stream that are held back. One that is due goes packet by packet between those of the next heap, and is
 * complete before that one is, so that the stream does not burst. Confined to the stream's thread.
 */
final class HeldHeaps {
    private final List<HeldHeap> waiting = new ArrayList<>();
    private final Queue<HeldHeap> due = new ArrayDeque<>();

    void add(HeldHeap heap) {
        waiting.add(heap);
    }

    /** Another heap begins, all of the dump before it having been sent: what waited for that is due. */
    void passed(long dump) {
        for (Iterator<HeldHeap> heaps = waiting.iterator(); heaps.hasNext(); ) {
            HeldHeap heap = heaps.next();
            if (heap.untilDump() <= dump) {
                heaps.remove();
                due.add(heap);
            }
        }
    }

    /** Sends one packet of those that are due, if there is any. */
    void sendPacket(Outgoing out) {
        HeldHeap heap = due.peek();
        if (heap != null) {
            heap.send(out);
            if (heap.isEmpty()) {
                due.remove();
            }
        }
    }

    /** Sends all that is due. */
    void sendDue(Outgoing out) {
        while (!due.isEmpty()) {
            sendPacket(out);
        }
    }

    /** Forgets all heaps, telling somebody of each. */
    void abandon(Consumer<HeldHeap> told) {
        due.forEach(told);
        waiting.forEach(told);
        due.clear();
        waiting.clear();
    }
}
