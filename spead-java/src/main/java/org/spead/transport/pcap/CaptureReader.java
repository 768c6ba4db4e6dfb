package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.spead.transport.PacketBatch;
import org.spead.transport.pcap.CaptureRecords.Step;

/**
 * The UDP datagrams of a capture file of either format, one after the other. Confined to the reading thread, but for the
 * counters.
 */
final class CaptureReader implements AutoCloseable {
    private static final int GZIP = 0x1f8b;

    /** Where packets begin in a batch, in multiples of this. */
    private static final int ALIGNMENT = 8;

    private final ReadableByteChannel channel;
    private final CaptureWindow window;
    private final CaptureRecords records;
    private final PcapCounters counters = new PcapCounters();
    private final CapturedFrame frame = new CapturedFrame();
    private final DatagramFinder finder = new DatagramFinder();
    private boolean ended;

    /**
     * Reads the beginning of a file.
     *
     * @param name for the exception
     * @param block memory for the window
     * @throws IOException when it is no capture file, which the message says by name
     */
    CaptureReader(ReadableByteChannel channel, String name, ByteBuffer block) throws IOException {
        this.channel = channel;
        this.window = new CaptureWindow(channel, block);
        this.records = open(name);
    }

    /** Opens a file; one that is no capture is closed again. */
    static CaptureReader open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, no capture file");
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no capture file " + file, e);
        }
        try {
            return new CaptureReader(channel, file.toString(), ByteBuffer.allocateDirect(CaptureWindow.CAPACITY_BYTES));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private CaptureRecords open(String name) throws IOException {
        if (!window.has(4)) {
            throw new IOException(name + (window.available() == 0 ? " is empty" : " is too short")
                    + "; a pcap or pcapng capture file is wanted");
        }
        int magic = window.block().getInt(window.start());
        if (PcapRecords.isMagic(magic) || PcapRecords.isMagic(Integer.reverseBytes(magic))) {
            if (!window.has(PcapRecords.HEADER_BYTES)) {
                throw new IOException(name + " ends within the header of its capture");
            }
            return new PcapRecords(window, counters);
        }
        if (magic == PcapngRecords.SECTION_HEADER) {
            if (!window.has(PcapngRecords.SECTION_PREFIX_BYTES)) {
                throw new IOException(name + " ends within the header of its capture");
            }
            if (PcapngRecords.isSection(window)) {
                return new PcapngRecords(window, counters);
            }
        }
        if (magic >>> 16 == GZIP) {
            throw new IOException(name + " is compressed; unpack it with gunzip");
        }
        throw new IOException(name + " is neither a pcap nor a pcapng capture file");
    }

    /** Goes on by one record. The end stays the end. */
    Step advance() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        Step step = ended ? Step.END : records.next(frame);
        if (step == Step.FOUND) {
            PcapFault fault = finder.find(window.block(), frame);
            if (fault != null) {
                counters.count(fault);
                return Step.NOTHING;
            }
        }
        ended = step == Step.END;
        return step;
    }

    /** The datagram that was found. */
    DatagramFinder datagram() {
        return finder;
    }

    /** Copies the datagram that was found behind the packets of the batch, if there is room, and counts it. */
    boolean moveTo(PacketBatch batch) {
        int length = finder.payloadBytes();
        int offset = (batch.end() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (!batch.hasRoom(offset - batch.end() + length)) {
            if (batch.count() > 0) {
                return false;
            }
            // No batch of this size will ever take it.
            counters.count(PcapFault.OVERSIZE_RECORD);
            return true;
        }
        batch.buffer().put(offset, window.block(), finder.payloadOffset(), length);
        batch.add(offset, length);
        counters.packet();
        return true;
    }

    /** When the last frame was captured, in nanoseconds since 1970; 0 when its record does not say. */
    long timestampNanos() {
        return frame.timestampNanos;
    }

    PcapCounters counters() {
        return counters;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
