package org.spead.recv;

import java.util.Arrays;

/** Heaps in the order of their coming, and the bytes of their payloads. Guarded by its owner's lock; makes no garbage unless it grows. */
final class HeapQueue {
    /** What a heap counts for at least, so that empty ones are bounded as well. */
    private static final int LEAST_HEAP_BYTES = 1 << 10;

    private ReceivedHeap[] places;
    private int head;
    private int size;
    private long bytes;

    HeapQueue(int places) {
        this.places = new ReceivedHeap[places];
    }

    /** Heaps queued. */
    int size() {
        return size;
    }

    /** Bytes of their payloads, a heap counted as 1 KiB at least. */
    long bytes() {
        return bytes;
    }

    /** Whether no place is free. */
    boolean isFull() {
        return size == places.length;
    }

    /** Doubles the places; only when none is free. */
    void grow() {
        ReceivedHeap[] larger = Arrays.copyOf(places, places.length * 2);
        // What had wrapped round follows on what had not.
        System.arraycopy(places, 0, larger, places.length, head);
        Arrays.fill(larger, 0, head, null);
        places = larger;
    }

    /** Needs a free place. */
    void add(ReceivedHeap heap) {
        places[(head + size) % places.length] = heap;
        size++;
        bytes += bytesOf(heap);
    }

    /** The heap that came first, or null. */
    ReceivedHeap poll() {
        if (size == 0) {
            return null;
        }
        ReceivedHeap heap = places[head];
        places[head] = null;
        head = (head + 1) % places.length;
        size--;
        bytes -= bytesOf(heap);
        return heap;
    }

    private static int bytesOf(ReceivedHeap heap) {
        return Math.max(heap.payload().limit(), LEAST_HEAP_BYTES);
    }
}
