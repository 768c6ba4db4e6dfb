package org.spead.transport.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicLong;
import org.cbfsdp.net.LinuxSocket;
import org.cbfsdp.net.MessageVector;
import org.cbfsdp.net.SocketOption;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;

/**
 * Receives UDP datagrams at one address, many a system call. A call takes 3 to 32 messages, each of them one datagram or, from a
 * sender or a card that joins them, up to 64 KiB of datagrams of one length: few messages when they are long, many when they are
 * short, so that a batch stays in the cache between the kernel's copy and the receiver's. Every message has room for the longest,
 * whatever came before it, so none is cut off.
 *
 * <p>Datagrams that are empty or longer than allowed are counted and left out. There is no end. Confined to one thread,
 * but for the counters, {@link #wake()} and {@link #close()}, which ends a receive that waits.
 */
public final class LinuxUdpSource implements PacketSource {
    /** The kernel puts no more than this into one message, so none is cut off. */
    private static final int SLOT_BYTES = 1 << 16;

    /** What a batch should hold: all of it stays in a second-level cache. */
    private static final int BATCH_BYTES = 3 << 16;

    private static final int MIN_SLOTS = 3;

    /** More would save nothing: the system call is then a small part of what 32 messages cost. */
    private static final int MAX_SLOTS = 32;

    /** Most datagrams of a message; newer kernels allow 128, older ones 64. */
    private static final int MAX_SEGMENTS = 128;

    private final LinuxSocket socket;
    private final UdpSourceOptions options;
    private final String description;
    private final int port;
    private final int bufferBytes;
    private final MessageVector messages = new MessageVector(MAX_SLOTS);
    private final AtomicLong emptyDatagrams = new AtomicLong();
    private final AtomicLong oversizeDatagrams = new AtomicLong();
    private int slots = MIN_SLOTS;
    private boolean emptied;

    /**
     * Opens a socket and binds it; joins the group when the address is a multicast one, beside others that may have.
     *
     * @param host name or literal of the address or group to receive at, IPv4 or IPv6; empty: any of this machine
     * @param port the port; 0 lets the system choose, see {@link #port()}
     * @throws BindException when the address is not this machine's or the port is taken
     * @throws java.net.UnknownHostException when the name does not resolve
     * @throws UnsatisfiedLinkError when there is no native library, see {@link LinuxUdp#unavailability()}
     */
    public LinuxUdpSource(String host, int port, UdpSourceOptions options) throws IOException {
        this.options = options;
        InetSocketAddress address = NetworkAddress.resolve("UDP", host, port);
        this.socket = LinuxUdp.open(address.getAddress());
        try {
            configure(address, NetworkAddress.text(host, port));
            this.port = socket.localPort();
            this.bufferBytes = socket.get(SocketOption.RECEIVE_BUFFER) / LinuxUdp.KERNEL_BUFFER_FACTOR;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        this.description = "udp at " + NetworkAddress.text(host, this.port);
    }

    private void configure(InetSocketAddress address, String shown) throws IOException {
        LinuxUdp.setBuffer(
                socket,
                SocketOption.RECEIVE_BUFFER,
                SocketOption.RECEIVE_BUFFER_FORCE,
                options.receiveBufferBytes(),
                options.forceBuffer());
        socket.set(SocketOption.DROP_COUNT, 1);
        socket.set(SocketOption.RECEIVE_OFFLOAD, 1);
        if (!address.getAddress().isMulticastAddress()) {
            bind(address, shown);
            return;
        }
        // Several receivers of one machine may hear the same group.
        socket.set(SocketOption.REUSE_ADDRESS, 1);
        NetworkInterface link = NetworkAddress.multicastInterface(options.interfaceName(), address.getAddress());
        bind(NetworkAddress.scoped(address, link), shown);
        socket.join(address.getAddress(), link.getIndex());
    }

    private void bind(InetSocketAddress address, String shown) throws IOException {
        try {
            socket.bind(address);
        } catch (BindException e) {
            BindException named = new BindException("cannot receive at " + shown + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    @Override
    public PacketBatch newBatch() {
        return new PacketBatch(MAX_SLOTS * SLOT_BYTES, MAX_SLOTS * MAX_SEGMENTS);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch has no room for one message of 64 KiB in 128 packets
     */
    @Override
    public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
        batch.clear();
        int room = Math.min(batch.capacityBytes() / SLOT_BYTES, batch.maxPackets() / MAX_SEGMENTS);
        if (room == 0) {
            throw new IllegalArgumentException("a batch of " + batch.capacityBytes() + " bytes and "
                    + batch.maxPackets() + " packets is too small for " + description);
        }
        int wanted = Math.min(slots, room);
        int received = socket.receive(batch.buffer(), messages, wanted, SLOT_BYTES, timeoutNanos);
        emptied = received < wanted;
        int bytes = 0;
        for (int i = 0; i < received; i++) {
            bytes += messages.length(i);
            cut(i, batch);
        }
        if (bytes > 0) {
            // As many as fill a batch when they are as long as these.
            slots = Math.max(MIN_SLOTS, Math.min(MAX_SLOTS, (int) ((long) BATCH_BYTES * received / bytes)));
        }
        return batch.count();
    }

    @Override
    public boolean wasEmptied() {
        return emptied;
    }

    /** Adds the datagrams of a message, of which the last may be shorter than the others. */
    private void cut(int message, PacketBatch batch) {
        int offset = messages.offset(message);
        int left = messages.length(message);
        int segment = messages.segment(message);
        if (left == 0) {
            emptyDatagrams.incrementAndGet();
        }
        boolean cutOff = messages.isTruncated(message);
        while (left > 0) {
            int length = segment > 0 ? Math.min(segment, left) : left;
            // What does not fit the batch cannot have come from a kernel of today; it is counted all the same.
            if (length > options.maxPacketBytes() || cutOff || batch.count() == batch.maxPackets()) {
                oversizeDatagrams.incrementAndGet();
            } else {
                batch.add(offset, length);
            }
            offset += length;
            left -= length;
        }
    }

    /** The port that packets are received at. */
    public int port() {
        return port;
    }

    @Override
    public int effectiveBufferBytes() {
        return bufferBytes;
    }

    @Override
    public long kernelDrops() {
        return socket.drops();
    }

    @Override
    public void wake() {
        socket.wake();
    }

    @Override
    public long refusedPackets() {
        return emptyDatagrams() + oversizeDatagrams();
    }

    @Override
    public long emptyPackets() {
        return emptyDatagrams();
    }

    /** Datagrams of 0 bytes that were left out. Any thread. */
    public long emptyDatagrams() {
        return emptyDatagrams.get();
    }

    /** Datagrams longer than allowed that were left out. Any thread. */
    public long oversizeDatagrams() {
        return oversizeDatagrams.get();
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
