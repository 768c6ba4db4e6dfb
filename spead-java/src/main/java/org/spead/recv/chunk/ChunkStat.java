package org.spead.recv.chunk;

/**
 * The counters that a chunk stream has beside those of every stream, among its {@link org.spead.recv.StreamStats} under {@link
 * #statName()}. Immutable.
 */
public enum ChunkStat {
    /** Behind the window. */
    TOO_OLD_HEAPS("too_old_heaps", "heaps, or remainders of heaps, whose chunk had left the window"),
    /** Without a place. */
    REJECTED_HEAPS("rejected_heaps", "heaps that the placement gave no place, or one outside of the chunk"),
    /** Without a chunk. */
    NO_CHUNK_HEAPS("no_chunk_heaps", "heaps lost because no chunk was free");

    private final String statName;
    private final String text;

    ChunkStat(String statName, String text) {
        this.statName = statName;
        this.text = text;
    }

    /** Position among them all, for arrays of counters. */
    @SuppressWarnings("EnumOrdinal") // Counters live as long as the process: no stored data depends on the order.
    int index() {
        return ordinal();
    }

    /** The counter's name. */
    public String statName() {
        return statName;
    }

    /** What is counted. */
    public String text() {
        return text;
    }
}
