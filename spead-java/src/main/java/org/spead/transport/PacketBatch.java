package org.spead.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets in one off-heap block: each is a range of the block.
 *
 * <p>A source fills a batch, a receiver reads it in place; a packetiser fills one, a sink sends it. Packets may lie
 * back to back (as a segmented datagram does) or in slots of their own. Confined to one thread; reused for ever.
 */
public final class PacketBatch {
    private final ByteBuffer buffer;
    private final int[] offsets;
    private final int[] lengths;
    private int count;
    private int end;

    /**
     * Allocates the block.
     *
     * @param capacityBytes size of the block
     * @param maxPackets most packets in a batch
     */
    public PacketBatch(int capacityBytes, int maxPackets) {
        this(ByteBuffer.allocateDirect(capacityBytes), maxPackets);
    }

    /** A batch of packets that lie in a block of somebody else's, which gets big-endian order. */
    public PacketBatch(ByteBuffer block, int maxPackets) {
        this.buffer = block.order(ByteOrder.BIG_ENDIAN);
        this.offsets = new int[maxPackets];
        this.lengths = new int[maxPackets];
    }

    /** The whole block, big-endian; its position and limit are scratch for whoever holds the batch. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Size of the block in bytes. */
    public int capacityBytes() {
        return buffer.capacity();
    }

    /** Most packets this batch can hold. */
    public int maxPackets() {
        return offsets.length;
    }

    /** Packets held. */
    public int count() {
        return count;
    }

    /** Where packet {@code index} begins in the block. */
    public int offset(int index) {
        return offsets[index];
    }

    /** Bytes of packet {@code index}. */
    public int length(int index) {
        return lengths[index];
    }

    /** One past the last byte used. */
    public int end() {
        return end;
    }

    /** Bytes of all packets together. */
    public long totalBytes() {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
        }
        return total;
    }

    /** Forgets all packets. */
    public void clear() {
        count = 0;
        end = 0;
    }

    /** Whether another packet of {@code bytes} fits behind the last one. */
    public boolean hasRoom(int bytes) {
        return count < offsets.length && end + bytes <= buffer.capacity();
    }

    /** Appends the packet whose bytes were put at {@code offset}. */
    public void add(int offset, int length) {
        if (offset < 0 || length < 0 || offset + length > buffer.capacity()) {
            throw new IndexOutOfBoundsException("packet of " + length + " bytes at " + offset
                    + " is outside the block of " + buffer.capacity() + " bytes");
        }
        offsets[count] = offset;
        lengths[count] = length;
        count++;
        end = Math.max(end, offset + length);
    }
}
