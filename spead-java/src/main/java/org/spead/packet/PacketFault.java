package org.spead.packet;

/**
 * Why a packet was refused by itself, before any heap was looked at. Immutable.
 *
 * <p>{@link PacketDecoder} returns the negative {@link #code()}; readers count each fault under {@link #statName()}.
 */
public enum PacketFault {
    /** Fewer bytes than a packet header has. */
    TOO_SHORT(-1, "packet_too_short", "shorter than the 8 bytes of a packet header"),
    /** The first byte is not 0x53. */
    BAD_MAGIC(-2, "packet_bad_magic", "does not begin with the SPEAD magic number 0x53"),
    /** Not protocol version 4. */
    BAD_VERSION(-3, "packet_bad_version", "SPEAD version is not 4"),
    /** Not a SPEAD-64 flavour. */
    BAD_WIDTHS(-4, "packet_bad_widths", "item identifier and address widths are zero or do not add up to 8 bytes"),
    /** More item pointers announced than the packet has bytes for. */
    ITEMS_OVERFLOW(-5, "packet_items_overflow", "item pointers run beyond the end of the packet"),
    /** No immediate heap count. */
    NO_HEAP_CNT(-6, "packet_no_heap_cnt", "has no immediate HEAP_CNT"),
    /** No immediate payload offset. */
    NO_PAYLOAD_OFFSET(-7, "packet_no_payload_offset", "has no immediate PAYLOAD_OFFSET"),
    /** No immediate payload length. */
    NO_PAYLOAD_LENGTH(-8, "packet_no_payload_length", "has no immediate PAYLOAD_LENGTH"),
    /** More payload announced than the packet has bytes for. */
    PAYLOAD_OVERFLOWS_PACKET(-9, "packet_payload_overflows_packet", "payload runs beyond the end of the packet"),
    /** The payload does not fit the heap that the packet announces. */
    PAYLOAD_OVERFLOWS_HEAP(-10, "packet_payload_overflows_heap", "payload runs beyond HEAP_LENGTH"),
    /** A datagram longer than the packet in it; found by datagram readers only, never by the decoder. */
    TRAILING_BYTES(-11, "packet_trailing_bytes", "datagram is longer than the packet in it");

    private static final PacketFault[] BY_CODE = new PacketFault[values().length];

    static {
        for (PacketFault fault : values()) {
            BY_CODE[fault.index()] = fault;
        }
    }

    private final int code;
    private final String statName;
    private final String text;

    PacketFault(int code, String statName, String text) {
        this.code = code;
        this.statName = statName;
        this.text = text;
    }

    /** The negative number that stands for this fault where a packet's size is expected. */
    public int code() {
        return code;
    }

    /** Position among the faults, from 0; for arrays of counters. */
    public int index() {
        return -1 - code;
    }

    /** The name of the counter of this fault. */
    public String statName() {
        return statName;
    }

    /** What is wrong with the packet, to follow "the packet". */
    public String text() {
        return text;
    }

    /**
     * The fault that {@code code} stands for.
     *
     * @throws IllegalArgumentException when it stands for none
     */
    public static PacketFault of(int code) {
        int index = -1 - code;
        if (code >= 0 || index >= BY_CODE.length) {
            throw new IllegalArgumentException(code + " is not the code of a packet fault");
        }
        return BY_CODE[index];
    }
}
