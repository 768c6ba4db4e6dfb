package org.spead.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Sends packets back to back over one TCP connection; packets that lie back to back in the batch go in one system call.
 *
 * <p>When the connection takes no more for now, a packet may have left in part. It does not count as taken, but its rest
 * leaves before anything else: a copy of it is kept until then, whatever is offered next. A lost connection stays lost.
 * Confined to one thread.
 */
public final class TcpSink implements PacketSink {
    /** Most bytes that are written at once: more than a socket's buffer takes, less than a processor's cache holds. */
    private static final int BATCH_BYTES = 1 << 18;

    private static final int MIN_BATCH_PACKETS = 16;

    private final SocketChannel connection;
    private final String description;
    private ByteBuffer partial = ByteBuffer.allocateDirect(0);

    /** Connects within {@link TcpSinkOptions#connectTimeoutNanos()}. */
    public TcpSink(String host, int port, TcpSinkOptions options) throws IOException {
        this(host, port, options, () -> false);
    }

    /**
     * Connects within {@link TcpSinkOptions#connectTimeoutNanos()}: while nobody listens, again and again.
     *
     * @param host name or literal of the destination, IPv4 or IPv6
     * @param abandoned asked now and then whether to give up; the calling thread waits
     * @throws java.net.UnknownHostException when the name does not resolve
     * @throws java.net.ConnectException when nobody listened
     */
    public TcpSink(String host, int port, TcpSinkOptions options, BooleanSupplier abandoned) throws IOException {
        String shown = NetworkAddress.text(host, port);
        this.description = "tcp to " + shown;
        InetSocketAddress destination = NetworkAddress.resolve("TCP", host, port);
        if (destination.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException(host + " is a multicast group, which TCP cannot reach");
        }
        this.connection = new TcpConnector(destination, shown, options, abandoned).connect();
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        int packets = Math.max(MIN_BATCH_PACKETS, BATCH_BYTES / maxPacketBytes);
        return new PacketBatch(Math.multiplyExact(packets, maxPacketBytes), packets);
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        int next = first;
        try {
            if (partial.hasRemaining()) {
                connection.write(partial);
                if (partial.hasRemaining()) {
                    return 0;
                }
                next += next < batch.count() && isPartial(batch, next) ? 1 : 0;
            }
            boolean open = true;
            while (open && next < batch.count()) {
                int end = endOfRun(batch, next);
                next = write(batch, next, end);
                open = next == end;
            }
        } catch (IOException e) {
            // What was taken before is told first; the next call fails as this one did.
            if (next == first) {
                throw e;
            }
        } finally {
            batch.buffer().clear();
        }
        return next - first;
    }

    /** One past the last of the packets that lie back to back from {@code first} on. */
    private static int endOfRun(PacketBatch batch, int first) {
        int end = first + 1;
        while (end < batch.count() && batch.offset(end) == batch.offset(end - 1) + batch.length(end - 1)) {
            end++;
        }
        return end;
    }

    /** Writes packets that lie back to back; returns the first that did not leave whole. */
    private int write(PacketBatch batch, int first, int end) throws IOException {
        ByteBuffer block = batch.buffer();
        block.limit(batch.offset(end - 1) + batch.length(end - 1)).position(batch.offset(first));
        int left = connection.write(block);
        int next = first;
        while (next < end && left >= batch.length(next)) {
            left -= batch.length(next);
            next++;
        }
        if (left > 0) {
            keep(batch, next, left);
        }
        return next;
    }

    private void keep(PacketBatch batch, int index, int written) {
        int length = batch.length(index);
        if (partial.capacity() < length) {
            partial = ByteBuffer.allocateDirect(length);
        }
        partial.clear()
                .put(0, batch.buffer().clear(), batch.offset(index), length)
                .limit(length)
                .position(written);
    }

    /** Whether the packet is the one that left in part: its bytes tell, whichever batch it lies in. */
    private boolean isPartial(PacketBatch batch, int index) {
        int offset = batch.offset(index);
        ByteBuffer packet = batch.buffer().limit(offset + batch.length(index)).position(offset);
        boolean same = partial.position(0).equals(packet);
        partial.position(partial.limit());
        return same;
    }

    /** Bytes of socket buffer that the system granted. */
    public int effectiveSendBufferBytes() throws IOException {
        return connection.getOption(StandardSocketOptions.SO_SNDBUF);
    }

    @Override
    public String describe() {
        return description;
    }

    /** Closes the connection; what was taken still arrives. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
