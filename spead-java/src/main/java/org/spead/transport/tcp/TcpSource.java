package org.spead.transport.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.spead.transport.ByteSource;
import org.spead.transport.NetworkAddress;

/**
 * Receives the bytes of one TCP connection: one that is made to a port, or one that exists.
 *
 * <p>When a sender has connected nobody else can, and when it closes the connection the source ends, unless it is told to {@linkplain
 * #awaitAnother() wait for another}. While nobody reads, the kernel's buffers fill and the sender waits. Confined to one thread.
 */
public final class TcpSource implements ByteSource {
    /** Leaves the size of a socket's buffer to the system, which adapts it to the connection. */
    public static final int SYSTEM_BUFFER = 0;

    private final Selector selector;
    private final InetSocketAddress listenedAt;
    private final int receiveBufferBytes;
    private final String description;
    private ServerSocketChannel listener;
    private SocketChannel connection;
    private Optional<String> peer = Optional.empty();
    private boolean ended;

    private TcpSource(ServerSocketChannel listener, int receiveBufferBytes, String description) throws IOException {
        this.listener = listener;
        this.receiveBufferBytes = receiveBufferBytes;
        this.description = description;
        this.listenedAt = listener == null ? null : (InetSocketAddress) listener.getLocalAddress();
        this.selector = Selector.open();
        try {
            if (listener != null) {
                listener.register(selector, SelectionKey.OP_ACCEPT);
            }
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Listens for one connection.
     *
     * @param host name or literal of the address to listen at, IPv4 or IPv6; empty: any of this machine
     * @param port the port; 0 lets the system choose, see {@link #port()}
     * @param receiveBufferBytes what is asked of the system for bytes that wait in the socket, or {@link #SYSTEM_BUFFER}
     * @throws BindException when the address is not this machine's or the port is taken
     * @throws java.net.UnknownHostException when the name does not resolve
     */
    public static TcpSource listen(String host, int port, int receiveBufferBytes) throws IOException {
        InetSocketAddress address = NetworkAddress.resolve("TCP", host, port);
        ServerSocketChannel listener = listener(address, checked(receiveBufferBytes), NetworkAddress.text(host, port));
        try {
            int bound = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            return new TcpSource(listener, receiveBufferBytes, "tcp at " + NetworkAddress.text(host, bound));
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    private static ServerSocketChannel listener(InetSocketAddress address, int receiveBufferBytes, String shown)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.configureBlocking(false);
            if (receiveBufferBytes > 0) {
                // Before listening, so that the window offered to the sender has that scale.
                listener.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            bind(listener, address, shown);
            return listener;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Takes a connection over that somebody else has accepted.
     *
     * @param connection owned by the source from now on, also when this fails
     * @param receiveBufferBytes as with {@link #listen}
     */
    public static TcpSource accepted(SocketChannel connection, int receiveBufferBytes) throws IOException {
        try {
            InetSocketAddress peer = (InetSocketAddress) connection.getRemoteAddress();
            TcpSource source = new TcpSource(null, checked(receiveBufferBytes), "tcp from " + text(peer));
            source.adopt(connection);
            return source;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static int checked(int receiveBufferBytes) {
        if (receiveBufferBytes < 0) {
            throw new IllegalArgumentException("receiveBufferBytes must not be negative, not " + receiveBufferBytes);
        }
        return receiveBufferBytes;
    }

    private static void bind(ServerSocketChannel listener, InetSocketAddress address, String shown) throws IOException {
        try {
            listener.bind(address, 1);
        } catch (BindException e) {
            BindException named = new BindException("cannot listen at " + shown + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    @Override
    public int read(ByteBuffer into, long timeoutNanos) throws IOException {
        if (!selector.isOpen()) {
            throw new ClosedChannelException();
        }
        long deadlineNanos = timeoutNanos > 0 ? System.nanoTime() + timeoutNanos : 0;
        int count = readNow(into);
        long leftNanos = timeoutNanos;
        while (count == 0 && leftNanos > 0 && into.hasRemaining()) {
            // Whole milliseconds, rounded up: the selector knows no less, and 0 would be for ever.
            selector.select((leftNanos + 999_999) / 1_000_000);
            selector.selectedKeys().clear();
            count = readNow(into);
            leftNanos = deadlineNanos - System.nanoTime();
        }
        return count;
    }

    private int readNow(ByteBuffer into) throws IOException {
        if (ended) {
            return END;
        }
        if (connection == null && !accept()) {
            return 0;
        }
        int count = connection.read(into);
        ended = count < 0;
        return ended ? END : count;
    }

    private boolean accept() throws IOException {
        SocketChannel first = listener.accept();
        if (first == null) {
            return false;
        }
        listener.close();
        // A registered channel is let go by the selector's next look only; until then others could still connect.
        selector.selectNow();
        listener = null;
        adopt(first);
        return true;
    }

    private void adopt(SocketChannel made) throws IOException {
        connection = made;
        peer = Optional.of(text((InetSocketAddress) connection.getRemoteAddress()));
        connection.configureBlocking(false);
        if (receiveBufferBytes > 0) {
            connection.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        connection.register(selector, SelectionKey.OP_READ);
    }

    /** Lets the connection go and listens again, where the source listened before. */
    @Override
    public Optional<String> awaitAnother() throws IOException {
        if (listenedAt == null || connection == null || !selector.isOpen()) {
            return Optional.empty();
        }
        connection.close();
        selector.selectNow();
        connection = null;
        listener = listener(listenedAt, receiveBufferBytes, text(listenedAt));
        listener.register(selector, SelectionKey.OP_ACCEPT);
        ended = false;
        Optional<String> former = peer;
        peer = Optional.empty();
        return former;
    }

    @Override
    public Optional<String> peer() {
        return peer;
    }

    private static String text(InetSocketAddress address) {
        return NetworkAddress.text(address.getAddress().getHostAddress(), address.getPort());
    }

    /** Whether a sender has connected. */
    public boolean isConnected() {
        return connection != null;
    }

    /** The port that is listened at, or that the connection was made to. */
    public int port() throws IOException {
        return ((InetSocketAddress) (connection == null ? listener.getLocalAddress() : connection.getLocalAddress()))
                .getPort();
    }

    /** Bytes of socket buffer that the system granted, as far as can be known before there is a connection. */
    public int effectiveReceiveBufferBytes() throws IOException {
        return connection == null
                ? listener.getOption(StandardSocketOptions.SO_RCVBUF)
                : connection.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            selector.close();
        } finally {
            try {
                close(listener);
            } finally {
                close(connection);
            }
        }
    }

    private static void close(Channel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
