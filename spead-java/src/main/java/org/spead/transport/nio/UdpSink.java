package org.spead.transport.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/**
 * Sends packets as UDP datagrams to one destination, each with a system call of its own.
 *
 * <p>Nobody listening is no failure: the report of it, which comes with a later send, is counted and that packet sent again.
 * Confined to one thread, but for {@link #unreachableCount()}.
 */
public final class UdpSink implements PacketSink {
    /** See {@link UdpSourceOptions#MAX_DATAGRAM_BYTES}. */
    public static final int MAX_PACKET_BYTES = UdpSourceOptions.MAX_DATAGRAM_BYTES;

    private final DatagramChannel channel;
    private final UdpSinkOptions options;
    private final String description;
    private final AtomicLong unreachableCount = new AtomicLong();
    private final ByteBuffer[] pieces = new ByteBuffer[2];
    private IOException pendingFailure;

    /**
     * Opens a socket and connects it.
     *
     * @param host name or literal of the destination, IPv4 or IPv6, unicast or multicast
     * @throws java.net.UnknownHostException when the name does not resolve
     */
    public UdpSink(String host, int port, UdpSinkOptions options) throws IOException {
        this.options = options;
        this.description = "udp to " + NetworkAddress.text(host, port);
        InetSocketAddress destination = NetworkAddress.resolve("UDP", host, port);
        this.channel = UdpAddress.open(destination);
        try {
            configure(destination);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void configure(InetSocketAddress destination) throws IOException {
        channel.configureBlocking(false);
        if (options.sendBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        if (destination.getAddress().isMulticastAddress()) {
            channel.connect(multicast(destination));
            return;
        }
        if (!options.interfaceName().isEmpty()) {
            channel.bind(new InetSocketAddress(
                    NetworkAddress.sourceAddress(options.interfaceName(), destination.getAddress()), 0));
        }
        channel.connect(destination);
    }

    /** Sets what concerns multicast only; returns the group as it is to be connected to. */
    private InetSocketAddress multicast(InetSocketAddress group) throws IOException {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, options.timeToLive());
        // So that receivers on this machine hear it, too.
        channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
        if (options.interfaceName().isEmpty()) {
            return group;
        }
        NetworkInterface link = NetworkAddress.networkInterface(options.interfaceName());
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
        return NetworkAddress.scoped(group, link);
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        return new PacketBatch(Math.multiplyExact(options.batchPackets(), maxPacketBytes), options.batchPackets());
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        if (pendingFailure != null) {
            IOException failure = pendingFailure;
            pendingFailure = null;
            throw failure;
        }
        int next = first;
        try {
            while (next < batch.count() && sendOne(batch, next)) {
                next++;
            }
        } catch (IOException e) {
            if (next == first) {
                throw e;
            }
            pendingFailure = e;
        } finally {
            batch.buffer().clear();
        }
        return next - first;
    }

    private boolean sendOne(PacketBatch batch, int index) throws IOException {
        try {
            return write(batch, index);
        } catch (PortUnreachableException e) {
            unreachableCount.incrementAndGet();
        }
        try {
            return write(batch, index);
        } catch (PortUnreachableException e) {
            // Another report overtook it: to the sender as good as sent, as a packet lost on the way is.
            unreachableCount.incrementAndGet();
            return true;
        }
    }

    /** Whether the datagram left; an empty one has no bytes to tell that by and always does. */
    private boolean write(PacketBatch batch, int index) throws IOException {
        int length = batch.length(index);
        if (batch.bodyLength(index) > 0) {
            return writePieces(batch.head(index), batch.body(index)) == length;
        }
        int offset = batch.offset(index);
        return channel.write(batch.buffer().limit(offset + length).position(offset)) == length;
    }

    private long writePieces(ByteBuffer head, ByteBuffer body) throws IOException {
        pieces[0] = head;
        pieces[1] = body;
        try {
            return channel.write(pieces);
        } finally {
            Arrays.fill(pieces, null);
        }
    }

    @Override
    public long unreachableCount() {
        return unreachableCount.get();
    }

    /** Bytes of socket buffer that the system granted. */
    public int effectiveSendBufferBytes() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
