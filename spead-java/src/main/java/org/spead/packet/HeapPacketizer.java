package org.spead.packet;

import java.nio.ByteBuffer;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.item.ItemPointer;

/**
 * Divides heaps into packets, one after another, and makes no garbage doing so. Confined to one thread.
 *
 * <p>Each packet is the header, then heap count, heap length, payload offset and payload length as immediates, then item
 * pointers, then payload. All pointers go out in the first packets, each once, as many as leave room for 8 bytes of
 * payload; payload takes what is left. Every packet has payload: the decoders in use take one without for an error or a
 * whole heap. A heap whose payload is too short for that is padded with zero bytes behind a null pointer. Room for that
 * pointer is reckoned with even when it is not sent, so that the number of packets does not depend on it; this is what
 * the widespread senders do, and the bytes are the same.
 *
 * <p>With repeated pointers, every packet has all of them, so that a receiver can use any packet by itself.
 */
public final class HeapPacketizer {
    /** The smallest packet: the prefix, one item pointer, 8 bytes of payload. */
    public static final int MIN_PACKET_BYTES = 56;

    /** The largest packet: more item pointers than this has room for cannot be counted in 16 bits. */
    public static final int MAX_PACKET_BYTES = 1 << 19;

    /** Header and the four immediates of every packet. */
    public static final int PREFIX_BYTES = 40;

    private static final int POINTER_BYTES = 8;

    private final int maxPacketBytes;
    private final int maxPointers;

    private boolean repeatPointers;
    private int heapAddressBits;
    private long headerWord;
    private long heapCnt;
    private long[] pointers;
    private int pointerCount;
    private boolean padded;
    private ByteBuffer[] segments;
    private int segmentCount;
    private long dataBytes;
    private long heapBytes;

    private int nextPointer;
    private long nextByte;
    private int segment;
    private int segmentOffset;

    /**
     * Prepares for packets of at most {@code maxPacketBytes}, rounded down to a multiple of 8.
     *
     * @throws IllegalArgumentException when that is less than {@link #MIN_PACKET_BYTES} or more than
     *     {@link #MAX_PACKET_BYTES}
     */
    public HeapPacketizer(int maxPacketBytes) {
        if (maxPacketBytes < MIN_PACKET_BYTES || maxPacketBytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException("packets must have " + MIN_PACKET_BYTES + " to " + MAX_PACKET_BYTES
                    + " bytes, not " + maxPacketBytes);
        }
        this.maxPacketBytes = maxPacketBytes & -8;
        this.maxPointers = (this.maxPacketBytes - PREFIX_BYTES - 8) / POINTER_BYTES;
    }

    /** Largest packet that will be made, a multiple of 8. */
    public int maxPacketBytes() {
        return maxPacketBytes;
    }

    /**
     * Whether a heap can be divided: its length with padding must fit the flavour, and its pointers one packet when they
     * are repeated.
     */
    public boolean accepts(Flavour flavour, int pointerCount, long dataBytes, boolean repeatPointers) {
        return Math.max(dataBytes, leastBytes(pointerCount)) <= flavour.maxAddress()
                && (!repeatPointers || pointerCount < maxPointers);
    }

    /** Payload that gives each packet which is full of pointers 8 bytes, and the one after these a byte. */
    private long leastBytes(int pointerCount) {
        return 8L * (pointerCount / maxPointers) + 1;
    }

    /**
     * Begins a heap. The arrays and buffers are read until its last packet is made; positions and limits of the buffers
     * are neither used again nor changed.
     *
     * @param heapCnt identity of the heap, within the flavour's address range
     * @param pointers 64-bit item pointers, of which the first {@code pointerCount} count
     * @param segments the payload, back to back, each from position to limit, of which the first {@code segmentCount} count
     * @param repeatPointers whether every packet has all item pointers
     * @throws IllegalArgumentException when {@link #accepts} says no
     */
    public void begin(
            Flavour flavour,
            long heapCnt,
            long[] pointers,
            int pointerCount,
            ByteBuffer[] segments,
            int segmentCount,
            boolean repeatPointers) {
        this.repeatPointers = repeatPointers;
        heapAddressBits = flavour.heapAddressBits();
        headerWord = (long) Flavour.MAGIC << 56
                | (long) Flavour.VERSION << 48
                | (long) flavour.itemIdBytes() << 40
                | (long) flavour.heapAddressBytes() << 32;
        this.heapCnt = heapCnt;
        this.pointers = pointers;
        this.segments = segments;
        this.segmentCount = segmentCount;
        dataBytes = 0;
        for (int i = 0; i < segmentCount; i++) {
            dataBytes += segments[i].remaining();
        }
        if (!accepts(flavour, pointerCount, dataBytes, repeatPointers)) {
            throw new IllegalArgumentException("a heap of " + pointerCount + " item pointers and " + dataBytes
                    + " bytes does not fit " + flavour + " in packets of " + maxPacketBytes + " bytes");
        }
        long leastBytes = leastBytes(pointerCount);
        padded = dataBytes < leastBytes;
        this.pointerCount = padded ? pointerCount + 1 : pointerCount;
        heapBytes = padded ? leastBytes : dataBytes;
        nextPointer = 0;
        nextByte = 0;
        segment = 0;
        segmentOffset = 0;
    }

    /** Whether the heap has another packet. */
    public boolean hasNext() {
        return nextByte < heapBytes;
    }

    /** Size of the next packet in bytes; 0 when there is none. */
    public int nextLength() {
        if (!hasNext()) {
            return 0;
        }
        int prefix = PREFIX_BYTES + nextPointers() * POINTER_BYTES;
        return prefix + (int) Math.min(maxPacketBytes - prefix, heapBytes - nextByte);
    }

    /**
     * Writes the next packet.
     *
     * @param block a big-endian buffer; its position and limit are not used
     * @param offset where the packet begins; {@link #nextLength()} bytes from there must be within the block
     * @return bytes written
     */
    public int next(ByteBuffer block, int offset) {
        int payload = nextPayloadLength();
        int head = putHead(block, offset, payload);
        copyPayload(block, offset + head, payload);
        return head + payload;
    }

    /** Bytes of payload in the next packet; 0 when there is none. */
    public int nextPayloadLength() {
        return hasNext() ? nextLength() - PREFIX_BYTES - nextPointers() * POINTER_BYTES : 0;
    }

    /** Whether the payload of the next packet lies in one piece of direct memory, and so can be sent from there. */
    public boolean isNextInPlace() {
        return hasNext()
                && segment < segmentCount
                && segments[segment].isDirect()
                && segments[segment].remaining() - segmentOffset >= nextPayloadLength();
    }

    /** Which of the segments that payload lies in; only when it {@linkplain #isNextInPlace() does}. */
    public int nextSegment() {
        return segment;
    }

    /** Where it begins in the buffer of that segment. */
    public int nextPosition() {
        return segments[segment].position() + segmentOffset;
    }

    /**
     * Writes the next packet but for its payload, which {@linkplain #isNextInPlace() is in place}.
     *
     * @param block as for {@link #next}
     * @return bytes written: {@link #nextLength()} without {@link #nextPayloadLength()}
     */
    public int nextHead(ByteBuffer block, int offset) {
        int payload = nextPayloadLength();
        int head = putHead(block, offset, payload);
        pass(payload);
        return head;
    }

    private int putHead(ByteBuffer block, int offset, int payload) {
        if (payload == 0) {
            throw new IllegalStateException("the heap has no more packets");
        }
        int items = nextPointers();
        block.putLong(offset, headerWord | (items + 4));
        block.putLong(offset + 8, ItemPointer.immediate(ItemId.HEAP_CNT, heapCnt, heapAddressBits));
        block.putLong(offset + 16, ItemPointer.immediate(ItemId.HEAP_LENGTH, heapBytes, heapAddressBits));
        block.putLong(offset + 24, ItemPointer.immediate(ItemId.PAYLOAD_OFFSET, nextByte, heapAddressBits));
        block.putLong(offset + 32, ItemPointer.immediate(ItemId.PAYLOAD_LENGTH, payload, heapAddressBits));
        int at = offset + PREFIX_BYTES;
        int first = repeatPointers ? 0 : nextPointer;
        for (int i = first; i < first + items; i++) {
            block.putLong(at, pointer(i));
            at += POINTER_BYTES;
        }
        nextPointer += repeatPointers ? 0 : items;
        nextByte += payload;
        return at - offset;
    }

    private int nextPointers() {
        return repeatPointers ? pointerCount : Math.min(maxPointers, pointerCount - nextPointer);
    }

    private long pointer(int index) {
        boolean isPadding = padded && index == pointerCount - 1;
        return isPadding ? ItemPointer.addressed(ItemId.NULL, dataBytes, heapAddressBits) : pointers[index];
    }

    private void copyPayload(ByteBuffer block, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0 && segment < segmentCount) {
            ByteBuffer source = segments[segment];
            int part = Math.min(left, source.remaining() - segmentOffset);
            block.put(at, source, source.position() + segmentOffset, part);
            at += part;
            left -= part;
            pass(part);
        }
        for (; left > 0; left--) {
            block.put(at++, (byte) 0);
        }
    }

    /** Goes on behind bytes of the segment at hand. */
    private void pass(int bytes) {
        segmentOffset += bytes;
        if (segmentOffset == segments[segment].remaining()) {
            segment++;
            segmentOffset = 0;
        }
    }
}
