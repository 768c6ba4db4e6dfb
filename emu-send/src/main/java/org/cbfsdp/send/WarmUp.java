package org.cbfsdp.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdpSink;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.tcp.TcpSink;
import org.spead.transport.tcp.TcpSinkOptions;
import org.spead.transport.tcp.TcpSource;

/**
 * Practises sending before the first heap: sends heaps to a loopback socket of its own until the virtual machine
 * has compiled what every packet goes through. A sender that starts cold falls behind its rate, and what it then makes good is
 * a burst to its receiver. Run by the main thread; the sockets are closed then, and the memory is left to the garbage collector.
 */
final class WarmUp {
    private static final Logger LOG = LogManager.getLogger(WarmUp.class);
    private static final String HERE = "127.0.0.1";
    private static final int CHANNELS = 4;
    private static final int BASELINES = 2080;
    private static final int POLARISATIONS = 4;
    private static final int LARGEST_DATAGRAM = 65_507;
    private static final int TAKEN_BYTES = 1 << 18;

    /** A limit, so that its code is practised too, but one that never holds anything up. */
    private static final long RATE = 1L << 50;

    private WarmUp() {}

    /**
     * Practises for as long as the settings say, or until stopped. What fails here fails nothing else.
     *
     * @return how many heaps were sent
     * @throws org.cbfsdp.settings.SettingsException when the transport that is asked for cannot be had
     */
    static long run(TransmissionSettings transmission, BooleanSupplier stopped) {
        boolean tcp = transmission.transportProtocol() == TransportProtocol.TCP;
        boolean inBatches = !tcp && SinkFactory.sendsInBatches(transmission);
        try {
            return tcp ? overTcp(transmission, stopped) : overUdp(transmission, inBatches, stopped);
        } catch (IOException | RuntimeException e) {
            LOG.debug("not warmed up: {}", e.getMessage(), e);
            return 0;
        }
    }

    /** To a socket that nobody reads. */
    private static long overUdp(TransmissionSettings transmission, boolean inBatches, BooleanSupplier stopped)
            throws IOException {
        UdpSourceOptions unread = UdpSourceOptions.DEFAULT.withReceiveBufferBytes(0);
        try (PacketSource source = inBatches ? new LinuxUdpSource(HERE, 0, unread) : new UdpSource(HERE, 0, unread);
                PacketSink sink = sink(source, inBatches)) {
            int packetBytes = Math.min(transmission.maxPacketBytes(), LARGEST_DATAGRAM);
            return send(stream(packetBytes, sink), transmission.warmUpNanos(), stopped, () -> {});
        }
    }

    /** To a connection that is emptied in between, as it takes no more than its buffers hold. */
    private static long overTcp(TransmissionSettings transmission, BooleanSupplier stopped) throws IOException {
        ByteBuffer taken = ByteBuffer.allocateDirect(TAKEN_BYTES);
        try (TcpSource source = TcpSource.listen(HERE, 0, TcpSource.SYSTEM_BUFFER);
                TcpSink sink = new TcpSink(HERE, source.port(), TcpSinkOptions.DEFAULT)) {
            return send(
                    stream(transmission.maxPacketBytes(), sink),
                    transmission.warmUpNanos(),
                    stopped,
                    () -> source.read(taken.clear(), 0));
        }
    }

    private static SendStream stream(int packetBytes, PacketSink sink) {
        SendConfig config = SendConfig.builder()
                .maxPacketBytes(packetBytes)
                .rateBytesPerSecond(RATE)
                .build();
        return new SendStream("warm-up", config, sink);
    }

    /** Makes room for what is sent next. */
    @FunctionalInterface
    private interface Emptying {
        void run() throws IOException;
    }

    private static long send(SendStream stream, long nanos, BooleanSupplier stopped, Emptying emptying)
            throws IOException {
        IcdHeapEncoder encoder = new IcdHeapEncoder(
                new ChannelRange(0, CHANNELS), BASELINES, POLARISATIONS, new IcdConstants(0, 0, 1, 1, 0));
        IcdHeapEncoder.IcdHeap heap = encoder.newHeap();
        long end = System.nanoTime() + nanos;
        long heaps = 0;
        while (stream.isDrained() && System.nanoTime() - end < 0 && !stopped.getAsBoolean()) {
            heaps++;
            heap.setTimestamp(heaps);
            stream.offer(heap.heap(), (done, bytesSent, error) -> {});
            do {
                stream.doWork();
                emptying.run();
            } while (!stream.isDrained() && System.nanoTime() - end < 0);
        }
        stream.onClose();
        LOG.debug("warmed up with {} heaps", heaps);
        return heaps;
    }

    private static PacketSink sink(PacketSource source, boolean inBatches) throws IOException {
        return inBatches
                ? new LinuxUdpSink(HERE, ((LinuxUdpSource) source).port(), UdpSinkOptions.DEFAULT)
                : new UdpSink(HERE, ((UdpSource) source).port(), UdpSinkOptions.DEFAULT);
    }
}
