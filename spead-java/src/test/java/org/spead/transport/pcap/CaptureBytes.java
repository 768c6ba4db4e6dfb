package org.spead.transport.pcap;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes capture files for tests, octet by octet from the formats' texts. Any nonsense can be written too. */
public final class CaptureBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean littleEndian;

    private CaptureBytes(boolean littleEndian) {
        this.littleEndian = littleEndian;
    }

    /** A classic capture with its header. */
    public static CaptureBytes pcap(boolean littleEndian, boolean nanoseconds, int linkType) {
        CaptureBytes file = new CaptureBytes(littleEndian);
        file.number(nanoseconds ? 0xa1b23c4dL : 0xa1b2c3d4L, 4).number(2, 2).number(4, 2);
        return file.number(0, 8).number(65_535, 4).number(linkType, 4);
    }

    /** A pcapng file of nothing yet. */
    public static CaptureBytes pcapng() {
        return new CaptureBytes(false);
    }

    /** A record that holds the whole frame. */
    public CaptureBytes record(byte[] frame) {
        return record(7, 8, frame, frame.length);
    }

    CaptureBytes record(long seconds, long fraction, byte[] captured, long originalLength) {
        number(seconds, 4).number(fraction, 4).number(captured.length, 4).number(originalLength, 4);
        return raw(captured);
    }

    /** Begins a section; what follows is in its byte order. */
    public CaptureBytes section(boolean isLittleEndian) {
        littleEndian = isLittleEndian;
        return block(
                0x0a0d0d0aL,
                body().number(0x1a2b3c4dL, 4).number(1, 2).number(0, 2).number(-1, 8));
    }

    /** Describes the next interface; options as they are, each padded by the caller. */
    public CaptureBytes describe(int linkType, long snapLength, byte... options) {
        return block(
                1, body().number(linkType, 2).number(0, 2).number(snapLength, 4).raw(options));
    }

    /** An option of an interface description: if_tsresol. */
    static byte[] resolution(boolean littleEndian, int value) {
        return new CaptureBytes(littleEndian)
                .number(9, 2)
                .number(1, 2)
                .number(value, 1)
                .number(0, 3)
                .number(0, 4)
                .bytes();
    }

    /** An enhanced packet block of a whole frame. */
    public CaptureBytes enhanced(int interfaceIndex, long ticks, byte[] frame) {
        return enhanced(interfaceIndex, ticks, frame, frame.length, frame.length);
    }

    CaptureBytes enhanced(int interfaceIndex, long ticks, byte[] captured, long capturedLength, long originalLength) {
        CaptureBytes body =
                body().number(interfaceIndex, 4).number(ticks >>> 32, 4).number(ticks, 4);
        return block(6, body.number(capturedLength, 4).number(originalLength, 4).raw(captured));
    }

    CaptureBytes simple(byte[] captured, long originalLength) {
        return block(3, body().number(originalLength, 4).raw(captured));
    }

    CaptureBytes block(long type, CaptureBytes body) {
        byte[] content = body.bytes();
        int padded = (content.length + 3) / 4 * 4;
        number(type, 4).number(12 + padded, 4).raw(Arrays.copyOf(content, padded));
        return number(12 + padded, 4);
    }

    CaptureBytes body() {
        return new CaptureBytes(littleEndian);
    }

    CaptureBytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    CaptureBytes number(long value, int size) {
        for (int i = 0; i < size; i++) {
            int shift = 8 * (littleEndian ? i : size - 1 - i);
            out.write((int) (shift < 64 ? value >> shift : 0) & 0xff);
        }
        return this;
    }

    /** The file so far. */
    public byte[] bytes() {
        return out.toByteArray();
    }
}
