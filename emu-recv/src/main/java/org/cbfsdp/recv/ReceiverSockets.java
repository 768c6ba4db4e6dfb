package org.cbfsdp.recv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.recv.BufferPool;
import org.spead.recv.FramedSource;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSource;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.nio.UdpSourceOptions;
import org.spead.transport.tcp.TcpSource;

/**
 * The sockets of a reception, one a stream: opens and closes them. Used by the main thread.
 */
final class ReceiverSockets implements StreamSources {
    private static final Logger LOG = LogManager.getLogger(ReceiverSockets.class);

    private final ReceptionSettings settings;
    private final List<PacketSource> sources = new ArrayList<>();

    private ReceiverSockets(ReceptionSettings settings) {
        this.settings = settings;
    }

    /**
     * Binds all sockets, or none.
     *
     * @throws IOException naming the stream and the settings when one cannot be bound
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
                    e.getMessage() + " (stream " + opened.sources.size()
                            + ": reception.bind_hostname, reception.receiver_port_start)",
                    e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    @Override
    public PacketSource source(int stream) {
        return sources.get(stream);
    }

    @Override
    public HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier consumersBusy) {
        DrainingSink sink = new DrainingSink(ring);
        return settings.transportProtocol() == TransportProtocol.TCP ? new FrugalSink(sink, buffers) : sink;
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
                .withInterfaceName(settings.networkInterface().orElse(""));
        int wanted = settings.socketBufferBytes().orElse(options.receiveBufferBytes());
        UdpSource source = new UdpSource(host, port, options.withReceiveBufferBytes(wanted));
        checkBuffer(wanted, source.effectiveReceiveBufferBytes());
        return source;
    }

    private PacketSource openTcp(String host, int port) throws IOException {
        int wanted = settings.socketBufferBytes().orElse(TcpSource.SYSTEM_BUFFER);
        TcpSource source = TcpSource.listen(host, port, wanted);
        checkBuffer(wanted, source.effectiveReceiveBufferBytes());
        return new FramedSource(source, settings.maxPacketBytes());
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

    /** Packets that the socket of a stream left out. */
    @Override
    public long refusedPackets(int stream) {
        return sources.get(stream).refusedPackets();
    }

    /** Says where bytes were no packets, which is in nobody's account, and closes all. Idempotent. */
    @Override
    public void close() {
        for (PacketSource source : sources) {
            if (source instanceof FramedSource framed && framed.badHeaders() > 0) {
                LOG.warn(
                        "{}: {} words of 8 bytes were passed over because no packet begins there",
                        framed.describe(),
                        framed.badHeaders());
            }
            try {
                source.close();
            } catch (IOException e) {
                LOG.warn("{}: {}", source.describe(), e.getMessage());
            }
        }
    }
}
