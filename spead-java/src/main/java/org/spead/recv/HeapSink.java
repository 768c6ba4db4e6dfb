package org.spead.recv;

/**
 * Where a stream delivers what it has assembled.
 *
 * <p>Called on the stream's receive thread, except where a method says otherwise. While a call lasts no packet is
 * received, so a sink hands over and returns; whether it may wait is its named policy.
 */
public interface HeapSink {
    /**
     * Whether the stream may receive more now. Asked before each batch; a stream that is told no leaves its packets where
     * they are, in the kernel's socket buffer, and asks again in its next duty cycle.
     */
    default boolean hasRoom() {
        return true;
    }

    /** Takes a heap without a gap, and with it the one reference there is. */
    void heap(Heap heap);

    /** Takes what is left of a heap with a gap; it is the sink's to close. */
    default void incompleteHeap(IncompleteHeap heap) {
        heap.close();
    }

    /** Whether {@link #incompleteHeap} wants the payload that arrived as well; it then holds pool memory. */
    default boolean keepsIncompletePayload() {
        return false;
    }

    /**
     * Tells the sink where to record the statistics that {@link ReceiveConfig#customStats()} declare. Called once for each
     * stream, by the thread that makes it; the recorder itself is the receive thread's.
     */
    default void recordsTo(StatRecorder recorder) {}

    /** Nothing more will come from this stream. Called once. */
    default void endOfStream() {}

    /** The user wants no more: whoever waits in or at this sink is let go at once. Called from any thread, any time. */
    default void stop() {}

    /** Heaps lost here so far because whoever consumes them was too slow. */
    default long droppedHeaps() {
        return 0;
    }

    /** How often the stream was told to wait, or its thread had to, so far. */
    default long blockedCount() {
        return 0;
    }
}
