package org.spead.transport.impair;

import org.spead.transport.PacketBatch;

/** Told of everything that is done to packets. Called on the sink's thread, right after {@link PacketChoice#mayImpair}. */
@FunctionalInterface
public interface ImpairmentListener {
    /** Told nothing. */
    ImpairmentListener NONE = (what, batch, index, bit) -> {};

    /** Of a packet of which no bit is changed. */
    int NO_BIT = -1;

    /**
     * Something is about to be done to a packet.
     *
     * @param batch has the packet as it should be
     * @param index of the packet in the batch
     * @param bit which bit of the packet is changed, counted from the highest of its first byte, or {@link #NO_BIT}
     */
    void impaired(PacketImpairment what, PacketBatch batch, int index, int bit);

    /**
     * A packet is about to be held back, right after {@link #impaired} was told so.
     *
     * @return run if it is given up in the end, by whoever gives it up
     */
    default Runnable ifNeverSent(PacketBatch batch, int index) {
        return () -> {};
    }
}
