package org.spead.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.spead.item.Flavour;
import org.spead.item.ItemId;

/**
 * Finds packets in a stream of bytes that has no bounds between them (SPEAD over TCP), in pieces of any size.
 *
 * <p>A packet's size is that of its header and item pointers, and its PAYLOAD_LENGTH. Bytes that cannot begin a packet are
 * passed over eight at a time, so that the stream is found again at the next packet that begins a multiple of eight bytes
 * later. A packet longer than allowed is passed over whole. A header that announces more item pointers than the user's buffer
 * could ever hold costs all bytes that have been shown.
 *
 * <p>The user shows bytes in a block, from the first one that has not been consumed on; nothing is copied or allocated.
 * Whatever the bytes are, nothing is thrown, every call consumes bytes, finds a packet or asks for more, and the work is
 * proportional to the bytes. Confined to one thread.
 */
public final class PacketFramer {
    private static final int STEP_BYTES = 8;

    private final int maxPacketBytes;
    private final int bufferBytes;

    /** By address width in bytes: no pointer of that width before this position of the stream says PAYLOAD_LENGTH. */
    private final long[] searchedTo = new long[Flavour.ITEM_POINTER_BITS / 8];

    private long consumedBytes;
    private long bytesToSkip;
    private int knownSize;
    private int packetOffset;
    private int packetLength;
    private int position;

    private long badHeaders;
    private long skippedBytes;
    private long oversizePackets;

    /**
     * A framer at the beginning of a stream.
     *
     * @param maxPacketBytes longest packet that is let through
     * @param bufferBytes most unconsumed bytes that the user can keep, at least {@code maxPacketBytes}
     */
    public PacketFramer(int maxPacketBytes, int bufferBytes) {
        if (maxPacketBytes < 2 * STEP_BYTES || bufferBytes < maxPacketBytes) {
            throw new IllegalArgumentException("packets of up to " + maxPacketBytes
                    + " bytes cannot be found in a buffer of " + bufferBytes + " bytes");
        }
        this.maxPacketBytes = maxPacketBytes;
        this.bufferBytes = bufferBytes;
    }

    /**
     * Looks for the next packet.
     *
     * @param block big-endian; its position is neither used nor moved
     * @param from where the first byte lies that has not been consumed
     * @param to one past the last byte there is
     * @return whether a whole packet was found; otherwise all was consumed that can be without further bytes
     */
    public boolean next(ByteBuffer block, int from, int to) {
        position = from;
        boolean found = false;
        boolean more = true;
        while (more && !found) {
            more = skip(to) && to - position >= STEP_BYTES && step(block, to);
            found = more && packetLength > 0;
        }
        return found;
    }

    /** Where in the block the packet that was found begins. */
    public int packetOffset() {
        return packetOffset;
    }

    /** Bytes of the packet that was found. */
    public int packetLength() {
        return packetLength;
    }

    /** Where in the block the first byte lies that has not been consumed. */
    public int position() {
        return position;
    }

    /** Words of eight bytes passed over because no packet begins there, and headers too long for the buffer. */
    public long badHeaders() {
        return badHeaders;
    }

    /** Bytes passed over, for whatever reason. */
    public long skippedBytes() {
        return skippedBytes;
    }

    /** Packets passed over because they are longer than allowed. */
    public long oversizePackets() {
        return oversizePackets;
    }

    /** Passes over what is left to be; false when that is all there is. */
    private boolean skip(int to) {
        int skipped = (int) Math.min(bytesToSkip, to - position);
        bytesToSkip -= skipped;
        skippedBytes += skipped;
        consume(skipped);
        return bytesToSkip == 0;
    }

    private void consume(int bytes) {
        position += bytes;
        consumedBytes += bytes;
    }

    /** Takes a packet, passes over bytes, or returns false when more bytes are needed. */
    private boolean step(ByteBuffer block, int to) {
        packetLength = 0;
        if (knownSize == 0) {
            long header = block.getLong(position);
            if (PacketDecoder.checkFlavour(header) < 0) {
                passOver();
                return true;
            }
            int prefixBytes = PacketDecoder.HEADER_BYTES + Long.BYTES * (int) (header & 0xFFFF);
            if (prefixBytes > bufferBytes) {
                badHeaders++;
                lose(to - position);
                return true;
            }
            if (to - position < prefixBytes) {
                return false;
            }
            long payloadBytes = payloadLength(block, (int) (header >>> 32 & 0xFF), prefixBytes);
            if (payloadBytes < 0) {
                passOver();
                return true;
            }
            if (prefixBytes + payloadBytes > maxPacketBytes) {
                oversizePackets++;
                lose(prefixBytes + payloadBytes);
                return true;
            }
            knownSize = prefixBytes + (int) payloadBytes;
        }
        return take(to);
    }

    private boolean take(int to) {
        if (to - position < knownSize) {
            return false;
        }
        packetOffset = position;
        packetLength = knownSize;
        knownSize = 0;
        consume(packetLength);
        forgetSearches();
        return true;
    }

    private void passOver() {
        badHeaders++;
        bytesToSkip = STEP_BYTES;
    }

    private void lose(long bytes) {
        bytesToSkip = bytes;
        forgetSearches();
    }

    /** The pointers lie differently from here on. */
    private void forgetSearches() {
        Arrays.fill(searchedTo, 0);
    }

    /**
     * The value of the last immediate PAYLOAD_LENGTH among the pointers, or -1. What was searched in vain for the header
     * eight bytes before is not searched again: a hostile stream could make that a search of half a megabyte for each word.
     */
    private long payloadLength(ByteBuffer block, int addressBytes, int prefixBytes) {
        int addressBits = 8 * addressBytes;
        long wanted = 1L << (63 - addressBits) | ItemId.PAYLOAD_LENGTH;
        int first = PacketDecoder.HEADER_BYTES;
        int searched = (int) Math.max(0, Math.min(prefixBytes, searchedTo[addressBytes] - consumedBytes));
        for (int at = prefixBytes - Long.BYTES; at >= Math.max(first, searched); at -= Long.BYTES) {
            long pointer = block.getLong(position + at);
            if (pointer >>> addressBits == wanted) {
                return pointer & ((1L << addressBits) - 1);
            }
        }
        searchedTo[addressBytes] = Math.max(searchedTo[addressBytes], consumedBytes + prefixBytes);
        return -1;
    }
}
