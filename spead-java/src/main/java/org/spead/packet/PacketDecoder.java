package org.spead.packet;

import java.nio.ByteBuffer;
import org.spead.item.Flavour;
import org.spead.item.ItemId;

/**
 * Reads the header and the packet-level items of one packet (SPEAD protocol, section 3). Stateless; makes no garbage.
 *
 * <p>Whatever the bytes are, nothing is thrown and nothing outside the packet is read. Sums cannot overflow: a value has
 * at most 56 bits, and lengths are compared as {@code long} before they become {@code int}.
 */
public final class PacketDecoder {
    /** Bytes before the item pointers. */
    public static final int HEADER_BYTES = 8;

    private static final int MISSING = -1;

    private PacketDecoder() {}

    /**
     * Decodes the packet that begins at {@code offset}.
     *
     * <p>A packet-level item counts only as an immediate, wherever among the pointers it stands; of several the last one
     * holds. Reserved header bytes are not looked at.
     *
     * @param block big-endian, with a limit of at least {@code offset + length}; its position is neither used nor moved
     * @param length bytes that may be read; the packet may be shorter
     * @param out filled when a size is returned, else undefined
     * @return the packet's size in bytes, at most {@code length}, or the {@linkplain PacketFault#code() code} of a fault
     */
    public static int decode(ByteBuffer block, int offset, int length, PacketHeader out) {
        if (length < HEADER_BYTES) {
            return PacketFault.TOO_SHORT.code();
        }
        long header = block.getLong(offset);
        int fault = checkFlavour(header);
        if (fault < 0) {
            return fault;
        }
        int pointerCount = (int) (header & 0xFFFF);
        int prefixBytes = HEADER_BYTES + Long.BYTES * pointerCount;
        if (prefixBytes > length) {
            return PacketFault.ITEMS_OVERFLOW.code();
        }
        out.heapAddressBits = 8 * (int) (header >>> 32 & 0xFF);
        out.pointerCount = pointerCount;
        out.pointersPosition = offset + HEADER_BYTES;
        return readFields(block, length - prefixBytes, prefixBytes, out);
    }

    static int checkFlavour(long header) {
        if (header >>> 56 != Flavour.MAGIC) {
            return PacketFault.BAD_MAGIC.code();
        }
        if ((header >>> 48 & 0xFF) != Flavour.VERSION) {
            return PacketFault.BAD_VERSION.code();
        }
        int idBytes = (int) (header >>> 40 & 0xFF);
        int addressBytes = (int) (header >>> 32 & 0xFF);
        if (idBytes == 0 || addressBytes == 0 || idBytes + addressBytes != Flavour.ITEM_POINTER_BITS / 8) {
            return PacketFault.BAD_WIDTHS.code();
        }
        return 0;
    }

    private static int readFields(ByteBuffer block, int roomBytes, int prefixBytes, PacketHeader out) {
        int addressBits = out.heapAddressBits;
        long valueMask = (1L << addressBits) - 1;
        int pointerCount = out.pointerCount;
        int firstItem = pointerCount;
        long heapCnt = MISSING;
        long heapLength = PacketHeader.UNKNOWN_LENGTH;
        long payloadOffset = MISSING;
        long payloadLength = MISSING;
        for (int i = 0; i < pointerCount; i++) {
            long pointer = out.pointer(block, i);
            // With the mode bit kept, an addressed pointer matches no field, nor does an identifier of 55 bits.
            long modeAndId = pointer >>> addressBits;
            long field = modeAndId - (1L << (63 - addressBits));
            if (field == ItemId.HEAP_CNT) {
                heapCnt = pointer & valueMask;
            } else if (field == ItemId.HEAP_LENGTH) {
                heapLength = pointer & valueMask;
            } else if (field == ItemId.PAYLOAD_OFFSET) {
                payloadOffset = pointer & valueMask;
            } else if (field == ItemId.PAYLOAD_LENGTH) {
                payloadLength = pointer & valueMask;
            } else if (firstItem == pointerCount) {
                firstItem = i;
            }
        }
        int fault = checkFields(heapCnt, heapLength, payloadOffset, payloadLength, roomBytes);
        if (fault < 0) {
            return fault;
        }
        out.firstItem = firstItem;
        out.heapCnt = heapCnt;
        out.heapLength = heapLength;
        out.payloadOffset = payloadOffset;
        out.payloadLength = (int) payloadLength;
        return prefixBytes + (int) payloadLength;
    }

    private static int checkFields(
            long heapCnt, long heapLength, long payloadOffset, long payloadLength, int roomBytes) {
        if (heapCnt == MISSING) {
            return PacketFault.NO_HEAP_CNT.code();
        }
        if (payloadOffset == MISSING) {
            return PacketFault.NO_PAYLOAD_OFFSET.code();
        }
        if (payloadLength == MISSING) {
            return PacketFault.NO_PAYLOAD_LENGTH.code();
        }
        if (payloadLength > roomBytes) {
            return PacketFault.PAYLOAD_OVERFLOWS_PACKET.code();
        }
        if (heapLength >= 0 && payloadOffset + payloadLength > heapLength) {
            return PacketFault.PAYLOAD_OVERFLOWS_HEAP.code();
        }
        return 0;
    }
}
