package org.spead.transport.impair;

import org.spead.transport.TransportContract;
import org.spead.transport.memory.MemoryLink;

/** A sink that impairs nothing is like the one behind it: full when that is full, and exact about what was taken. */
class ImpairedSinkContractTest extends TransportContract {
    @Override
    protected Pair open() {
        MemoryLink link = new MemoryLink("memory", 100);
        return new Pair(
                new ImpairedSink(link.sink(), PacketImpairments.NONE, 1, PacketChoice.ALL, ImpairmentListener.NONE),
                link.source());
    }

    @Override
    protected boolean has(Trait trait) {
        return true;
    }
}
