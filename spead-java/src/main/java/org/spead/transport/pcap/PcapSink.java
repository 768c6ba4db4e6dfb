package org.spead.transport.pcap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Writes packets into a capture file, each as a UDP datagram over IPv4 or IPv6 with correct checksums.
 *
 * <p>Never full. Packets are gathered, so an error of the disk may show with a later packet or on closing. Confined to
 * one thread, which it shares with all sinks of the file.
 */
public final class PcapSink implements PacketSink {
    private static final int BATCH_PACKETS = 64;

    private final PcapFile file;
    private final boolean ownsFile;
    private final DatagramHeader header;
    private final LongSupplier epochNanosClock;
    private final String description;
    private IOException pendingFailure;
    private boolean closed;

    PcapSink(
            PcapFile file,
            boolean ownsFile,
            DatagramHeader header,
            InetSocketAddress destination,
            LongSupplier epochNanosClock) {
        this.file = file;
        this.ownsFile = ownsFile;
        this.header = header;
        this.epochNanosClock = epochNanosClock;
        this.description = "capture " + file.name() + " to "
                + destination.getAddress().getHostAddress() + ":" + destination.getPort();
    }

    /**
     * Creates a file with this as its only sink, which closes it; see {@link PcapFile#sink}.
     *
     * @throws IOException when the file cannot be created
     */
    public static PcapSink create(
            Path path,
            PcapLink link,
            InetSocketAddress source,
            InetSocketAddress destination,
            LongSupplier epochNanosClock)
            throws IOException {
        DatagramHeader header = new DatagramHeader(link, source, destination);
        return new PcapSink(new PcapFile(path, link), true, header, destination, epochNanosClock);
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        return new PacketBatch(Math.multiplyExact(BATCH_PACKETS, maxPacketBytes), BATCH_PACKETS);
    }

    /** Takes all packets, empty ones too, or as many as there are before one that cannot be written. */
    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (pendingFailure != null) {
            IOException failure = pendingFailure;
            pendingFailure = null;
            throw failure;
        }
        int next = first;
        try {
            for (; next < batch.count(); next++) {
                file.append(header, batch, next, epochNanosClock.getAsLong());
            }
        } catch (IOException e) {
            if (next == first) {
                throw e;
            }
            pendingFailure = e;
        }
        return next - first;
    }

    @Override
    public String describe() {
        return description;
    }

    /** Closes the file if this sink has created it. Idempotent. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (ownsFile) {
            file.close();
        }
    }
}
