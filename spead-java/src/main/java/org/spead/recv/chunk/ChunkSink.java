package org.spead.recv.chunk;

/**
 * Where a stream delivers chunks, in the order of their numbers.
 *
 * <p>Called on the receive thread as {@link ChunkSource} is, except where a method says otherwise.
 */
public interface ChunkSink {
    /** Takes a chunk that nobody writes any more; now the sink's, and at some time to be recycled. It may wait. */
    void ready(Chunk chunk);

    /** Whether the stream may receive more now; asked before each batch of packets, by each member of a group. */
    default boolean hasRoom() {
        return true;
    }

    /** Nothing more will come from this stream or group. Called once. */
    default void endOfStream() {}

    /** The user wants no more: whoever waits here is let go at once. Called from any thread, any time. */
    default void stop() {}

    /** How often a receive thread has had to wait in the source or here so far. */
    default long blockedCount() {
        return 0;
    }

    /** Heaps lost so far in chunks that were dropped because nobody took them in time. */
    default long droppedHeaps() {
        return 0;
    }
}
