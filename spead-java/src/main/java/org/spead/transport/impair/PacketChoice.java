package org.spead.transport.impair;

import org.spead.transport.PacketBatch;

/** Which packets may be impaired. Called on the sink's thread, once a packet, in order. */
@FunctionalInterface
public interface PacketChoice {
    /** Any packet. */
    PacketChoice ALL = (batch, index) -> true;

    /** Whether packet {@code index} of the batch may be impaired. */
    boolean mayImpair(PacketBatch batch, int index);

    /** Of a packet that may not: whether it may go before those that are held back; else they go first. */
    default boolean mayOvertake(PacketBatch batch, int index) {
        return false;
    }
}
