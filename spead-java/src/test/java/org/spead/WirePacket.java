package org.spead;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/**
 * Writes SPEAD packets for tests, straight from the protocol's text and with nothing in common with the code under test.
 * Pointers are written bit by bit as big integers; any nonsense can be written too.
 */
public final class WirePacket {
    private final int addressBits;
    private final ByteArrayOutputStream pointers = new ByteArrayOutputStream();
    private int count;
    private byte[] payload = {};

    private WirePacket(int addressBits) {
        this.addressBits = addressBits;
    }

    /** A packet of flavour 64-{@code addressBits} without any item. */
    public static WirePacket empty(int addressBits) {
        return new WirePacket(addressBits);
    }

    /** A packet with the four fields; {@code heapLength} below 0 leaves that field out. */
    public static WirePacket of(int addressBits, long cnt, long heapLength, long offset, byte[] payload) {
        WirePacket packet = new WirePacket(addressBits).immediate(1, cnt);
        if (heapLength >= 0) {
            packet.immediate(2, heapLength);
        }
        return packet.immediate(3, offset).immediate(4, payload.length).payload(payload);
    }

    /** A heap in one packet that only says stop. */
    public static WirePacket stop(int addressBits, long cnt) {
        return of(addressBits, cnt, 1, 0, new byte[1]).immediate(6, 2).addressed(0, 0);
    }

    public WirePacket immediate(long id, long value) {
        return pointer(1, id, value);
    }

    public WirePacket addressed(long id, long address) {
        return pointer(0, id, address);
    }

    public WirePacket payload(byte[] bytes) {
        payload = bytes.clone();
        return this;
    }

    /** The packet with its true header. */
    public byte[] bytes() {
        return bytes(0x53, 4, 8 - addressBits / 8, addressBits / 8, count);
    }

    /** The packet with a header of one's own. */
    public byte[] bytes(int magic, int version, int idBytes, int addressBytes, int itemCount) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(magic);
        out.write(version);
        out.write(idBytes);
        out.write(addressBytes);
        out.write(0);
        out.write(0);
        out.write(itemCount / 256);
        out.write(itemCount % 256);
        out.writeBytes(pointers.toByteArray());
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private WirePacket pointer(int mode, long id, long value) {
        BigInteger bits = BigInteger.valueOf(mode)
                .shiftLeft(63 - addressBits)
                .add(BigInteger.valueOf(id))
                .shiftLeft(addressBits)
                .add(BigInteger.valueOf(value));
        for (int shift = 56; shift >= 0; shift -= 8) {
            pointers.write(bits.shiftRight(shift).intValue() & 0xFF);
        }
        count++;
        return this;
    }
}
