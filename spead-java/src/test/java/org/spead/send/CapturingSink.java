package org.spead.send;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Keeps what it is sent; takes as many packets at a time as it is told to, and fails when it is told to. */
final class CapturingSink implements PacketSink {
    final List<byte[]> packets = new ArrayList<>();
    int takeAtMost = Integer.MAX_VALUE;
    int failures;
    int calls;
    boolean keep = true;
    boolean gathers;
    private final int batchPackets;

    CapturingSink(int batchPackets) {
        this.batchPackets = batchPackets;
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        int capacityBytes = batchPackets * maxPacketBytes;
        return gathers
                ? PacketBatch.gathering(capacityBytes, batchPackets)
                : new PacketBatch(capacityBytes, batchPackets);
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        calls++;
        if (failures > 0) {
            failures--;
            throw new IOException("failure, " + failures + " to come");
        }
        int count = Math.min(takeAtMost, batch.count() - first);
        for (int i = first; i < first + count && keep; i++) {
            byte[] packet = new byte[batch.length(i)];
            batch.copy(i, packet);
            packets.add(packet);
        }
        return count;
    }

    long bytes() {
        return packets.stream().mapToLong(p -> p.length).sum();
    }

    @Override
    public String describe() {
        return "capture";
    }

    @Override
    public void close() {}
}
