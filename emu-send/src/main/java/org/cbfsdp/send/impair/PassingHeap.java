package org.cbfsdp.send.impair;

import java.nio.ByteBuffer;
import org.cbfsdp.icd.IcdItem;
import org.spead.item.ItemPointer;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketHeader;
import org.spead.transport.PacketBatch;

/**
 * The heap whose packets pass by, one heap after the other as a {@code SendStream} sends them. All items of a data heap must be
 * named in its first packet. Confined to one thread; makes no garbage.
 */
final class PassingHeap {
    private static final long NONE = -1;
    private static final int PREFIX_BYTES = PacketDecoder.HEADER_BYTES + 4 * Long.BYTES;

    private final PacketHeader header = new PacketHeader();
    private final int fullPayloadBytes;
    private long heapCnt = NONE;
    private long dump = NONE;
    private boolean isData;
    private int packet;
    private int packets;

    /** Starts before the first heap of packets of that size. */
    PassingHeap(int maxPacketBytes) {
        this.fullPayloadBytes = fullPayloadBytes(maxPacketBytes);
    }

    /** Payload of a packet that names no items. */
    static int fullPayloadBytes(int maxPacketBytes) {
        return (maxPacketBytes & -8) - PREFIX_BYTES;
    }

    /** Whether a packet begins a data heap. */
    boolean isFirstOfData(PacketBatch batch, int index) {
        decode(batch, index);
        return header.payloadOffset() == 0 && findItem(batch.buffer(), IcdItem.TIMESTAMP_COUNT) >= 0;
    }

    /** A packet passes. */
    void take(PacketBatch batch, int index) {
        decode(batch, index);
        if (header.payloadOffset() > 0) {
            packet++;
            return;
        }
        heapCnt = header.heapCnt();
        isData = findItem(batch.buffer(), IcdItem.TIMESTAMP_COUNT) >= 0;
        dump += isData ? 1 : 0;
        packet = 0;
        long left = header.heapLength() - header.payloadLength();
        packets = Math.toIntExact(1 + (left + fullPayloadBytes - 1) / fullPayloadBytes);
    }

    /** The packet that passes. */
    PacketHeader header() {
        return header;
    }

    /** Heap count of the heap that passes. */
    long heapCnt() {
        return heapCnt;
    }

    /** Whether it is a data heap. */
    boolean isData() {
        return isData;
    }

    /** Place of the last data heap among those of the stream, from 0: the dump that it is of. */
    long dump() {
        return dump;
    }

    /** Which of the heap's packets passes, from 0. */
    int packet() {
        return packet;
    }

    /** How many packets the heap has. */
    int packets() {
        return packets;
    }

    boolean isLastPacket() {
        return header.payloadOffset() + header.payloadLength() == header.heapLength();
    }

    /** Where in the block the pointer of an item is that the packet names; negative when it does not. */
    int findItem(ByteBuffer block, IcdItem item) {
        for (int i = header.firstItem(); i < header.pointerCount(); i++) {
            if (ItemPointer.id(header.pointer(block, i), header.heapAddressBits()) == item.id()) {
                return header.payloadPosition() - Long.BYTES * (header.pointerCount() - i);
            }
        }
        return -1;
    }

    private void decode(PacketBatch batch, int index) {
        int size = PacketDecoder.decode(batch.buffer(), batch.offset(index), batch.length(index), header);
        if (size < 0) {
            throw new IllegalStateException("the sender made a packet that is none: fault " + size);
        }
    }
}
