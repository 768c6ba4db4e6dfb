package org.cbfsdp.recv;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSource;
import org.spead.transport.pcap.PcapPorts;

/**
 * One capture file for all streams. Nothing is lost here by being late: the file is read no faster than rings, memory and
 * consumers allow.
 */
final class CaptureSources implements StreamSources {
    private static final Logger LOG = LogManager.getLogger(CaptureSources.class);

    private final PcapPorts ports;
    private final CaptureLosses losses;
    private final int streamCount;
    private boolean closed;

    /**
     * Opens the capture.
     *
     * @throws IOException naming the file and the setting when it cannot be used
     */
    CaptureSources(ReceptionSettings settings, int streamCount) throws IOException {
        try {
            this.ports = new PcapPorts(settings.pcapFile().orElseThrow(), settings.portStart(), streamCount);
        } catch (IOException e) {
            throw new IOException(Explanation.plain(e) + " (reception.pcap_file)", e);
        }
        this.losses = new CaptureLosses(ports.describe(), ports.counters());
        this.streamCount = streamCount;
    }

    @Override
    public PacketSource source(int stream) {
        return ports.source(stream);
    }

    @Override
    public HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier isDelivering) {
        return new DrainingSink(
                ring, () -> isShort(buffers) && isDelivering.getAsBoolean(), () -> ports.ignore(stream));
    }

    /**
     * Whether the heaps that consumers have not taken yet may fill most of the memory. Heaps that wait for nothing but
     * further packets are no reason to wait: that would be for ever.
     */
    private static boolean isShort(BufferPool buffers) {
        return buffers.lentBytes() > buffers.boundBytes() / 4 * 3;
    }

    /** What is left out cannot be said to be any stream's. */
    @Override
    public Optional<String> damage() {
        return losses.damage();
    }

    @Override
    public IdleStrategy idleStrategy() {
        return IdleStrategy.backoff();
    }

    /** All streams take turns with one file. */
    @Override
    public int threads(int wanted) {
        return 1;
    }

    @Override
    public String noun() {
        return "capture";
    }

    @Override
    public String readyLine() {
        return "Ready: receiving " + streamCount + (streamCount == 1 ? " stream" : " streams") + " from "
                + ports.describe();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        losses.leftOut().ifPresent(LOG::warn);
        try {
            ports.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", ports.describe(), e.getMessage());
        }
    }
}
