package org.cbfsdp.recv.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.BugCompat;
import org.spead.item.ItemGroup;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.StreamStat;
import org.spead.transport.PacketSource;

/**
 * Receives streams, one a source, until each has ended, and prints their heaps as they come. Used by the main thread;
 * {@link #stop()} may be called from any.
 */
public final class HeapDump {
    private static final long MEMORY_BYTES = 1L << 29;

    /** The counters that are shown: those that spead2 has. */
    private static final List<StreamStat> SHOWN = List.of(
            StreamStat.HEAPS,
            StreamStat.INCOMPLETE_HEAPS_EVICTED,
            StreamStat.INCOMPLETE_HEAPS_FLUSHED,
            StreamStat.PACKETS,
            StreamStat.BATCHES,
            StreamStat.MAX_BATCH,
            StreamStat.SINGLE_PACKET_HEAPS,
            StreamStat.SEARCH_DIST,
            StreamStat.WORKER_BLOCKED);

    private final HeapPrinter printer;
    private final boolean showsIncomplete;
    private final List<ReceiveStream> streams = new ArrayList<>();
    private final List<Throwable> faults = new ArrayList<>();

    /**
     * Prepares a dump.
     *
     * @param sources one a stream; they stay the caller's to close
     * @param showsIncomplete whether heaps with gaps are printed too
     */
    public HeapDump(
            ReceiveConfig config, List<? extends PacketSource> sources, HeapPrinter printer, boolean showsIncomplete) {
        this.printer = printer;
        this.showsIncomplete = showsIncomplete;
        BufferPool buffers = new BufferPool(MEMORY_BYTES);
        for (PacketSource source : sources) {
            streams.add(new ReceiveStream(config, List.of(source), new PrintingSink(config.bugCompat()), buffers));
        }
    }

    /** Asks all streams to end now. Thread-safe, idempotent. */
    public void stop() {
        streams.forEach(ReceiveStream::stop);
    }

    /**
     * Receives and prints, the counters at last.
     *
     * @throws IOException when a source was lost
     */
    public void run() throws IOException, InterruptedException {
        try (AgentRunner runner = new AgentRunner("dump", streams, IdleStrategy.backoff(), this::fail)) {
            runner.start();
            runner.join();
        }
        printer.stats(stats());
        for (ReceiveStream stream : streams) {
            if (stream.failure().isPresent()) {
                throw stream.failure().get();
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("the receiver failed", faults.get(0));
        }
    }

    private void fail(Agent agent, Throwable cause) {
        faults.add(cause);
        stop();
    }

    private Map<String, Long> stats() {
        Map<String, Long> total = new LinkedHashMap<>();
        for (StreamStat stat : SHOWN) {
            for (ReceiveStream stream : streams) {
                long value = stream.stats().get(stat);
                total.merge(stat.statName(), value, stat == StreamStat.MAX_BATCH ? Long::max : Long::sum);
            }
        }
        return total;
    }

    /** Prints the heaps of one stream. Confined to the receiving thread. */
    private final class PrintingSink implements HeapSink {
        private final ItemGroup items;

        private PrintingSink(BugCompat bugCompat) {
            items = new ItemGroup(bugCompat);
        }

        @Override
        public void heap(Heap heap) {
            try (heap) {
                printer.heap(heap, items);
            }
            stopIfBroken();
        }

        @Override
        public void incompleteHeap(IncompleteHeap heap) {
            if (showsIncomplete) {
                printer.incompleteHeap(heap);
                stopIfBroken();
            }
        }

        private void stopIfBroken() {
            if (printer.isBroken()) {
                HeapDump.this.stop();
            }
        }
    }
}
