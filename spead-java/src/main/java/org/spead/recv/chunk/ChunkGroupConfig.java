package org.spead.recv.chunk;

/**
 * How a group shares its chunks. Immutable.
 *
 * @param maxChunks chunks that are filled at a time, all members together; at least as many as any member's own window
 * @param evictionMode what happens to members that lag behind
 * @param deliverEmptyChunks whether chunks that no heap came for are delivered too, rather than left out
 */
public record ChunkGroupConfig(int maxChunks, EvictionMode evictionMode, boolean deliverEmptyChunks) {
    public ChunkGroupConfig {
        ChunkConfig.checkMaxChunks(maxChunks);
    }

    /** Two chunks, {@link EvictionMode#LOSSY}, empty chunks left out. */
    public static ChunkGroupConfig defaults() {
        return new ChunkGroupConfig(ChunkConfig.DEFAULT_MAX_CHUNKS, EvictionMode.LOSSY, false);
    }
}
