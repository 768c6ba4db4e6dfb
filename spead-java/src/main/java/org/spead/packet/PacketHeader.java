package org.spead.packet;

import java.nio.ByteBuffer;
import org.spead.item.ItemPointer;

/**
 * What the decoder found in a packet: a flyweight that is filled again and again. Confined to one thread.
 *
 * <p>Positions are absolute in the block that was decoded. The contents mean something only after
 * {@link PacketDecoder#decode} has returned a size.
 */
public final class PacketHeader {
    /** {@link #heapLength()} of a packet that does not state one. */
    public static final long UNKNOWN_LENGTH = -1;

    int heapAddressBits;
    int pointerCount;
    int pointersPosition;
    int firstItem;
    long heapCnt;
    long heapLength;
    long payloadOffset;
    int payloadLength;

    /** Width of addresses and immediate values in bits, 8 to 56; says the flavour. */
    public int heapAddressBits() {
        return heapAddressBits;
    }

    /** Item pointers in the packet, with those of the packet's own fields. */
    public int pointerCount() {
        return pointerCount;
    }

    /** Index of the first pointer that is not an immediate field of the packet itself; the count when there is none. */
    public int firstItem() {
        return firstItem;
    }

    /** Item pointer {@code index} as it is on the wire, to be read with {@link ItemPointer}. */
    public long pointer(ByteBuffer block, int index) {
        return block.getLong(pointersPosition + Long.BYTES * index);
    }

    /** The heap that the packet belongs to, unsigned of the address width. */
    public long heapCnt() {
        return heapCnt;
    }

    /** Bytes of heap payload, or {@link #UNKNOWN_LENGTH}. */
    public long heapLength() {
        return heapLength;
    }

    /** Where the payload goes in the heap, in bytes. */
    public long payloadOffset() {
        return payloadOffset;
    }

    /** Bytes of payload in this packet. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Where the payload lies in the block. */
    public int payloadPosition() {
        return pointersPosition + Long.BYTES * pointerCount;
    }
}
