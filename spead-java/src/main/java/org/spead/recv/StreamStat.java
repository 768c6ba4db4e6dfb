package org.spead.recv;

/** The counters of a receive stream, beside one for each packet and heap fault. The first nine have spead2's meaning. */
public enum StreamStat {
    /** Delivered heaps. */
    HEAPS("heaps", "heaps delivered, complete or not; without the heap that stopped the stream"),
    /** Evictions. */
    INCOMPLETE_HEAPS_EVICTED("incomplete_heaps_evicted", "heaps given up because newer ones took their slot"),
    /** Flushes. */
    INCOMPLETE_HEAPS_FLUSHED("incomplete_heaps_flushed", "heaps given up because the stream ended"),
    /** Well-formed packets. */
    PACKETS("packets", "packets that decoded, also those that heap assembly then refused"),
    /** Batches. */
    BATCHES("batches", "batches of packets received"),
    /** Largest batch. */
    MAX_BATCH("max_batch", "most packets in a batch (a maximum, not a sum)"),
    /** Heaps in a packet. */
    SINGLE_PACKET_HEAPS("single_packet_heaps", "packets that were a whole heap"),
    /** Search effort. */
    SEARCH_DIST("search_dist", "steps of all searches for the heap of a packet"),
    /** Waits. */
    WORKER_BLOCKED("worker_blocked", "times the receive thread waited because the heap ring was full"),
    /** Volume. */
    BYTES("bytes", "bytes of the packets counted in packets, headers included"),
    /** Memory shortage. */
    HEAPS_NO_MEMORY("heaps_no_memory", "heaps lost because the buffer pool was at its bound"),
    /** Slow consumer. */
    RING_DROPPED_HEAPS("ring_dropped_heaps", "heaps that a full ring dropped by its policy"),
    /** Refused by a source. */
    SOURCE_REFUSED_PACKETS("source_refused_packets", "packets that a source left out, such as empty or oversized ones"),
    /** Empty. */
    SOURCE_EMPTY_PACKETS("source_empty_packets", "of the packets that a source left out, those of no bytes"),
    /** Not found among packets. */
    SOURCE_SKIPPED_BYTES(
            "source_skipped_bytes", "bytes of a connection passed over because no accepted packet has them"),
    /** Cut off. */
    SOURCE_TRUNCATED_PACKETS(
            "source_truncated_packets", "packets of which a connection gave only the beginning, then ended"),
    /** Dropped before the source. */
    SOURCE_KERNEL_DROPS(
            "source_kernel_drops",
            "times the system dropped a packet, or a run of packets that came as one, because the buffer was full");

    private static final int COUNT = values().length;

    private final String statName;
    private final String text;

    StreamStat(String statName, String text) {
        this.statName = statName;
        this.text = text;
    }

    static int count() {
        return COUNT;
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
