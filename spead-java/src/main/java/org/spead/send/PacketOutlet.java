package org.spead.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spead.packet.HeapPacketizer;
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
        HeapPacketizer packets = slot.packetizer();
        return batch.hasRoom(packets.nextLength() - (staysInPlace(packets) ? packets.nextPayloadLength() : 0));
    }

    /** Makes the next packet of a heap, which keeps what a packet refers to until that was taken; returns its length in bytes. */
    int add(HeapSlot slot) {
        HeapPacketizer packets = slot.packetizer();
        int index = batch.count();
        int offset = batch.end();
        if (staysInPlace(packets)) {
            ByteBuffer body = slot.heap().view(packets.nextSegment(), index);
            int bodyOffset = packets.nextPosition();
            int bodyLength = packets.nextPayloadLength();
            batch.add(offset, packets.nextHead(batch.buffer(), offset), body, bodyOffset, bodyLength);
        } else {
            batch.add(offset, packets.next(batch.buffer(), offset));
        }
        slots[index] = slot;
        slot.packetMade();
        return batch.length(index);
    }

    private boolean staysInPlace(HeapPacketizer packets) {
        return batch.isGathering() && packets.isNextInPlace();
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
