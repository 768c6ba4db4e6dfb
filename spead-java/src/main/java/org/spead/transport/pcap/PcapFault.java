package org.spead.transport.pcap;

/** Why a record of a capture file gave no packet. Each is counted; none ends the reading, but where it says so. */
public enum PcapFault {
    /** ARP, LLC and the like. */
    NOT_IP("no IP packet"),
    /** TCP, ICMP and the like. */
    NOT_UDP("no UDP datagram"),
    /** A piece of a datagram; pieces are not put together. */
    FRAGMENT("an IP fragment"),
    /** The capture kept less of the frame than the datagram needs. */
    TRUNCATED_CAPTURE("captured in part"),
    /** A header that contradicts itself or the frame's length. */
    BAD_HEADER("headers that do not fit the frame"),
    /** A UDP datagram without payload. */
    EMPTY_DATAGRAM("an empty datagram"),
    /** A link layer that is not read here. */
    LINK_TYPE("of a link type that is not supported"),
    /** Sent to a port or address that nobody asked for. */
    FILTERED("for another port or address"),
    /** More bytes than any frame has, and the file has as many; skipped as its length says. */
    OVERSIZE_RECORD("longer than a frame can be"),
    /** A pcapng packet of an interface that no block before it described. */
    UNKNOWN_INTERFACE("of an interface that is not described"),
    /** A record whose length cannot be, also with regard to the file's; what follows cannot be found, the reading ends. */
    BAD_BLOCK("a damaged record, behind which nothing can be found"),
    /** The file ends within a record. */
    TRUNCATED_FILE("cut off by the end of the file");

    private static final int COUNT = values().length;

    private final String text;

    PcapFault(String text) {
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

    /** What such a record is, for a log line. */
    public String text() {
        return text;
    }
}
