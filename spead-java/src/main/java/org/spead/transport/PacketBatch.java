package org.spead.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packets in one off-heap block: each is a range of the block, its head, and of packets to be sent perhaps a body that lies
 * elsewhere.
 *
 * <p>A source fills a batch, a receiver reads it in place; a packetiser fills one, a sink sends it. Packets may lie
 * back to back (as a segmented datagram does) or in slots of their own. Confined to one thread; reused for ever.
 *
 * <p>A batch that {@linkplain #gathering gathers} refers to bodies and does not copy them: whoever fills it sees to it that they
 * stay as they are until the sink has taken the packet, or the batch is cleared. A sink sends such a batch whether it has asked
 * for one or not. Batches that sources fill have no bodies.
 */
public final class PacketBatch {
    private final ByteBuffer buffer;
    private final int[] offsets;
    private final int[] lengths;
    private final boolean gathering;
    private final ByteBuffer[] heads;
    private final ByteBuffer[] bodies;
    private final int[] bodyOffsets;
    private final int[] bodyLengths;
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
        this(block, maxPackets, false);
    }

    private PacketBatch(ByteBuffer block, int maxPackets, boolean gathering) {
        this.buffer = block.order(ByteOrder.BIG_ENDIAN);
        this.offsets = new int[maxPackets];
        this.lengths = new int[maxPackets];
        this.gathering = gathering;
        this.heads = new ByteBuffer[gathering ? maxPackets : 0];
        this.bodies = new ByteBuffer[gathering ? maxPackets : 0];
        this.bodyOffsets = new int[gathering ? maxPackets : 0];
        this.bodyLengths = new int[gathering ? maxPackets : 0];
    }

    /**
     * Allocates a block for packets whose payload may stay where it lies.
     *
     * @param capacityBytes size of the block
     * @param maxPackets most packets in a batch
     */
    public static PacketBatch gathering(int capacityBytes, int maxPackets) {
        return new PacketBatch(ByteBuffer.allocateDirect(capacityBytes), maxPackets, true);
    }

    /** Whether packets may have bodies. */
    public boolean isGathering() {
        return gathering;
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

    /** Bytes of packet {@code index}, its body included. */
    public int length(int index) {
        return lengths[index];
    }

    /** Bytes of packet {@code index} that lie in the block. */
    public int headLength(int index) {
        return gathering ? lengths[index] - bodyLengths[index] : lengths[index];
    }

    /** Bytes of packet {@code index} that lie elsewhere. */
    public int bodyLength(int index) {
        return gathering ? bodyLengths[index] : 0;
    }

    /** Where they begin in {@link #body(int)}. */
    public int bodyOffset(int index) {
        return bodyOffsets[index];
    }

    /**
     * The rest of a packet that has a body, from position to limit, which are then scratch for whoever holds the batch.
     *
     * @throws IndexOutOfBoundsException when the batch does not gather
     */
    public ByteBuffer body(int index) {
        return bodies[index].limit(bodyOffsets[index] + bodyLengths[index]).position(bodyOffsets[index]);
    }

    /**
     * What of a packet lies in the block, from position to limit of a view that is this packet's alone.
     *
     * @throws IndexOutOfBoundsException when the batch does not gather
     */
    public ByteBuffer head(int index) {
        if (heads[index] == null) {
            heads[index] = buffer.duplicate();
        }
        return heads[index].limit(offsets[index] + headLength(index)).position(offsets[index]);
    }

    /** Copies packet {@code index} to {@code offset} of {@code target}, whose position is not used and not moved. */
    public void copy(int index, ByteBuffer target, int offset) {
        int headLength = headLength(index);
        target.put(offset, buffer, offsets[index], headLength);
        if (headLength < lengths[index]) {
            target.put(offset + headLength, body(index), bodyOffsets[index], bodyLengths[index]);
        }
    }

    /** Copies packet {@code index} to the beginning of {@code target}. */
    public void copy(int index, byte[] target) {
        int headLength = headLength(index);
        buffer.get(offsets[index], target, 0, headLength);
        if (headLength < lengths[index]) {
            body(index).get(bodyOffsets[index], target, headLength, bodyLengths[index]);
        }
    }

    /** A batch of packet {@code index} alone, all of it copied to a block on the Java heap. */
    public PacketBatch copy(int index) {
        PacketBatch copy = new PacketBatch(ByteBuffer.allocate(lengths[index]), 1);
        copy(index, copy.buffer, 0);
        copy.add(0, lengths[index]);
        return copy;
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
        if (gathering) {
            Arrays.fill(bodies, 0, count, null);
        }
        count = 0;
        end = 0;
    }

    /** Whether another packet fits behind the last one of which {@code bytes} are to lie in the block. */
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
        if (gathering) {
            bodyLengths[count] = 0;
        }
        count++;
        end = Math.max(end, offset + length);
    }

    /**
     * Appends the packet whose head was put at {@code offset}, and whose body lies in {@code body}.
     *
     * @param body direct, and this packet's alone as long as the batch holds it: its position and limit become scratch
     * @throws IllegalStateException when the batch does not gather
     */
    public void add(int offset, int headLength, ByteBuffer body, int bodyOffset, int bodyLength) {
        if (!gathering) {
            throw new IllegalStateException("this batch has no room for bodies of packets");
        }
        if (!body.isDirect() || bodyOffset < 0 || bodyLength < 0 || bodyOffset + bodyLength > body.capacity()) {
            throw new IndexOutOfBoundsException("a body of " + bodyLength + " bytes at " + bodyOffset
                    + " is not within direct memory of " + body.capacity() + " bytes");
        }
        int index = count;
        add(offset, headLength);
        lengths[index] = headLength + bodyLength;
        bodies[index] = bodyLength == 0 ? null : body;
        bodyOffsets[index] = bodyOffset;
        bodyLengths[index] = bodyLength;
    }
}
