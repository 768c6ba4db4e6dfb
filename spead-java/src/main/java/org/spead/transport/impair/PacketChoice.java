package org.spead.transport.impair;

import org.spead.transport.PacketBatch;

/** Which packets may be impaired. Called on the sink's thread, once a packet, in order. */
@FunctionalInterface
public interface PacketChoice {
    /** Any packet. */
    PacketChoice ALL = (batch, index) -> true;

    /** Whether packet {@code index} of the batch may be impaired; one that may not is not overtaken either. */
    boolean mayImpair(PacketBatch batch, int index);
}
