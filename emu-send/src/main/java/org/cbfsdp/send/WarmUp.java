package org.cbfsdp.send;

import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SocketTransport;
import org.cbfsdp.settings.TransmissionSettings;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdp;
import org.spead.transport.linux.LinuxUdpSink;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;

/**
 * Practises sending before the first heap: sends heaps to a loopback socket of its own, which nobody reads, until the virtual machine
 * has compiled what every packet goes through. A sender that starts cold falls behind its rate, and what it then makes good is
 * a burst to its receiver. Run by the main thread; leaves nothing behind.
 */
final class WarmUp {
    private static final Logger LOG = LogManager.getLogger(WarmUp.class);
    private static final String HERE = "127.0.0.1";
    private static final int CHANNELS = 4;
    private static final int BASELINES = 2080;
    private static final int POLARISATIONS = 4;
    private static final int LARGEST_DATAGRAM = 65_507;

    /** A limit, so that its code is practised too, but one that never holds anything up. */
    private static final long RATE = 1L << 50;

    private WarmUp() {}

    /** Practises for as long as the settings say. */
    static void run(TransmissionSettings transmission) {
        boolean inBatches = transmission.socketTransport() != SocketTransport.NIO
                && LinuxUdp.unavailability().isEmpty();
        UdpSourceOptions unread = UdpSourceOptions.DEFAULT.withReceiveBufferBytes(0);
        try (PacketSource source = inBatches ? new LinuxUdpSource(HERE, 0, unread) : new UdpSource(HERE, 0, unread);
                PacketSink sink = sink(source, inBatches)) {
            SendConfig config = SendConfig.builder()
                    .maxPacketBytes(Math.min(transmission.maxPacketBytes(), LARGEST_DATAGRAM))
                    .rateBytesPerSecond(RATE)
                    .build();
            send(new SendStream("warm-up", config, sink), transmission.warmUpNanos());
        } catch (IOException e) {
            LOG.debug("not warmed up: {}", e.getMessage());
        }
    }

    private static void send(SendStream stream, long nanos) throws IOException {
        IcdHeapEncoder encoder = new IcdHeapEncoder(
                new ChannelRange(0, CHANNELS), BASELINES, POLARISATIONS, new IcdConstants(0, 0, 1, 1, 0));
        IcdHeapEncoder.IcdHeap heap = encoder.newHeap();
        long begin = System.nanoTime();
        long ticks = 0;
        while (System.nanoTime() - begin < nanos) {
            ticks++;
            heap.setTimestamp(ticks);
            stream.sendHeap(heap.heap());
        }
        LOG.debug("warmed up with {} heaps", ticks);
    }

    private static PacketSink sink(PacketSource source, boolean inBatches) throws IOException {
        return inBatches
                ? new LinuxUdpSink(HERE, ((LinuxUdpSource) source).port(), UdpSinkOptions.DEFAULT)
                : new UdpSink(HERE, ((UdpSource) source).port(), UdpSinkOptions.DEFAULT);
    }
}
