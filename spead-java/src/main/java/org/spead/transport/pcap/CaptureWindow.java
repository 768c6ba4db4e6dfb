package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * The part of a file that is being looked at: read on as needed, never back. Bounds the memory whatever the file claims.
 * Confined to the reading thread.
 */
final class CaptureWindow {
    /** Four of the longest frames that capture programs keep. */
    static final int CAPACITY_BYTES = 1 << 20;

    private final ReadableByteChannel channel;
    private final ByteBuffer inFileOrder;
    private final ByteBuffer inNetworkOrder;
    private int start;
    private int end;
    private long readBytes;
    private boolean atEnd;

    /** Reads the channel from where it is, into {@code block}, whose contents do not matter. */
    CaptureWindow(ReadableByteChannel channel, ByteBuffer block) {
        this.channel = channel;
        this.inFileOrder = block.duplicate().clear();
        this.inNetworkOrder = block.duplicate().clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** The order in which the file's own numbers are read from now on. */
    void order(ByteOrder order) {
        inFileOrder.order(order);
    }

    /** The window's bytes for frames: big-endian, absolute access only. */
    ByteBuffer block() {
        return inNetworkOrder;
    }

    int capacity() {
        return inFileOrder.capacity();
    }

    /** Where in {@link #block()} the byte lies that comes next. */
    int start() {
        return start;
    }

    /** Bytes that are there already. */
    int available() {
        return end - start;
    }

    /** Where in the file the byte lies that comes next. */
    long filePosition() {
        return readBytes - available();
    }

    /** Number of 16 bits, {@code offset} bytes on; must be there. */
    int unsignedShort(int offset) {
        return inFileOrder.getShort(start + offset) & 0xffff;
    }

    /** Number of 32 bits. */
    long unsignedInt(int offset) {
        return inFileOrder.getInt(start + offset) & 0xffff_ffffL;
    }

    /** Number of 64 bits, whose sign is the caller's matter. */
    long bits64(int offset) {
        return inFileOrder.getLong(start + offset);
    }

    int unsignedByte(int offset) {
        return inFileOrder.get(start + offset) & 0xff;
    }

    /** Whether {@code bytes}, at most the capacity, are there, if need be after reading on. Moves what is there. */
    boolean has(int bytes) throws IOException {
        while (end - start < bytes && !atEnd) {
            if (start + bytes > capacity()) {
                inFileOrder.limit(end).position(start);
                inFileOrder.compact();
                end -= start;
                start = 0;
            }
            inFileOrder.limit(capacity()).position(end);
            int read = channel.read(inFileOrder);
            atEnd = read < 0;
            end += Math.max(0, read);
            readBytes += Math.max(0, read);
            inFileOrder.clear();
        }
        return end - start >= bytes;
    }

    /** Goes on by {@code bytes} that are there. */
    void advance(int bytes) {
        start += bytes;
    }

    /** Goes on by any number of bytes, and says whether the file has as many. */
    boolean skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0 && has(1)) {
            int step = (int) Math.min(left, end - start);
            start += step;
            left -= step;
        }
        return left == 0;
    }

    /** Goes past a record that is longer than a frame can be; one that is longer than the file too is damage. */
    CaptureRecords.Step skipRecord(long bytes, PcapCounters counters) throws IOException {
        long position = filePosition();
        if (skip(bytes)) {
            counters.count(PcapFault.OVERSIZE_RECORD);
            return CaptureRecords.Step.NOTHING;
        }
        counters.damaged(position);
        return CaptureRecords.Step.END;
    }
}
