package org.spead.recv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
 * with the source of bytes, unless that ends, or is lost, before the first packet and can {@linkplain ByteSource#awaitAnother()
 * wait for another} peer: a port scan is not the sender. The beginning of a packet that never came whole is dropped and counted at
 * the end. Owns that source. Confined to one thread, but for the counters, which a {@link ReceiveStream} shows among its
 * {@link StreamStats}.
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

    /** How long a peer may be connected and send no packet before that is said; a sender may have much to lay out first. */
    private static final int SILENT_SECONDS = 30;

    private static final long SILENT_NANOS = SILENT_SECONDS * 1_000_000_000L;

    private final ByteSource bytes;
    private final int bufferBytes;
    private final int maxPacketBytes;
    private final Consumer<String> onStray;
    private final LongSupplier nanoClock;
    private final ByteBuffer rest;
    private final AtomicLong badHeaders = new AtomicLong();
    private final AtomicLong skippedBytes = new AtomicLong();
    private final AtomicLong oversizePackets = new AtomicLong();
    private final AtomicLong truncatedPackets = new AtomicLong();
    private PacketFramer framer;
    private long strayBadHeaders;
    private long strayBytes;
    private boolean anyPacket;
    private boolean peerSeen;
    private boolean silenceTold;
    private long peerSeenNanos;
    private boolean restHasPackets;
    private int longestPacket;
    private boolean ended;

    /**
     * Takes a source of bytes over.
     *
     * @param maxPacketBytes longest packet accepted, 16 to 65536
     */
    public FramedSource(ByteSource bytes, int maxPacketBytes) {
        this(bytes, maxPacketBytes, sentence -> {});
    }

    /**
     * Takes a source of bytes over.
     *
     * @param maxPacketBytes longest packet accepted, 16 to 65536
     * @param onStray told a sentence, on the receiving thread, for each peer that is connected for 30 s without sending a packet, and
     *     for each that was let go because it sent none
     */
    public FramedSource(ByteSource bytes, int maxPacketBytes, Consumer<String> onStray) {
        this(bytes, maxPacketBytes, onStray, System::nanoTime);
    }

    /** For tests, which have a clock of their own. */
    FramedSource(ByteSource bytes, int maxPacketBytes, Consumer<String> onStray, LongSupplier nanoClock) {
        if (maxPacketBytes < 16 || maxPacketBytes > DEFAULT_MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    "maxPacketBytes must be from 16 to " + DEFAULT_MAX_PACKET_BYTES + ", not " + maxPacketBytes);
        }
        this.bytes = bytes;
        this.maxPacketBytes = maxPacketBytes;
        this.onStray = onStray;
        this.nanoClock = nanoClock;
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
        if (!anyPacket && !silenceTold) {
            watchForSilence();
        }
        return batch.count() == 0 && ended ? END : batch.count();
    }

    /** A peer that sends nothing keeps the sender out for as long as it stays, and may stay for ever. */
    private void watchForSilence() {
        Optional<String> peer = bytes.peer();
        if (peer.isEmpty()) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (!peerSeen) {
            peerSeen = true;
            peerSeenNanos = now;
        } else if (now - peerSeenNanos >= SILENT_NANOS) {
            silenceTold = true;
            onStray.accept(describe() + ": the connection from " + peer.get() + " has sent no whole packet in "
                    + SILENT_SECONDS + " s; waiting for one, or for its end, before which nobody else can connect");
        }
    }

    /** Fills the batch from what is left over and from one read; says whether the source may have more. */
    private boolean fill(PacketBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        ByteBuffer block = batch.buffer().clear();
        try {
            block.put(rest);
            if (!restHasPackets) {
                block.limit(block.position() + readBytes(block.position()));
                ended = isEnded(block, timeoutNanos);
            }
            findPackets(batch, block.position());
        } finally {
            block.clear();
        }
        return !ended;
    }

    /**
     * How much is read behind what is left over: up to the end of a packet when all are as long as the longest before, which most
     * packets of a heap are, so that the beginning of the next need not be copied.
     */
    private int readBytes(int leftOver) {
        return longestPacket == 0 ? READ_BYTES : (leftOver + READ_BYTES) / longestPacket * longestPacket - leftOver;
    }

    /** Reads on; whether that was the end. A connection that is reset before its first packet has ended too. */
    private boolean isEnded(ByteBuffer block, long timeoutNanos) throws IOException {
        IOException lost = null;
        try {
            if (bytes.read(block, timeoutNanos) != ByteSource.END) {
                return false;
            }
        } catch (IOException e) {
            lost = e;
        }
        Optional<String> stray = anyPacket || framer.oversizePackets() > 0 ? Optional.empty() : bytes.awaitAnother();
        if (stray.isPresent()) {
            dismiss(stray.get(), block.position());
            block.position(0);
        } else if (lost != null) {
            throw lost;
        }
        return stray.isEmpty();
    }

    /** Counts what a peer sent that was no packet, {@code left} bytes of which nothing is known yet, and begins anew. */
    private void dismiss(String peer, int left) {
        long before = strayBytes;
        strayBytes += framer.skippedBytes() + left;
        strayBadHeaders += framer.badHeaders();
        framer = new PacketFramer(maxPacketBytes, bufferBytes);
        peerSeen = false;
        silenceTold = false;
        onStray.accept(describe() + ": the connection from " + peer + " ended after " + (strayBytes - before)
                + " bytes, before any packet; waiting for another");
    }

    private void findPackets(PacketBatch batch, int end) {
        ByteBuffer block = batch.buffer().clear();
        int from = 0;
        int longest = 0;
        restHasPackets = true;
        while (restHasPackets && batch.count() < batch.maxPackets()) {
            restHasPackets = framer.next(block, from, end);
            from = framer.position();
            if (restHasPackets) {
                anyPacket = true;
                batch.add(framer.packetOffset(), framer.packetLength());
                longest = Math.max(longest, framer.packetLength());
            }
        }
        longestPacket = longest > 0 ? longest : longestPacket;
        rest.clear().put(0, block, from, end - from).limit(end - from);
        badHeaders.setOpaque(strayBadHeaders + framer.badHeaders());
        skippedBytes.setOpaque(strayBytes + framer.skippedBytes());
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
