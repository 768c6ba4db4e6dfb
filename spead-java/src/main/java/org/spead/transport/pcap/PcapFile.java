package org.spead.transport.pcap;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.spead.transport.PacketBatch;

/**
 * A capture file being written: classic pcap with nanoseconds, little-endian, one link type. Any number of sinks put
 * packets into it, in the order in which they are sent to. Confined to one thread.
 *
 * <p>Packets are gathered and written by the mebibyte; {@link #flush()} and {@link #close()} write what has been
 * gathered. A file that could not be written stays as it is up to there, and takes no more.
 */
public final class PcapFile implements AutoCloseable {
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int GATHERED_BYTES = 1 << 20;
    private static final int SOURCE_PORT = 50_000;
    private static final int SNAP_LENGTH = 262_144;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final FileChannel channel;
    private final PcapLink link;
    private final String name;
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(GATHERED_BYTES);
    private final ByteBuffer littleEndian = gathered.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    private int end;
    private IOException failure;

    /**
     * Creates the file, or empties the one that is there.
     *
     * @throws IOException when that cannot be done
     */
    public PcapFile(Path file, PcapLink link) throws IOException {
        try {
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("cannot write capture file " + file + ": " + e, e);
        }
        this.link = link;
        this.name = file.toString();
        littleEndian.putInt(0, PcapRecords.NANOSECONDS);
        littleEndian.putShort(4, (short) 2).putShort(6, (short) 4);
        littleEndian.putLong(8, 0).putInt(16, SNAP_LENGTH).putInt(20, link.number());
        end = FILE_HEADER_BYTES;
    }

    /**
     * A sink whose packets go into this file as UDP datagrams.
     *
     * @param source address and port that they seem to come from
     * @param destination address, of the same family, and port that they seem to go to
     * @param epochNanosClock asked once a packet: nanoseconds since 1970
     */
    public PcapSink sink(InetSocketAddress source, InetSocketAddress destination, LongSupplier epochNanosClock) {
        return new PcapSink(this, false, new DatagramHeader(link, source, destination), destination, epochNanosClock);
    }

    /**
     * The same to a host given by name or literal, from the loopback address of its family.
     *
     * @throws UnknownHostException when the name does not resolve
     */
    @SuppressWarnings("AddressSelection") // Nothing is connected to: any address of the host will do.
    public PcapSink sink(String host, int port, LongSupplier epochNanosClock) throws UnknownHostException {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("there is no host called " + host);
            named.initCause(e);
            throw named;
        }
        byte[] loopback = address instanceof Inet6Address
                ? new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}
                : new byte[] {127, 0, 0, 1};
        return sink(
                new InetSocketAddress(InetAddress.getByAddress(loopback), SOURCE_PORT),
                new InetSocketAddress(address, port),
                epochNanosClock);
    }

    /** Writes what has been gathered. */
    public void flush() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            gathered.limit(end).position(0);
            while (gathered.hasRemaining()) {
                channel.write(gathered);
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            gathered.clear();
            end = 0;
        }
    }

    /** Adds packet {@code index} of the batch; when that fails, nothing of it. */
    void append(DatagramHeader header, PacketBatch batch, int index, long epochNanos) throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        int payloadBytes = batch.length(index);
        int frameBytes = header.bytes() + payloadBytes;
        if (payloadBytes > header.maxPayloadBytes()) {
            throw new IOException("a packet of " + payloadBytes + " bytes is longer than the "
                    + header.maxPayloadBytes() + " of a UDP datagram");
        }
        if (end + RECORD_BYTES + frameBytes > gathered.capacity()) {
            flush();
        }
        littleEndian.putInt(end, (int) Math.floorDiv(epochNanos, NANOS_PER_SECOND));
        littleEndian.putInt(end + 4, (int) Math.floorMod(epochNanos, NANOS_PER_SECOND));
        littleEndian.putInt(end + 8, frameBytes).putInt(end + 12, frameBytes);
        int frame = end + RECORD_BYTES;
        batch.copy(index, gathered, frame + header.bytes());
        header.put(gathered, frame, payloadBytes);
        end = frame + frameBytes;
    }

    String name() {
        return name;
    }

    /** Writes what has been gathered and closes the file. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            if (failure == null) {
                flush();
            }
        } finally {
            channel.close();
        }
    }
}
