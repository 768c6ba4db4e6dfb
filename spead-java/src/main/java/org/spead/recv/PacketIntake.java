package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketFault;
import org.spead.packet.PacketHeader;
import org.spead.transport.PacketSource;

/**
 * What every reader of a stream does with a packet: decode, count, assemble, report; and what it does at the end.
 * Confined to the receive thread, except for {@link #stats()}.
 */
final class PacketIntake {
    /** How often the system is asked what it dropped: it takes a system call a source. */
    private static final long ASK_NANOS = 100_000_000;

    private final PacketHeader header = new PacketHeader();
    private final StreamStats stats;
    private final HeapSink sink;
    private final HeapAssembler assembler;
    private final FaultReporter reporter;
    private final LongSupplier nanoClock;
    private long sourceLosses;
    private long kernelDrops;
    private long kernelDropsAskedNanos;
    private boolean ended;

    PacketIntake(
            ReceiveConfig config, BufferPool buffers, HeapSink sink, FaultListener listener, LongSupplier nanoClock) {
        this.sink = sink;
        this.nanoClock = nanoClock;
        this.kernelDropsAskedNanos = nanoClock.getAsLong() - ASK_NANOS;
        this.stats = new StreamStats(config.customStats());
        this.assembler = new HeapAssembler(config, buffers, sink, stats);
        this.reporter = new FaultReporter(listener, nanoClock);
        sink.recordsTo(stats.recorder());
    }

    /** The stream's counters; may be read by any thread. */
    StreamStats stats() {
        return stats;
    }

    /** Bytes of all packets so far; for the receive thread. */
    long bytes() {
        return stats.counted(StreamStat.BYTES);
    }

    /** Takes a packet that must fill {@code length} exactly, as in a datagram. */
    void datagram(ByteBuffer block, int offset, int length, String source) {
        int size = PacketDecoder.decode(block, offset, length, header);
        if (size < 0) {
            refuse(PacketFault.of(size), source);
        } else if (size != length) {
            refuse(PacketFault.TRAILING_BYTES, source);
        } else {
            assemble(block, size, source);
        }
    }

    /**
     * Takes the packet that begins at {@code offset}.
     *
     * @return its size, or the code of a fault
     */
    int next(ByteBuffer block, int offset, int length, String source) {
        int size = PacketDecoder.decode(block, offset, length, header);
        if (size < 0) {
            refuse(PacketFault.of(size), source);
        } else {
            assemble(block, size, source);
        }
        return size;
    }

    /** Whether a stop item has ended the stream. */
    boolean isStopped() {
        return assembler.isStopped();
    }

    /** Counts a batch and shows all counters to other threads. */
    void endBatch(int packets) {
        stats.add(StreamStat.BATCHES, 1);
        stats.max(StreamStat.MAX_BATCH, packets);
        publish();
    }

    /** Counts what sources have left out so far; returns whether that is more than before. Shown with the next batch. */
    boolean countLosses(PacketSource[] sources) {
        long refused = 0;
        long empty = 0;
        long skipped = 0;
        long truncated = 0;
        for (PacketSource source : sources) {
            refused += source.refusedPackets();
            empty += source.emptyPackets();
            skipped += source.skippedBytes();
            truncated += source.truncatedPackets();
        }
        stats.set(StreamStat.SOURCE_REFUSED_PACKETS, refused);
        stats.set(StreamStat.SOURCE_EMPTY_PACKETS, empty);
        stats.set(StreamStat.SOURCE_SKIPPED_BYTES, skipped);
        stats.set(StreamStat.SOURCE_TRUNCATED_PACKETS, truncated);
        if (nanoClock.getAsLong() - kernelDropsAskedNanos >= ASK_NANOS) {
            countKernelDrops(sources);
        }
        long before = sourceLosses;
        sourceLosses = refused + skipped + truncated + kernelDrops;
        return sourceLosses != before;
    }

    /** Counts what the system has dropped so far before it reached the sources. */
    void countKernelDrops(PacketSource[] sources) {
        kernelDropsAskedNanos = nanoClock.getAsLong();
        kernelDrops = 0;
        for (PacketSource source : sources) {
            kernelDrops += source.kernelDrops();
        }
        stats.set(StreamStat.SOURCE_KERNEL_DROPS, kernelDrops);
    }

    /** Tells the listener of a source that failed. */
    void sourceLost(String source, Exception cause) {
        reporter.sourceLost(source, cause);
    }

    /** Gives up live heaps, ends the sink, and shows all counters. Does so once. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            assembler.flush();
        } finally {
            sink.endOfStream();
            publish();
        }
        reporter.flush();
    }

    /** Shows all counters, the sink's too, to other threads. */
    void publish() {
        stats.set(StreamStat.SEARCH_DIST, assembler.searchSteps());
        stats.set(StreamStat.WORKER_BLOCKED, sink.blockedCount());
        stats.set(StreamStat.RING_DROPPED_HEAPS, sink.droppedHeaps());
        stats.publish();
    }

    private void assemble(ByteBuffer block, int size, String source) {
        stats.add(StreamStat.PACKETS, 1);
        stats.add(StreamStat.BYTES, size);
        HeapFault fault = assembler.add(block, header);
        if (fault != null) {
            reporter.heapFault(fault, stats.increment(fault), source);
        }
    }

    private void refuse(PacketFault fault, String source) {
        reporter.packetFault(fault, stats.increment(fault), source);
    }
}
