package org.spead.item;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes the SPEAD-64-48 packets of descriptor items by hand, sound and unsound ones. */
final class DescriptorPacket {
    private final ByteArrayOutputStream pointers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private int count;

    /** Adds a pointer with an immediate value. */
    DescriptorPacket immediate(int id, long value) {
        return pointer(0x8000000000000000L | (long) id << 48 | value);
    }

    /** Adds a pointer to an address. */
    DescriptorPacket addressed(int id, long address) {
        return pointer((long) id << 48 | address);
    }

    /** Adds a pointer to the end of the payload so far, and bytes there. */
    DescriptorPacket item(int id, byte... bytes) {
        addressed(id, payload.size());
        payload.writeBytes(bytes);
        return this;
    }

    /** Adds payload only. */
    DescriptorPacket bytes(byte... bytes) {
        payload.writeBytes(bytes);
        return this;
    }

    private DescriptorPacket pointer(long bits) {
        pointers.writeBytes(ByteBuffer.allocate(8).putLong(bits).array());
        count++;
        return this;
    }

    /** The packet as a whole heap. */
    byte[] toBytes() {
        return toBytes(1, payload.size(), 0);
    }

    /** The packet as a part of a heap. */
    byte[] toBytes(long cnt, long heapLength, long offset) {
        DescriptorPacket first = new DescriptorPacket()
                .immediate(1, cnt)
                .immediate(2, heapLength)
                .immediate(3, offset)
                .immediate(4, payload.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int all = count + 4;
        out.writeBytes(new byte[] {0x53, 4, 2, 6, 0, 0, (byte) (all >> 8), (byte) all});
        out.writeBytes(first.pointers.toByteArray());
        out.writeBytes(pointers.toByteArray());
        out.writeBytes(payload.toByteArray());
        return out.toByteArray();
    }

    /** One format field of a descriptor. */
    static byte[] format(char code, int bits) {
        return new byte[] {(byte) code, (byte) (bits >> 8), (byte) bits};
    }
}
