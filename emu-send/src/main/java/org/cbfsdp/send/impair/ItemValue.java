package org.cbfsdp.send.impair;

import java.nio.ByteBuffer;
import org.cbfsdp.icd.IcdItem;
import org.spead.item.ItemPointer;
import org.spead.packet.PacketHeader;

/**
 * Another value in place of an item's, put into the packets of one heap as they pass. Items are little-endian scalars, in their
 * pointers or in the payload, there perhaps across two packets. Confined to one thread.
 */
final class ItemValue {
    private static final int NOWHERE = -1;

    private final IcdItem item;
    private final long value;
    private long address = NOWHERE;

    /** This value in place of the item's. */
    ItemValue(IcdItem item, long value) {
        this.item = item;
        this.value = value;
    }

    /** What a packet's pointer says that an item is; 0 when the value is not in the pointer. */
    static long immediate(PassingHeap heap, ByteBuffer block, IcdItem item) {
        int at = heap.findItem(block, item);
        long pointer = at < 0 ? 0 : block.getLong(at);
        if (!ItemPointer.isImmediate(pointer)) {
            return 0;
        }
        long bytes = ItemPointer.value(pointer, heap.header().heapAddressBits());
        return Long.reverseBytes(bytes) >>> (Long.SIZE - 8 * item.bytes());
    }

    /** Changes what the packet that passes has of the item. */
    void put(PassingHeap heap, ByteBuffer block) {
        PacketHeader header = heap.header();
        if (heap.packet() == 0) {
            place(heap, block, header.heapAddressBits());
        }
        if (address == NOWHERE) {
            return;
        }
        for (int i = 0; i < item.bytes(); i++) {
            long within = address + i - header.payloadOffset();
            if (within >= 0 && within < header.payloadLength()) {
                block.put(header.payloadPosition() + (int) within, (byte) (value >>> (8 * i)));
            }
        }
    }

    private void place(PassingHeap heap, ByteBuffer block, int addressBits) {
        int at = heap.findItem(block, item);
        long pointer = block.getLong(at);
        if (ItemPointer.isImmediate(pointer)) {
            long bytes = Long.reverseBytes(value) >>> (Long.SIZE - 8 * item.bytes());
            block.putLong(at, ItemPointer.immediate(item.id(), bytes, addressBits));
        } else {
            address = ItemPointer.value(pointer, addressBits);
        }
    }
}
