package org.cbfsdp.send;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SocketTransport;
import org.cbfsdp.settings.TransmissionSettings;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketSink;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.linux.LinuxUdp;
import org.spead.transport.linux.LinuxUdpSink;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.tcp.TcpSink;
import org.spead.transport.tcp.TcpSinkOptions;

/** Knows where each stream goes, and opens the way there. Used by the main thread. */
final class SinkFactory {
    private static final Logger LOG = LogManager.getLogger(SinkFactory.class);

    private static final int LAST_PORT = 65_535;

    private final TransmissionSettings settings;
    private final BooleanSupplier stopped;
    private boolean told;

    /**
     * A factory of sinks.
     *
     * @param stopped whether to give up waiting for a receiver
     */
    SinkFactory(TransmissionSettings settings, BooleanSupplier stopped) {
        this.settings = settings;
        this.stopped = stopped;
    }

    /**
     * Where each of so many streams goes.
     *
     * @throws SettingsException when another number of endpoints is set, or there are not enough ports
     */
    List<Endpoint> destinations(int streams) {
        List<Endpoint> endpoints = settings.endpoints();
        if (endpoints.isEmpty()) {
            int last = settings.targetPortStart() + streams - 1;
            if (last > LAST_PORT) {
                throw new SettingsException("transmission.target_port_start = " + settings.targetPortStart() + ": "
                        + streams + " streams would need port " + last + "; the last one is " + LAST_PORT);
            }
            return IntStream.range(0, streams)
                    .mapToObj(i -> new Endpoint(settings.targetHost(), settings.targetPortStart() + i))
                    .toList();
        }
        if (endpoints.size() != streams) {
            throw new SettingsException("transmission.endpoints has " + endpoints.size()
                    + (endpoints.size() == 1 ? " endpoint" : " endpoints") + ", but the channels are divided into "
                    + streams + (streams == 1 ? " stream" : " streams")
                    + "; give one endpoint a stream, or transmission.num_streams = " + endpoints.size());
        }
        return endpoints;
    }

    /** Says what is set in vain. */
    void warn(List<Endpoint> destinations) {
        if (settings.timeToLive().isPresent() && destinations.stream().noneMatch(Endpoint::isMulticastGroup)) {
            LOG.warn("transmission.ttl is for multicast; unicast packets keep the kernel's own time to live");
        }
    }

    /**
     * Opens the socket of a stream.
     *
     * @throws IOException when it cannot be made, naming the settings that lead there
     */
    PacketSink open(int stream, Endpoint destination) throws IOException {
        try {
            return open(destination);
        } catch (IOException e) {
            String others = settings.networkInterface().isPresent() ? ", transmission.interface" : "";
            throw new IOException(e.getMessage() + origin(stream, others), e);
        }
    }

    /**
     * Looks a host up, and nothing else.
     *
     * @throws IOException when there is none, naming the settings that lead there
     */
    void resolve(int stream, Endpoint destination) throws IOException {
        try {
            NetworkAddress.resolve("UDP", destination.host(), destination.port());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + origin(stream, ""), e);
        }
    }

    private String origin(int stream, String others) {
        String keys = settings.endpoints().isEmpty()
                ? "transmission.target_host, transmission.target_port_start"
                : "transmission.endpoints";
        return " (stream " + stream + ": " + keys + others + ")";
    }

    /**
     * Opens a socket.
     *
     * @throws IOException when it cannot be made, or nobody accepts the connection in time
     * @throws SettingsException when the transport that is asked for cannot be had
     */
    PacketSink open(Endpoint destination) throws IOException {
        return switch (settings.transportProtocol()) {
            case UDP ->
                inBatches()
                        ? new LinuxUdpSink(destination.host(), destination.port(), udpOptions())
                        : new UdpSink(destination.host(), destination.port(), udpOptions());
            case TCP -> new TcpSink(destination.host(), destination.port(), tcpOptions(), stopped);
        };
    }

    /**
     * Whether the transport of datagrams is linux.
     *
     * @throws SettingsException when it is asked for and cannot be had
     */
    static boolean sendsInBatches(TransmissionSettings settings) {
        if (settings.socketTransport() == SocketTransport.NIO) {
            return false;
        }
        Optional<String> missing = LinuxUdp.unavailability();
        if (missing.isPresent() && settings.socketTransport() == SocketTransport.LINUX) {
            throw new SettingsException(
                    "transmission.transport = linux cannot be had: " + missing.get() + "; auto or nio works without");
        }
        return missing.isEmpty();
    }

    /** The same; says once which it is, and why when that was not asked for. */
    private boolean inBatches() {
        boolean inBatches = sendsInBatches(settings);
        if (!told && settings.socketTransport() != SocketTransport.NIO) {
            told = true;
            LOG.info(
                    "datagrams leave {} a system call",
                    LinuxUdp.unavailability()
                            .map(why -> "one (transmission.transport is nio: " + why + ")")
                            .orElse("many"));
        }
        return inBatches;
    }

    private UdpSinkOptions udpOptions() {
        UdpSinkOptions options = UdpSinkOptions.DEFAULT;
        return options.withSendBufferBytes(settings.socketBufferBytes().orElse(options.sendBufferBytes()))
                .withTimeToLive(settings.timeToLive().orElse(options.timeToLive()))
                .withInterfaceName(settings.networkInterface().orElse(""));
    }

    private TcpSinkOptions tcpOptions() {
        TcpSinkOptions options = TcpSinkOptions.DEFAULT;
        return options.withSendBufferBytes(settings.socketBufferBytes().orElse(options.sendBufferBytes()))
                .withConnectTimeoutNanos(settings.connectTimeoutNanos())
                .withInterfaceName(settings.networkInterface().orElse(""));
    }
}
