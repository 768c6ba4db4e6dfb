package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.spead.item.BugCompat;
import org.spead.item.Flavour;

/**
 * Heap objects that wait for their next use. Taken from by the receive thread, given back to by any.
 *
 * <p>First in, first out, so that an object is used again as late as can be: that leaves a mistaken use after release the
 * longest time to be noticed. What exceeds the capacity is left to the collector.
 */
final class HeapPool {
    private static final int CAPACITY = 1024;

    private final ArrayDeque<Heap> free = new ArrayDeque<>();
    private final BufferPool buffers;
    private final BugCompat bugCompat;

    HeapPool(BufferPool buffers, BugCompat bugCompat) {
        this.buffers = buffers;
        this.bugCompat = bugCompat;
    }

    /** The flavour of packets with addresses of that width; makes no garbage but for old mistakes. */
    Flavour flavour(int heapAddressBits) {
        return bugCompat.equals(BugCompat.NONE)
                ? Flavour.ofAddressBytes(heapAddressBits / 8)
                : new Flavour(heapAddressBits, bugCompat);
    }

    Heap take() {
        Heap heap;
        synchronized (free) {
            heap = free.poll();
        }
        return heap == null ? new Heap(this) : heap;
    }

    void takeBack(Heap heap, ByteBuffer payload) {
        buffers.release(payload);
        synchronized (free) {
            if (free.size() < CAPACITY) {
                free.add(heap);
            }
        }
    }
}
