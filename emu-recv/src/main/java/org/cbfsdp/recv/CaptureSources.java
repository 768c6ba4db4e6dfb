package org.cbfsdp.recv;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;
import org.spead.transport.PacketSource;
import org.spead.transport.pcap.PcapPorts;

/**
 * One capture file for all streams. Nothing is lost here by being late: the file is read no faster than rings, memory and
 * consumers allow.
 */
final class CaptureSources implements StreamSources {
    private static final Logger LOG = LogManager.getLogger(CaptureSources.class);

    private final PcapPorts ports;
    private final int streamCount;

    CaptureSources(ReceptionSettings settings, int streamCount) throws IOException {
        this.ports = new PcapPorts(settings.pcapFile().orElseThrow(), settings.portStart(), streamCount);
        this.streamCount = streamCount;
    }

    @Override
    public PacketSource source(int stream) {
        return ports.source(stream);
    }

    @Override
    public HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier consumersBusy) {
        return new WaitingSink(new DrainingSink(ring), buffers, consumersBusy, () -> ports.ignore(stream));
    }

    /** What is left out cannot be said to be any stream's; it is logged for the file. */
    @Override
    public long kernelDrops(int stream) {
        return 0;
    }

    @Override
    public long refusedPackets(int stream) {
        return 0;
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
        String skipped = ports.counters().describeSkipped();
        if (!skipped.isEmpty()) {
            LOG.info(
                    "{}: {} packets taken; left out: {}",
                    ports.describe(),
                    ports.counters().packets(),
                    skipped);
        }
        try {
            ports.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", ports.describe(), e.getMessage());
        }
    }

    /**
     * Has no room while the heaps that consumers have not taken yet fill most of the memory. Heaps that wait for nothing
     * but further packets do not count: to wait for those would be for ever.
     */
    private record WaitingSink(DrainingSink ring, BufferPool buffers, BooleanSupplier consumersBusy, Runnable onEnd)
            implements HeapSink {
        @Override
        public boolean hasRoom() {
            boolean memoryIsShort = buffers.lentBytes() > buffers.boundBytes() / 4 * 3;
            return ring.hasRoom() && !(memoryIsShort && consumersBusy.getAsBoolean());
        }

        @Override
        public void heap(Heap heap) {
            ring.heap(heap);
        }

        @Override
        public void incompleteHeap(IncompleteHeap heap) {
            ring.incompleteHeap(heap);
        }

        @Override
        public void endOfStream() {
            onEnd.run();
            ring.endOfStream();
        }

        @Override
        public long droppedHeaps() {
            return ring.droppedHeaps();
        }

        @Override
        public long blockedCount() {
            return ring.blockedCount();
        }
    }
}
