package org.cbfsdp.telemetry.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.telemetry.metric.EndpointMetric;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.TelemetryException;

/**
 * The HTTP server: one selector, nothing that blocks, no thread of its own. Each connection is good for one request.
 *
 * <p>It answers while {@link #poll} is called again and again, by one thread; {@link #close}, which is idempotent, comes when that
 * thread calls no more.
 */
final class TelemetryServer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(TelemetryServer.class);

    /** How often events are sent on and clocks are looked at. */
    private static final long TICK_NANOS = 200_000_000;

    /** What the kernel keeps for a client that does not read; by itself it would take megabytes. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    /** How long no connection is accepted when accepting fails, for want of file descriptors mostly. */
    private static final long ACCEPT_PAUSE_NANOS = 1_000_000_000;

    private final Routes routes;
    private final EventBus bus;
    private final Supplier<List<EventBus.Event>> greeting;
    private final ServerLimits limits;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey acceptKey;
    private final Map<SelectionKey, Connection> connections = new LinkedHashMap<>();
    private final AtomicLongArray counters = new AtomicLongArray(EndpointMetric.values().length);
    private long acceptAgainNanos;
    private long nextTickNanos = System.nanoTime();
    private boolean open = true;

    /**
     * Listens; answers when it is polled.
     *
     * @param greeting the events that a new client of events is sent first
     * @throws TelemetryException when it cannot listen there
     */
    TelemetryServer(
            InetSocketAddress address,
            Routes routes,
            EventBus bus,
            Supplier<List<EventBus.Event>> greeting,
            ServerLimits limits) {
        this.routes = routes;
        this.bus = bus;
        this.greeting = greeting;
        this.limits = limits;
        ServerSocketChannel opened = null;
        Selector made = null;
        try {
            opened = listen(address);
            made = Selector.open();
            acceptKey = opened.register(made, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            closeQuietly(opened);
            closeQuietly(made);
            throw new TelemetryException(
                    "telemetry.port = " + address.getPort() + ": the endpoint cannot be opened: " + e.getMessage(), e);
        }
        listener = opened;
        selector = made;
    }

    /**
     * Does what there is to do and waits for nothing.
     *
     * @return how many connections moved
     */
    int poll() {
        if (!open) {
            return 0;
        }
        try {
            int moved = selector.selectNow();
            long now = System.nanoTime();
            for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                selector.selectedKeys().remove(key);
                serve(key, now);
            }
            if (now - nextTickNanos >= 0) {
                nextTickNanos = now + TICK_NANOS;
                tick(now);
            }
            return moved;
        } catch (IOException | RuntimeException e) {
            LOG.error("the telemetry endpoint has failed and answers no more; reception and sending go on", e);
            close();
            return 0;
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) listener.socket().getLocalSocketAddress();
    }

    /** A counter of the endpoint itself. Called by any thread. */
    long count(EndpointMetric metric) {
        return counters.get(index(metric));
    }

    @Override
    public void close() {
        open = false;
        connections.values().forEach(Connection::close);
        connections.clear();
        closeQuietly(listener);
        closeQuietly(selector);
    }

    private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            if (address.isUnresolved()) {
                throw new UnknownHostException("there is no host of that name");
            }
            if (!isOfThisMachine(address.getAddress())) {
                throw new UnknownHostException("no network interface has it");
            }
            channel.bind(address);
            return channel;
        } catch (BindException e) {
            closeQuietly(channel);
            throw new TelemetryException(
                    "telemetry.port = " + address.getPort() + " on " + address.getHostString()
                            + " (telemetry.bind) cannot be used: " + e.getMessage()
                            + "; choose another port, or 0 for any that is free",
                    e);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw new TelemetryException(
                    "telemetry.bind = " + address.getHostString() + " is no address of this machine: " + e.getMessage(),
                    e);
        }
    }

    /** All of 127.0.0.0/8 belongs to the loopback interface, which names one address of it. */
    private static boolean isOfThisMachine(InetAddress address) throws IOException {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private void serve(SelectionKey key, long now) {
        if (key.equals(acceptKey)) {
            accept(now);
            return;
        }
        Connection connection = connections.get(key);
        if (connection == null || !key.isValid()) {
            return;
        }
        try {
            if (key.isReadable()) {
                HttpRequest request = connection.read();
                if (request != null) {
                    respond(connection, request, now);
                }
            }
            if (key.isValid() && key.isWritable()) {
                connection.write(now);
            }
        } catch (IOException e) {
            drop(key);
        }
    }

    private void accept(long now) {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                if (connections.size() >= limits.connections()) {
                    increment(EndpointMetric.REFUSED_CONNECTIONS);
                    channel.close();
                    continue;
                }
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                connections.put(key, new Connection(channel, key, limits, now));
            }
        } catch (IOException e) {
            // It would fail again at once, and the loop would spin.
            LOG.warn("the telemetry endpoint cannot accept a connection: {}", e.toString());
            acceptKey.interestOps(0);
            acceptAgainNanos = now + ACCEPT_PAUSE_NANOS;
        }
    }

    private void respond(Connection connection, HttpRequest request, long now) throws IOException {
        increment(EndpointMetric.REQUESTS);
        boolean events = request.path().equals(Routes.EVENTS);
        if (!events) {
            connection.answer(routes.answer(request).encode(request.wantsBody()), now);
        } else if (!request.wantsBody()) {
            connection.answer(eventHead(), now);
        } else if (eventClients() >= limits.eventClients()) {
            HttpResponse full = HttpResponse.fault(
                    503,
                    "There are " + limits.eventClients() + " clients of events already; that is all there may be.");
            connection.answer(full.with("Retry-After", "10").encode(true), now);
        } else {
            connection.stream(eventStart(), bus.subscribe(), now);
        }
    }

    private byte[] eventStart() {
        StringBuilder text = new StringBuilder(new String(eventHead(), StandardCharsets.US_ASCII));
        text.append("retry: 2000\n\n");
        greeting.get().forEach(event -> text.append(Connection.format(event)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] eventHead() {
        return HttpResponse.of(200, "text/event-stream", "").encodeEndless();
    }

    private long eventClients() {
        return connections.values().stream().filter(Connection::isStreaming).count();
    }

    private void tick(long now) {
        if (acceptKey.interestOps() == 0 && now - acceptAgainNanos >= 0) {
            acceptKey.interestOps(SelectionKey.OP_ACCEPT);
        }
        for (Map.Entry<SelectionKey, Connection> entry : new ArrayList<>(connections.entrySet())) {
            Connection connection = entry.getValue();
            try {
                Connection.End end = connection.tick(now);
                if (end == Connection.End.TOO_SLOW) {
                    increment(
                            connection.isStreaming()
                                    ? EndpointMetric.DROPPED_EVENT_CLIENTS
                                    : EndpointMetric.SLOW_CONNECTIONS);
                }
                if (end != Connection.End.NOT_YET) {
                    drop(entry.getKey());
                }
            } catch (IOException e) {
                drop(entry.getKey());
            }
        }
    }

    private void drop(SelectionKey key) {
        Connection connection = connections.remove(key);
        if (connection != null) {
            connection.close();
        }
    }

    private void increment(EndpointMetric metric) {
        counters.incrementAndGet(index(metric));
    }

    private static int index(EndpointMetric metric) {
        return List.of(EndpointMetric.values()).indexOf(metric);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            LOG.debug("closing the telemetry endpoint", e);
        }
    }
}
