package org.spead.send;

import java.io.IOException;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** One substream: its sink, and the packets that are on their way there. The sending thread's. */
final class PacketOutlet {
    private final PacketSink sink;
    private final PacketBatch batch;
    private final HeapSlot[] slots;
    private int next;

    PacketOutlet(PacketSink sink, int maxPacketBytes) {
        this.sink = sink;
        batch = sink.newBatch(maxPacketBytes);
        if (batch.capacityBytes() < maxPacketBytes || batch.maxPackets() == 0) {
            throw new IllegalArgumentException(sink.describe() + " cannot send packets of " + maxPacketBytes
                    + " bytes, only of " + batch.capacityBytes());
        }
        slots = new HeapSlot[batch.maxPackets()];
    }

    /** Whether no packet waits for the sink. */
    boolean isEmpty() {
        return next == batch.count();
    }

    /** Whether the next packet of a heap fits the batch. */
    boolean hasRoomFor(HeapSlot slot) {
        return batch.hasRoom(slot.packetizer().nextLength());
    }

    /** Makes the next packet of a heap; returns its length in bytes. */
    int add(HeapSlot slot) {
        int index = batch.count();
        int offset = batch.end();
        int length = slot.packetizer().next(batch.buffer(), offset);
        batch.add(offset, length);
        slots[index] = slot;
        slot.packetMade();
        return length;
    }

    /** Offers what waits to the sink once; returns the bytes that no longer wait, taken or refused. */
    int flush(SendStats stats) {
        int bytes = 0;
        try {
            int taken = sink.send(batch, next);
            for (int end = next + taken; next < end; next++) {
                int length = batch.length(next);
                bytes += length;
                stats.packet(length);
                slots[next].packetSent(length);
            }
        } catch (IOException e) {
            bytes += batch.length(next);
            stats.error();
            slots[next].packetFailed(e);
            next++;
        }
        if (isEmpty()) {
            clear();
        }
        return bytes;
    }

    /** Forgets what waits. */
    void clear() {
        batch.clear();
        next = 0;
    }
}
