package org.spead.transport.impair;

/** What can be done to a packet. */
public enum PacketImpairment {
    /** It is not sent. */
    DROP,
    /** It is sent twice, one right after the other. */
    DUPLICATE,
    /** It is sent after some of the packets that follow it. */
    REORDER,
    /** It is sent with one of its bits the other way round. */
    CORRUPT
}
