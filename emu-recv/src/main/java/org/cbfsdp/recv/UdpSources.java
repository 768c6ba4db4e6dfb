package org.cbfsdp.recv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSource;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.nio.UdpSourceOptions;

/** A UDP socket for each stream, at consecutive ports. */
final class UdpSources implements StreamSources {
    private static final Logger LOG = LogManager.getLogger(UdpSources.class);

    private final int firstPort;
    private final List<UdpSource> sources = new ArrayList<>();

    private UdpSources(int firstPort) {
        this.firstPort = firstPort;
    }

    /** Binds all sockets, or none. */
    static UdpSources open(ReceptionSettings settings, int streamCount) throws IOException {
        UdpSources opened = new UdpSources(settings.portStart());
        try {
            for (int i = 0; i < streamCount; i++) {
                opened.add(settings, settings.portStart() + i);
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void add(ReceptionSettings settings, int port) throws IOException {
        UdpSourceOptions options = UdpSourceOptions.DEFAULT.withMaxPacketBytes(settings.maxPacketBytes());
        if (settings.socketBufferBytes().isPresent()) {
            options =
                    options.withReceiveBufferBytes(settings.socketBufferBytes().getAsInt());
        }
        UdpSource source = new UdpSource(settings.bindHost().orElse(""), port, options);
        sources.add(source);
        int granted = source.effectiveReceiveBufferBytes();
        if (granted < options.receiveBufferBytes() && sources.size() == 1) {
            LOG.warn(
                    "the kernel grants a socket buffer of {} bytes where {} were asked for; to allow more:"
                            + " sysctl -w net.core.rmem_max={}",
                    granted,
                    options.receiveBufferBytes(),
                    options.receiveBufferBytes());
        }
    }

    @Override
    public PacketSource source(int stream) {
        return sources.get(stream);
    }

    @Override
    public HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier consumersBusy) {
        return new DrainingSink(ring);
    }

    @Override
    public long refusedPackets(int stream) {
        return sources.get(stream).refusedPackets();
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
        int last = firstPort + sources.size() - 1;
        return "Ready: receiving " + sources.size() + (sources.size() == 1 ? " stream" : " streams") + " on UDP port"
                + (firstPort == last ? " " + firstPort : "s " + firstPort + "-" + last);
    }

    @Override
    public void close() {
        for (UdpSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                LOG.warn("{}: {}", source.describe(), e.getMessage());
            }
        }
    }
}
