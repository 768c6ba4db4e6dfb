package org.spead.recv.chunk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.FaultListener;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.StreamStats;
import org.spead.transport.PacketSource;

/**
 * Receives one stream into chunks: a {@link ReceiveStream} whose heaps have places instead of memory of their own.
 *
 * <p>An agent; which packets make a heap, how it ends, and whose thread may call what is as said there. Unsized heaps are
 * refused whatever the configuration says. When the network ends the stream the chunks of the window are delivered, in order, and
 * the sink is told. When the user ends it the source and the sink are stopped first, and with a member of a group the whole
 * group.
 */
public final class ChunkReceiveStream implements Agent {
    /** Heaps hold no payload, so this pool never has to lend anything. */
    private static final long NO_PAYLOAD_BYTES = 1;

    private final ReceiveStream stream;
    private final ChunkFiller filler;
    private final ChunkStreamGroup group;

    ChunkReceiveStream(
            ReceiveConfig config,
            List<? extends PacketSource> sources,
            ChunkFiller filler,
            ChunkStreamGroup group,
            FaultListener listener,
            LongSupplier nanoClock) {
        this.filler = filler;
        this.group = group;
        this.stream = new ReceiveStream(config, sources, filler, new BufferPool(NO_PAYLOAD_BYTES), listener, nanoClock);
    }

    /** A stream that fills chunks alone and tells nobody of its faults but its counters. */
    public static ChunkReceiveStream alone(
            ReceiveConfig config,
            ChunkConfig chunks,
            List<? extends PacketSource> sources,
            ChunkSource source,
            ChunkSink sink) {
        return alone(config, chunks, sources, source, sink, FaultListener.NONE, System::nanoTime);
    }

    /**
     * Makes a stream that fills chunks alone; nothing is received before the first duty cycle.
     *
     * @param source where chunks come from; the same object as the sink when chunks go round {@link ChunkRings}
     * @param nanoClock paces the listener
     */
    public static ChunkReceiveStream alone(
            ReceiveConfig config,
            ChunkConfig chunks,
            List<? extends PacketSource> sources,
            ChunkSource source,
            ChunkSink sink,
            FaultListener listener,
            LongSupplier nanoClock) {
        ChunkGroupConfig window =
                new ChunkGroupConfig(chunks.maxChunks(), EvictionMode.LOSSY, chunks.deliverEmptyChunks());
        return new ChunkStreamGroup(window, source, sink).addStream(config, chunks, sources, listener, nanoClock);
    }

    @Override
    public String roleName() {
        return stream.roleName();
    }

    @Override
    public void onStart() {
        group.begin();
        stream.onStart();
    }

    @Override
    public int doWork() {
        group.begin();
        try {
            return stream.doWork();
        } finally {
            filler.pause();
        }
    }

    @Override
    public long nanosUntilDue() {
        return stream.nanosUntilDue();
    }

    @Override
    public void onClose() {
        stream.onClose();
    }

    /** Asks the stream, and its whole group, to end now, whatever is under way. Thread-safe, idempotent. */
    public void stop() {
        stream.stop();
    }

    /** What every stream counts, each {@link ChunkStat}, and what the placement counts, by name. Thread-safe. */
    public StreamStats stats() {
        return stream.stats();
    }

    /** Why the stream ended, when a source was lost. Thread-safe. */
    public Optional<IOException> failure() {
        return stream.failure();
    }

    /** Whether the stream has ended. Thread-safe. */
    public boolean isEnded() {
        return stream.isEnded();
    }
}
