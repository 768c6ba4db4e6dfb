package org.spead.transport.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Sends packets back to back over one TCP connection, many a system call; the payload of long ones from where it lies.
 *
 * <p>When the connection takes no more for now, a packet may have left in part. It does not count as taken, but its rest
 * leaves before anything else: a copy of it is kept until then, whatever is offered next. A lost connection stays lost.
 * Confined to one thread.
 */
public final class TcpSink implements PacketSink {
    /**
     * Most bytes of packets that are written at once, and a batch is one write where packets are copied. The system makes a segment
     * of each write, and of a longer one a further segment of what is left over, however little; where it paces (BBR), each segment
     * costs a timer, which is more than the bytes of it cost.
     */
    private static final int WRITE_BYTES = 65_000;

    /** Heads, and short payloads, of packets that leave from where they lie. */
    private static final int GATHERED_BATCH_BYTES = 1 << 18;

    private static final int MIN_BATCH_PACKETS = 16;

    /** Packets this long leave from where they lie: a copy costs more than the two pieces of memory that each then is. */
    private static final int GATHERED_PACKET_BYTES = 4096;

    /** Most pieces of memory in one call. */
    private static final int MAX_PIECES = 256;

    private final SocketChannel connection;
    private final String description;
    private final ByteBuffer[] pieces = new ByteBuffer[MAX_PIECES];
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
        int packets = WRITE_BYTES / maxPacketBytes;
        return maxPacketBytes < GATHERED_PACKET_BYTES
                ? new PacketBatch(packets * maxPacketBytes, packets)
                : PacketBatch.gathering(
                        Math.max(GATHERED_BATCH_BYTES, maxPacketBytes), Math.max(MIN_BATCH_PACKETS, packets));
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
                int end = endOfWrite(batch, next);
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

    /** One past the last of the packets from {@code first} on that one call takes. */
    private static int endOfWrite(PacketBatch batch, int first) {
        int most = batch.isGathering() ? Math.min(batch.count(), first + MAX_PIECES / 2) : batch.count();
        int end = first + 1;
        int bytes = batch.length(first);
        while (end < most
                && bytes + batch.length(end) <= WRITE_BYTES
                && (batch.isGathering() || batch.offset(end) == batch.offset(end - 1) + batch.length(end - 1))) {
            bytes += batch.length(end);
            end++;
        }
        return end;
    }

    /** Writes packets; returns the first that did not leave whole. */
    private int write(PacketBatch batch, int first, int end) throws IOException {
        long left = batch.isGathering() ? writePieces(batch, first, end) : writeRun(batch, first, end);
        int next = first;
        while (next < end && left >= batch.length(next)) {
            left -= batch.length(next);
            next++;
        }
        if (left > 0) {
            keep(batch, next, (int) left);
        }
        return next;
    }

    /** Writes packets that lie back to back. */
    private int writeRun(PacketBatch batch, int first, int end) throws IOException {
        ByteBuffer block = batch.buffer();
        block.limit(batch.offset(end - 1) + batch.length(end - 1)).position(batch.offset(first));
        return connection.write(block);
    }

    /** Writes heads and bodies in turn. */
    private long writePieces(PacketBatch batch, int first, int end) throws IOException {
        int count = 0;
        for (int i = first; i < end; i++) {
            pieces[count++] = batch.head(i);
            if (batch.bodyLength(i) > 0) {
                pieces[count++] = batch.body(i);
            }
        }
        try {
            return connection.write(pieces, 0, count);
        } finally {
            Arrays.fill(pieces, 0, count, null);
        }
    }

    private void keep(PacketBatch batch, int index, int written) {
        int length = batch.length(index);
        if (partial.capacity() < length) {
            partial = ByteBuffer.allocateDirect(length);
        }
        batch.buffer().clear();
        batch.copy(index, partial.clear(), 0);
        partial.limit(length).position(written);
    }

    /** Whether the packet is the one that left in part: its bytes tell, whichever batch it lies in. */
    private boolean isPartial(PacketBatch batch, int index) {
        int length = partial.limit();
        int headLength = batch.headLength(index);
        if (batch.length(index) != length) {
            return false;
        }
        ByteBuffer head = batch.buffer().limit(batch.offset(index) + headLength).position(batch.offset(index));
        boolean same = partial.limit(headLength).position(0).equals(head);
        partial.limit(length).position(headLength);
        if (same && headLength < length) {
            same = partial.equals(batch.body(index));
        }
        partial.position(length);
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
