package org.spead.transport.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;

/**
 * Receives UDP datagrams at one address, each with a system call of its own.
 *
 * <p>Datagrams that are empty or longer than allowed are counted and left out. There is no end. Confined to one thread,
 * but for the counters.
 */
public final class UdpSource implements PacketSource {
    private static final int ALIGNMENT = 8;

    private final DatagramChannel channel;
    private final Selector selector;
    private final UdpSourceOptions options;
    private final String description;
    private final AtomicLong emptyDatagrams = new AtomicLong();
    private final AtomicLong oversizeDatagrams = new AtomicLong();
    private boolean emptied;

    /**
     * Opens a socket and binds it; joins the group when the address is a multicast one, beside others that may have.
     *
     * @param host name or literal of the address or group to receive at, IPv4 or IPv6; empty: any of this machine
     * @param port the port; 0 lets the system choose, see {@link #port()}
     * @throws BindException when the address is not this machine's or the port is taken
     * @throws java.net.UnknownHostException when the name does not resolve
     */
    public UdpSource(String host, int port, UdpSourceOptions options) throws IOException {
        this.options = options;
        InetSocketAddress address = NetworkAddress.resolve("UDP", host, port);
        this.channel = UdpAddress.open(address);
        try {
            configure(address, NetworkAddress.text(host, port));
            this.selector = Selector.open();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.register(selector, SelectionKey.OP_READ);
        this.description = "udp at " + NetworkAddress.text(host, port());
    }

    private void configure(InetSocketAddress address, String shown) throws IOException {
        channel.configureBlocking(false);
        if (options.receiveBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        }
        if (!address.getAddress().isMulticastAddress()) {
            bind(address, shown);
            return;
        }
        // Several receivers of one machine may hear the same group.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        NetworkInterface link = NetworkAddress.multicastInterface(options.interfaceName(), address.getAddress());
        bind(NetworkAddress.scoped(address, link), shown);
        channel.join(address.getAddress(), link);
    }

    private void bind(InetSocketAddress address, String shown) throws IOException {
        try {
            channel.bind(address);
        } catch (BindException e) {
            BindException named = new BindException("cannot receive at " + shown + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    @Override
    public PacketBatch newBatch() {
        int slotBytes = (options.maxPacketBytes() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
        return new PacketBatch(Math.multiplyExact(options.batchPackets(), slotBytes), options.batchPackets());
    }

    @Override
    public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
        drain(batch);
        if (batch.count() == 0 && timeoutNanos > 0) {
            // Whole milliseconds, rounded up: the selector knows no less, and 0 would be for ever.
            selector.select((timeoutNanos + 999_999) / 1_000_000);
            selector.selectedKeys().clear();
            drain(batch);
        }
        return batch.count();
    }

    @Override
    public boolean wasEmptied() {
        return emptied;
    }

    private void drain(PacketBatch batch) throws IOException {
        batch.clear();
        emptied = false;
        ByteBuffer block = batch.buffer();
        // One byte more than allowed, so that a datagram that is too long shows.
        int slotBytes = options.maxPacketBytes() + 1;
        int dropped = 0;
        try {
            int offset = 0;
            while (batch.count() + dropped < batch.maxPackets() && offset + slotBytes <= block.capacity()) {
                block.limit(offset + slotBytes).position(offset);
                emptied = channel.receive(block) == null;
                if (emptied) {
                    return;
                }
                int length = block.position() - offset;
                if (count(length)) {
                    batch.add(offset, length);
                    offset = (offset + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                } else {
                    dropped++;
                }
            }
        } finally {
            block.clear();
        }
    }

    /** Whether a datagram of that length is one to keep; counts it if not. */
    private boolean count(int length) {
        if (length == 0) {
            emptyDatagrams.incrementAndGet();
        } else if (length > options.maxPacketBytes()) {
            oversizeDatagrams.incrementAndGet();
        } else {
            return true;
        }
        return false;
    }

    /** The port that packets are received at. */
    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public int effectiveBufferBytes() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void wake() {
        selector.wakeup();
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
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }
}
