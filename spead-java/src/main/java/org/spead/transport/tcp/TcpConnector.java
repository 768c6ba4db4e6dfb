package org.spead.transport.tcp;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.spead.transport.NetworkAddress;

/**
 * Makes a connection within a bounded time, also to a receiver that does not listen yet. Used once, by one thread, which
 * waits.
 */
final class TcpConnector {
    private static final long RETRY_NANOS = 50_000_000;
    private static final long POLL_NANOS = 20_000_000;

    private final InetSocketAddress destination;
    private final String shown;
    private final TcpSinkOptions options;
    private final BooleanSupplier abandoned;
    private final long beginNanos = System.nanoTime();

    TcpConnector(InetSocketAddress destination, String shown, TcpSinkOptions options, BooleanSupplier abandoned) {
        this.destination = destination;
        this.shown = shown;
        this.options = options;
        this.abandoned = abandoned;
    }

    /** A connected channel that does not block. */
    SocketChannel connect() throws IOException {
        while (true) {
            try {
                return attempt();
            } catch (ConnectException e) {
                if (abandoned.getAsBoolean()) {
                    throw givenUp();
                }
                if (leftNanos() <= 0) {
                    throw refused(e);
                }
            }
            LockSupport.parkNanos(Math.max(1, Math.min(RETRY_NANOS, leftNanos())));
        }
    }

    private SocketChannel attempt() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            configure(channel);
            if (!channel.connect(destination)) {
                awaitConnection(channel);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void configure(SocketChannel channel) throws IOException {
        // Batches are written whole: there is nothing to gain by holding the end of one back.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (options.sendBufferBytes() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        if (!options.interfaceName().isEmpty()) {
            channel.bind(new InetSocketAddress(
                    NetworkAddress.sourceAddress(options.interfaceName(), destination.getAddress()), 0));
        }
    }

    private void awaitConnection(SocketChannel channel) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                if (abandoned.getAsBoolean()) {
                    throw givenUp();
                }
                if (leftNanos() <= 0 && options.connectTimeoutNanos() > 0) {
                    throw new SocketTimeoutException(shown + " did not answer within " + seconds() + " s");
                }
                selector.select(POLL_NANOS / 1_000_000);
            }
        }
    }

    private long leftNanos() {
        return beginNanos + options.connectTimeoutNanos() - System.nanoTime();
    }

    private IOException givenUp() {
        return new IOException("the connection to " + shown + " was given up before it was made");
    }

    private ConnectException refused(ConnectException cause) {
        String tried = options.connectTimeoutNanos() == 0 ? "" : ", tried for " + seconds() + " s";
        ConnectException named = new ConnectException("cannot connect to " + shown + ": " + cause.getMessage() + tried);
        named.initCause(cause);
        return named;
    }

    private String seconds() {
        return BigDecimal.valueOf(options.connectTimeoutNanos(), 9)
                .stripTrailingZeros()
                .toPlainString();
    }
}
