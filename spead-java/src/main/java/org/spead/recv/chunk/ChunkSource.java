package org.spead.recv.chunk;

/**
 * Where a stream has the chunks from that it fills.
 *
 * <p>Called on the receive thread; for a group on that of one member after the other, never on two at once. Meanwhile no
 * packet is received, and no other member can move the window.
 */
public interface ChunkSource {
    /**
     * A chunk to fill, without any heap present. It may wait, as long as {@link #stop()} lets it go.
     *
     * @param chunkId the number it will have
     * @param streamId the stream that is the first to put something into it
     * @return the chunk, now the stream's, or {@code null} when there is none: then the heap is lost and counted, and the
     *     next heap for the same chunk asks again
     */
    Chunk allocate(long chunkId, long streamId);

    /** Takes a chunk back from the last of its holders, without any heap present. Called from any thread. */
    default void takeBack(Chunk chunk) {}

    /** The user wants no more: whoever waits here is let go at once. Called from any thread, any time. */
    default void stop() {}
}
