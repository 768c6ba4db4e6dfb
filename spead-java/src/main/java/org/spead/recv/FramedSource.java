package org.spead.recv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.spead.packet.PacketFramer;
import org.spead.transport.ByteSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Packets found in a source of bytes, such as a TCP connection, so that a {@link ReceiveStream} takes them as it takes
 * datagrams.
 *
 * <p>Bytes are read straight into the batch and packets lie in it as they came; only what follows the last whole packet
 * is copied, to go before the next bytes. What cannot be a packet is passed over and counted, see {@link PacketFramer}. Ends
 * with the source of bytes; the beginning of a packet that never came whole is dropped and counted then. Owns that source.
 * Confined to one thread, but for the counters, which a {@link ReceiveStream} shows among its {@link StreamStats}.
 */
public final class FramedSource implements PacketSource {
    /** Longest packet unless configured. */
    public static final int DEFAULT_MAX_PACKET_BYTES = 65_536;

    /** A header is waited for if it is no longer than this many of the longest packets. */
    private static final int BUFFER_PACKETS = 64;

    /** 65535 item pointers and what is before them. */
    private static final int LONGEST_HEADER_BYTES = 8 + 8 * 65_535;

    /** Read at once: many packets, but no more than a processor's cache holds. */
    private static final int READ_BYTES = 1 << 18;

    private static final int BATCH_PACKETS = 4096;

    private final ByteSource bytes;
    private final int bufferBytes;
    private final PacketFramer framer;
    private final ByteBuffer rest;
    private final AtomicLong badHeaders = new AtomicLong();
    private final AtomicLong skippedBytes = new AtomicLong();
    private final AtomicLong oversizePackets = new AtomicLong();
    private final AtomicLong truncatedPackets = new AtomicLong();
    private boolean restHasPackets;
    private boolean ended;

    /**
     * Takes a source of bytes over.
     *
     * @param maxPacketBytes longest packet accepted, 16 to 65536
     */
    public FramedSource(ByteSource bytes, int maxPacketBytes) {
        if (maxPacketBytes < 16 || maxPacketBytes > DEFAULT_MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    "maxPacketBytes must be from 16 to " + DEFAULT_MAX_PACKET_BYTES + ", not " + maxPacketBytes);
        }
        this.bytes = bytes;
        this.bufferBytes = Math.min(BUFFER_PACKETS * maxPacketBytes, LONGEST_HEADER_BYTES);
        this.framer = new PacketFramer(maxPacketBytes, bufferBytes);
        this.rest = ByteBuffer.allocateDirect(bufferBytes + READ_BYTES);
        rest.limit(0);
    }

    @Override
    public PacketBatch newBatch() {
        return new PacketBatch(bufferBytes + READ_BYTES, BATCH_PACKETS);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch is smaller than {@link #newBatch()} makes it
     */
    @Override
    public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
        if (batch.capacityBytes() < rest.capacity()) {
            throw new IllegalArgumentException("a batch of " + batch.capacityBytes() + " bytes is too small for "
                    + describe() + ", which needs " + rest.capacity());
        }
        long deadlineNanos = timeoutNanos > 0 ? System.nanoTime() + timeoutNanos : 0;
        long leftNanos = timeoutNanos;
        boolean more = true;
        while (more) {
            more = fill(batch, leftNanos) && batch.count() == 0 && timeoutNanos > 0;
            if (more) {
                leftNanos = deadlineNanos - System.nanoTime();
                more = leftNanos > 0;
            }
        }
        return batch.count() == 0 && ended ? END : batch.count();
    }

    /** Fills the batch from what is left over and from one read; says whether the source may have more. */
    private boolean fill(PacketBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        ByteBuffer block = batch.buffer().clear();
        try {
            block.put(rest);
            if (!restHasPackets) {
                block.limit(block.position() + READ_BYTES);
                ended = bytes.read(block, timeoutNanos) == ByteSource.END;
            }
            findPackets(batch, block.position());
        } finally {
            block.clear();
        }
        return !ended;
    }

    private void findPackets(PacketBatch batch, int end) {
        ByteBuffer block = batch.buffer().clear();
        int from = 0;
        restHasPackets = true;
        while (restHasPackets && batch.count() < batch.maxPackets()) {
            restHasPackets = framer.next(block, from, end);
            from = framer.position();
            if (restHasPackets) {
                batch.add(framer.packetOffset(), framer.packetLength());
            }
        }
        rest.clear().put(0, block, from, end - from).limit(end - from);
        badHeaders.setOpaque(framer.badHeaders());
        skippedBytes.setOpaque(framer.skippedBytes());
        oversizePackets.setOpaque(framer.oversizePackets());
        truncatedPackets.setOpaque(ended && !restHasPackets && end > from ? 1 : 0);
    }

    @Override
    public long refusedPackets() {
        return oversizePackets();
    }

    /** Words of eight bytes passed over because no packet begins there. Any thread. */
    public long badHeaders() {
        return badHeaders.get();
    }

    /** Bytes passed over, for whatever reason. Any thread. */
    @Override
    public long skippedBytes() {
        return skippedBytes.get();
    }

    /** Packets longer than allowed, which were passed over. Any thread. */
    public long oversizePackets() {
        return oversizePackets.get();
    }

    /** 1 when the bytes ended amid a packet. Any thread. */
    @Override
    public long truncatedPackets() {
        return truncatedPackets.get();
    }

    @Override
    public String describe() {
        return bytes.describe();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
