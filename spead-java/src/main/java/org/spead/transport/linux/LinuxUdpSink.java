package org.spead.transport.linux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicLong;
import org.cbfsdp.net.Errno;
import org.cbfsdp.net.LinuxSocket;
import org.cbfsdp.net.MessageVector;
import org.cbfsdp.net.SocketOption;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.UdpSinkOptions;

/**
 * Sends packets as UDP datagrams to one destination, many a system call: packets of one length that lie back to back leave as
 * one message, which the kernel or the network card cuts. Packets so long that a message takes only one leave from where their
 * payload lies; gathering the short ones in the block first is faster than pieces of memory for each.
 *
 * <p>Where a device does not take segments, as when they do not fit its frames, that is remembered ({@link #segmentsRefused()})
 * and packets leave as messages of their own, still many a call. Nobody listening is no failure: the report of it, which comes
 * with a later send, is counted and that message sent again. Confined to one thread, but for {@link #unreachableCount()} and
 * {@link #segmentsRefused()}.
 */
public final class LinuxUdpSink implements PacketSink {
    /** Most packets that one message may be cut into, of the oldest kernel that cuts. */
    private static final int MAX_SEGMENTS = 64;

    /** Full messages in a batch; more gain nothing, and would leave the cache. */
    private static final int BATCH_MESSAGES = 4;

    /** Packets in a batch of long ones: about a mebibyte. */
    private static final int BATCH_LONG_PACKETS = 16;

    private final LinuxSocket socket;
    private final UdpSinkOptions options;
    private final String description;
    private final MessageVector messages = new MessageVector(MessageVector.MAX_MESSAGES);
    private final int[] packetsOfMessage = new int[MessageVector.MAX_MESSAGES];
    private final AtomicLong unreachableCount = new AtomicLong();
    private volatile String segmentsRefused = "";
    private IOException pendingFailure;

    /**
     * Opens a socket and connects it.
     *
     * @param host name or literal of the destination, IPv4 or IPv6, unicast or multicast
     * @throws java.net.UnknownHostException when the name does not resolve
     * @throws UnsatisfiedLinkError when there is no native library, see {@link LinuxUdp#unavailability()}
     */
    public LinuxUdpSink(String host, int port, UdpSinkOptions options) throws IOException {
        this.options = options;
        this.description = "udp to " + NetworkAddress.text(host, port);
        InetSocketAddress destination = NetworkAddress.resolve("UDP", host, port);
        this.socket = LinuxUdp.open(destination.getAddress());
        try {
            configure(destination);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void configure(InetSocketAddress destination) throws IOException {
        LinuxUdp.setBuffer(
                socket, SocketOption.SEND_BUFFER, SocketOption.SEND_BUFFER_FORCE, options.sendBufferBytes(), false);
        if (destination.getAddress().isMulticastAddress()) {
            socket.connect(multicast(destination));
            return;
        }
        if (!options.interfaceName().isEmpty()) {
            socket.bind(new InetSocketAddress(
                    NetworkAddress.sourceAddress(options.interfaceName(), destination.getAddress()), 0));
        }
        socket.connect(destination);
    }

    /** Sets what concerns multicast only; returns the group as it is to be connected to. */
    private InetSocketAddress multicast(InetSocketAddress group) throws IOException {
        boolean six = socket.isIpv6();
        socket.set(six ? SocketOption.MULTICAST_HOPS_V6 : SocketOption.MULTICAST_TTL_V4, options.timeToLive());
        // So that receivers on this machine hear it, too.
        socket.set(six ? SocketOption.MULTICAST_LOOP_V6 : SocketOption.MULTICAST_LOOP_V4, 1);
        if (options.interfaceName().isEmpty()) {
            return group;
        }
        NetworkInterface link = NetworkAddress.networkInterface(options.interfaceName());
        socket.multicastInterface(link.getIndex());
        return NetworkAddress.scoped(group, link);
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        int segments = Math.max(1, Math.min(MAX_SEGMENTS, LinuxUdp.MAX_MESSAGE_BYTES / maxPacketBytes));
        int capacityBytes = Math.multiplyExact(BATCH_MESSAGES * segments, maxPacketBytes);
        return segments > 1
                ? new PacketBatch(capacityBytes, BATCH_MESSAGES * MAX_SEGMENTS)
                : PacketBatch.gathering(capacityBytes, BATCH_LONG_PACKETS);
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        if (pendingFailure != null) {
            IOException failure = pendingFailure;
            pendingFailure = null;
            throw failure;
        }
        int next = first;
        boolean goesOn = true;
        while (goesOn && next < batch.count()) {
            collect(batch, next);
            int refused = 0;
            int sent = 0;
            int message = 0;
            while (message < messages.count() && refused == 0) {
                sent = transmit(batch, message);
                for (int end = message + Math.max(0, sent); message < end; message++) {
                    next += packetsOfMessage[message];
                }
                if (sent == 0) {
                    return next - first;
                }
                refused = Math.min(0, sent);
            }
            goesOn = refused == 0 || goesOnAfter(refused, message, next > first);
        }
        return next - first;
    }

    /** Makes messages of the packets from {@code next} on, as many as go into one call. */
    private void collect(PacketBatch batch, int next) {
        boolean segments = segmentsRefused.isEmpty();
        messages.clear();
        int packet = next;
        while (packet < batch.count() && !messages.isFull()) {
            boolean hasBody = batch.bodyLength(packet) > 0;
            int run = segments && !hasBody ? run(batch, packet) : 1;
            packetsOfMessage[messages.count()] = run;
            if (hasBody) {
                messages.add(
                        batch.offset(packet),
                        batch.headLength(packet),
                        batch.body(packet),
                        batch.bodyOffset(packet),
                        batch.bodyLength(packet));
            } else {
                int last = packet + run - 1;
                int bytes = batch.offset(last) + batch.length(last) - batch.offset(packet);
                messages.add(batch.offset(packet), bytes, run > 1 ? batch.length(packet) : 0);
            }
            packet += run;
        }
    }

    /** How many packets from {@code first} on make one message: of one length, back to back, the last perhaps shorter. */
    private static int run(PacketBatch batch, int first) {
        int length = batch.length(first);
        int end = batch.offset(first) + length;
        int limit = Math.min(batch.count(), first + MAX_SEGMENTS);
        int next = first + 1;
        boolean whole = length > 0;
        while (whole
                && next < limit
                && batch.bodyLength(next) == 0
                && batch.offset(next) == end
                && batch.length(next) > 0
                && batch.length(next) <= length
                && end + batch.length(next) - batch.offset(first) <= LinuxUdp.MAX_MESSAGE_BYTES) {
            whole = batch.length(next) == length;
            end += batch.length(next);
            next++;
        }
        return next - first;
    }

    /** Messages taken, 0 when the socket is full, or a negative error; that nobody listens is counted and no error. */
    private int transmit(PacketBatch batch, int message) throws IOException {
        int sent = socket.send(batch.buffer(), messages, message);
        if (sent >= 0 || Errno.of(sent) != Errno.ECONNREFUSED) {
            return sent;
        }
        unreachableCount.incrementAndGet();
        sent = socket.send(batch.buffer(), messages, message);
        if (sent >= 0 || Errno.of(sent) != Errno.ECONNREFUSED) {
            return sent;
        }
        // Another report overtook it: to the sender as good as sent, as a packet lost on the way is.
        unreachableCount.incrementAndGet();
        return 1;
    }

    /** Whether to try again after a message was refused: yes, packet by packet, when it was refused for its segments. */
    private boolean goesOnAfter(int refused, int message, boolean someLeft) throws IOException {
        if (messages.segment(message) > 0 && LinuxUdp.refusesSegments(refused)) {
            segmentsRefused = Errno.text(refused);
            return true;
        }
        IOException failure = Errno.exception("sending failed", refused);
        if (!someLeft) {
            throw failure;
        }
        pendingFailure = failure;
        return false;
    }

    @Override
    public long unreachableCount() {
        return unreachableCount.get();
    }

    @Override
    public String segmentsRefused() {
        return segmentsRefused;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        socket.close();
    }
}
