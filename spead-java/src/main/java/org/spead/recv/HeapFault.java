package org.spead.recv;

/**
 * Why a packet that decoded well was not taken into a heap. Immutable.
 *
 * <p>Each is counted under {@link #statName()}, once a packet.
 */
public enum HeapFault {
    /** The stream is configured to take sized heaps only. */
    UNSIZED("heap_unsized", "packet without HEAP_LENGTH, which this stream does not allow"),
    /** In-order mode: not the first packet of a heap, and the heap is not under assembly (any more, or yet). */
    NO_FIRST_PACKET("heap_no_first_packet", "packet of a heap whose first packet was lost or whose assembly has ended"),
    /** The heap's length contradicts what the heap's earlier packets said. */
    LENGTH_CHANGED("heap_length_changed", "packet states another HEAP_LENGTH than the heap's earlier ones"),
    /** The heap's length lies below an item address or payload already seen. */
    LENGTH_TOO_SMALL("heap_length_too_small", "packet states a HEAP_LENGTH below an address of the heap"),
    /** The flavour is not that of the heap's first packet. */
    FLAVOUR_CHANGED("heap_flavour_changed", "packet has another flavour than the heap's first one"),
    /** In-order mode: begins before the end of what has arrived; a duplicate, or late. */
    BEHIND("heap_packet_behind", "payload begins before the end of what has arrived: a duplicate, or out of order"),
    /** In-order mode: begins after the end of what has arrived. */
    AHEAD(
            "heap_packet_ahead",
            "payload begins after the end of what has arrived: a packet before it was lost or is late"),
    /** Out-of-order mode: some of the payload has arrived already. */
    OVERLAP("heap_packet_overlap", "payload overlaps what has arrived: a duplicate"),
    /** The heap is, or would become, longer than the stream accepts. */
    TOO_LONG("heap_too_long", "heap is longer than this stream accepts"),
    /** The heap would have more item pointers than the stream accepts. */
    TOO_MANY_ITEMS("heap_too_many_items", "heap has more item pointers than this stream accepts"),
    /** Out-of-order mode: the payload has arrived in more separate pieces than the stream accepts. */
    TOO_FRAGMENTED("heap_too_fragmented", "heap has arrived in more separate pieces than this stream accepts"),
    /** No memory could be had for the payload of the heap. */
    NO_MEMORY("heap_no_memory", "no memory for the heap's payload: the buffer pool is at its bound");

    private static final int COUNT = values().length;

    private final String statName;
    private final String text;

    HeapFault(String statName, String text) {
        this.statName = statName;
        this.text = text;
    }

    /** How many faults there are. */
    static int count() {
        return COUNT;
    }

    /** Position among them all, for arrays of counters. */
    @SuppressWarnings("EnumOrdinal") // Counters live as long as the process: no stored data depends on the order.
    int index() {
        return ordinal();
    }

    /** The name of the counter of this fault. */
    public String statName() {
        return statName;
    }

    /** What happened, as a phrase. */
    public String text() {
        return text;
    }
}
