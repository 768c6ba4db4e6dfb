package org.spead.send;

/** In which order the packets of a group of heaps leave. */
public enum GroupMode {
    /** One heap after the other, as they stand in the group. */
    SERIAL,
    /** One packet of each heap in turn; a heap that is out of packets is passed over, so the longest ends alone. */
    ROUND_ROBIN
}
