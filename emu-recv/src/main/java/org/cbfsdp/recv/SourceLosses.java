package org.cbfsdp.recv;

/**
 * What a stream's source passed over, so that it is in no account of packets or heaps. Immutable.
 *
 * @param refusedPackets packets that were empty, or longer than reception.max_packet_size
 * @param strayWords words of eight bytes of a connection in which no packet begins
 * @param cutBytes bytes of a packet amid which a connection ended
 */
record SourceLosses(long refusedPackets, long strayWords, long cutBytes) {
    static final SourceLosses NONE = new SourceLosses(0, 0, 0);

    boolean isAny() {
        return refusedPackets > 0 || strayWords > 0 || cutBytes > 0;
    }
}
