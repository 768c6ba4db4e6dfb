package org.spead.recv;

/**
 * Finds live heaps by their number: a hash table of chains through the heaps themselves, which makes no garbage. Of heaps
 * with the same number the one that began last is found. Confined to the receive thread.
 */
final class LiveHeapIndex {
    private final LiveHeap[] buckets;
    private long visited;

    /** Makes an index for about {@code heaps} heaps. */
    LiveHeapIndex(int heaps) {
        buckets = new LiveHeap[Integer.highestOneBit(heaps) * 4];
    }

    /** The live heap numbered {@code cnt}, or {@code null}. */
    LiveHeap find(long cnt) {
        LiveHeap heap = buckets[bucket(cnt)];
        while (heap != null && heap.cnt() != cnt) {
            visited++;
            heap = heap.nextInBucket;
        }
        visited++;
        return heap;
    }

    void add(LiveHeap heap) {
        int bucket = bucket(heap.cnt());
        heap.nextInBucket = buckets[bucket];
        buckets[bucket] = heap;
    }

    void remove(LiveHeap heap) {
        int bucket = bucket(heap.cnt());
        LiveHeap before = null;
        LiveHeap at = buckets[bucket];
        while (at != heap) {
            before = at;
            at = at.nextInBucket;
        }
        if (before == null) {
            buckets[bucket] = heap.nextInBucket;
        } else {
            before.nextInBucket = heap.nextInBucket;
        }
        heap.nextInBucket = null;
    }

    /** Steps of all searches so far. */
    long visited() {
        return visited;
    }

    private int bucket(long cnt) {
        long mixed = cnt * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (buckets.length - 1);
    }
}
