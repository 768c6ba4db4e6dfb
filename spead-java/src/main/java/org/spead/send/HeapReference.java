package org.spead.send;

import java.util.Objects;

/**
 * A heap and how it is to be sent. Immutable, and can be offered again and again as the heap can.
 *
 * @param heap what is sent
 * @param heapCnt its heap count, or {@link SendStream#NEXT_HEAP_CNT}
 * @param substream which of the stream's sinks it goes to, from 0
 * @param rateBytesPerSecond its own rate: negative for the stream's, 0 for as fast as the sink takes it. The bytes of a heap
 *     without limit do not count for the stream's schedule, so that it delays nobody; it still waits for its turn
 */
public record HeapReference(SendHeap heap, long heapCnt, int substream, long rateBytesPerSecond) {
    /** The rate of a heap that has none of its own. */
    public static final long STREAM_RATE = -1;

    /** The rate of a heap that is not paced. */
    public static final long UNLIMITED = 0;

    public HeapReference {
        Objects.requireNonNull(heap, "heap");
        if (substream < 0) {
            throw new IllegalArgumentException("a substream is counted from 0, it cannot be " + substream);
        }
        if (rateBytesPerSecond > RateLimiter.MAX_RATE) {
            throw new IllegalArgumentException(
                    "a rate of " + rateBytesPerSecond + " bytes/s is too large to reckon with");
        }
    }

    /** The heap under the next heap count, to the first substream, at the stream's rate. */
    public static HeapReference of(SendHeap heap) {
        return new HeapReference(heap, SendStream.NEXT_HEAP_CNT, 0, STREAM_RATE);
    }

    /** The same with another {@link #heapCnt()}. */
    public HeapReference withHeapCnt(long cnt) {
        return new HeapReference(heap, cnt, substream, rateBytesPerSecond);
    }

    /** The same with another {@link #substream()}. */
    public HeapReference withSubstream(int index) {
        return new HeapReference(heap, heapCnt, index, rateBytesPerSecond);
    }

    /** The same with another {@link #rateBytesPerSecond()}. */
    public HeapReference withRate(long bytesPerSecond) {
        return new HeapReference(heap, heapCnt, substream, bytesPerSecond);
    }
}
