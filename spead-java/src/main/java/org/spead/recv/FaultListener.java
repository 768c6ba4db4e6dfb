package org.spead.recv;

import org.spead.packet.PacketFault;

/**
 * Is told about refused packets and lost sources, for a log. Called on the receive thread, at most once a second for each
 * kind of fault (and once more at the end of the stream for what came since).
 */
public interface FaultListener {
    /** Hears nothing. */
    FaultListener NONE = new FaultListener() {};

    /**
     * Packets were refused by themselves.
     *
     * @param total packets refused for this reason since the stream began
     * @param source where the last of them came from
     */
    default void packetFault(PacketFault fault, long total, String source) {}

    /**
     * Packets were refused by heap assembly.
     *
     * @param total packets refused for this reason since the stream began
     * @param source where the last of them came from
     */
    default void heapFault(HeapFault fault, long total, String source) {}

    /** A source failed, which ended the stream. */
    default void sourceLost(String source, Exception cause) {}
}
