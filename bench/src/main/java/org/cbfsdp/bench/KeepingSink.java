package org.cbfsdp.bench;

import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Takes packets and keeps the latest batch: no medium, so that only what is before it is measured. */
final class KeepingSink implements PacketSink {
    private final int maxPackets;
    private PacketBatch batch;

    KeepingSink(int maxPackets) {
        this.maxPackets = maxPackets;
    }

    /** The packets taken last. */
    PacketBatch kept() {
        return batch;
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        batch = new PacketBatch(maxPackets * maxPacketBytes, maxPackets);
        return batch;
    }

    @Override
    public int send(PacketBatch sent, int first) {
        return sent.count() - first;
    }

    @Override
    public String describe() {
        return "nowhere";
    }

    @Override
    public void close() {}
}
