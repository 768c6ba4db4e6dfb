package org.cbfsdp.recv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SocketTransport;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.FramedSource;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdp;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.tcp.TcpSource;

/**
 * The sockets of a reception, one a stream: opens and closes them. Used by the main thread.
 */
final class ReceiverSockets implements StreamSources {
    private static final Logger LOG = LogManager.getLogger(ReceiverSockets.class);

    /** How the native sockets name EMFILE, in whatever language; those of the JDK have the system's words alone. */
    private static final String TOO_MANY_FILES = "(errno 24)";

    private final ReceptionSettings settings;
    private final boolean inBatches;
    private final List<PacketSource> sources = new ArrayList<>();
    private final AtomicLong largestHeapBytes = new AtomicLong();

    private ReceiverSockets(ReceptionSettings settings) {
        this.settings = settings;
        this.inBatches = settings.transportProtocol() == TransportProtocol.UDP && receivesInBatches(settings);
        if (settings.transportProtocol() == TransportProtocol.UDP
                && settings.socketTransport() == SocketTransport.AUTO) {
            LinuxUdp.unavailability().ifPresent(why -> LOG.info("reception.transport is nio: {}", why));
        }
    }

    /**
     * Binds all sockets, or none.
     *
     * @throws IOException naming the stream and the settings when one cannot be bound
     * @throws SettingsException when the transport that is asked for cannot be had
     */
    static ReceiverSockets open(ReceptionSettings settings, int streamCount) throws IOException {
        ReceiverSockets opened = new ReceiverSockets(settings);
        try {
            for (int i = 0; i < streamCount; i++) {
                opened.openNext();
            }
        } catch (IOException e) {
            opened.close();
            throw new IOException(
                    Explanation.plain(e) + " (stream " + opened.sources.size() + ": " + remedy(e, settings) + ")", e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** What to look at when a socket cannot be had. */
    static String remedy(IOException failure, ReceptionSettings settings) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(TOO_MANY_FILES) || message.contains("Too many open files")) {
            return "ask for fewer streams with reception.num_ports, or allow more open files with ulimit -n";
        }
        return "reception.bind_hostname, reception.receiver_port_start"
                + (settings.networkInterface().isPresent() ? ", reception.interface" : "");
    }

    @Override
    public PacketSource source(int stream) {
        return sources.get(stream);
    }

    @Override
    public HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier isDelivering) {
        DrainingSink sink = new DrainingSink(ring);
        return settings.transportProtocol() == TransportProtocol.TCP
                ? new FrugalSink(sink, buffers, isDelivering, largestHeapBytes, sources.size())
                : sink;
    }

    /** With udp as long as the streams say that packets may gather. */
    @Override
    public IdleStrategy idleStrategy() {
        return settings.transportProtocol() == TransportProtocol.UDP ? IdleStrategy.asDue() : IdleStrategy.backoff();
    }

    @Override
    public int threads(int wanted) {
        return wanted;
    }

    @Override
    public String noun() {
        return "socket";
    }

    @Override
    public String readyLine() {
        return "Ready: receiving " + describe();
    }

    /**
     * Opens the socket of the next stream.
     *
     * @throws IOException when it cannot be bound
     */
    private void openNext() throws IOException {
        String host = settings.bindHost().orElse("");
        int port = settings.portStart() + sources.size();
        PacketSource source = switch (settings.transportProtocol()) {
            case UDP -> openUdp(host, port);
            case TCP -> openTcp(host, port);
        };
        sources.add(source);
    }

    private String describe() {
        int first = settings.portStart();
        int last = first + sources.size() - 1;
        return sources.size() + (sources.size() == 1 ? " stream" : " streams") + " on "
                + settings.transportProtocol().name() + " port"
                + (first == last ? " " + first : "s " + first + "-" + last);
    }

    private PacketSource openUdp(String host, int port) throws IOException {
        UdpSourceOptions options = UdpSourceOptions.DEFAULT
                .withMaxPacketBytes(settings.maxPacketBytes())
                .withInterfaceName(settings.networkInterface().orElse(""))
                .withForceBuffer(settings.forceBuffer());
        int wanted = settings.socketBufferBytes().orElse(options.receiveBufferBytes());
        UdpSourceOptions asked = options.withReceiveBufferBytes(wanted);
        PacketSource source = inBatches ? new LinuxUdpSource(host, port, asked) : new UdpSource(host, port, asked);
        checkBuffer(wanted, source.effectiveBufferBytes());
        if (sources.isEmpty()) {
            LOG.info(
                    "datagrams come {} a system call, each socket has a buffer of {} bytes",
                    inBatches ? "many" : "one",
                    source.effectiveBufferBytes());
        }
        return source;
    }

    /**
     * Whether the transport of datagrams is linux.
     *
     * @throws SettingsException when it is asked for and cannot be had
     */
    static boolean receivesInBatches(ReceptionSettings settings) {
        if (settings.socketTransport() == SocketTransport.NIO) {
            return false;
        }
        Optional<String> missing = LinuxUdp.unavailability();
        if (missing.isPresent() && settings.socketTransport() == SocketTransport.LINUX) {
            throw new SettingsException(
                    "reception.transport = linux cannot be had: " + missing.get() + "; auto or nio works without");
        }
        return missing.isEmpty();
    }

    private PacketSource openTcp(String host, int port) throws IOException {
        int wanted = settings.socketBufferBytes().orElse(TcpSource.SYSTEM_BUFFER);
        TcpSource source = TcpSource.listen(host, port, wanted);
        checkBuffer(wanted, source.effectiveReceiveBufferBytes());
        int stream = sources.size();
        return new FramedSource(
                source, settings.maxPacketBytes(), sentence -> LOG.warn("stream {}: {}", stream, sentence));
    }

    private void checkBuffer(int wanted, int granted) {
        if (granted < wanted && sources.isEmpty()) {
            LOG.warn(
                    "the kernel grants a socket buffer of {} bytes where {} were asked for; to allow more:"
                            + " sysctl -w net.core.rmem_max={}",
                    granted,
                    wanted,
                    wanted);
        }
    }

    /** Each socket's losses are in the statistics of its stream. */
    @Override
    public Optional<String> damage() {
        return Optional.empty();
    }

    /** Idempotent. */
    @Override
    public void close() {
        for (PacketSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                LOG.warn("{}: {}", source.describe(), e.getMessage());
            }
        }
    }
}
