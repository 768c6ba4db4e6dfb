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

    /** Takes what is left of a heap with a gap. */
    default void incompleteHeap(IncompleteHeap heap) {}

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
