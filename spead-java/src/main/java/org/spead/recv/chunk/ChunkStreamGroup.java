package org.spead.recv.chunk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.spead.recv.FaultListener;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketSource;

/**
 * Several streams that fill one sequence of chunks, each a part of every chunk. Thread-safe.
 *
 * <p>Each member is an agent for a thread of its own: on a common thread one could wait for the other for ever. No two
 * members may place heaps on the same bytes or flags. Members are added before any of them runs.
 *
 * <p>The network ends members one by one; a member that has ended holds nobody up, and the sink is told of the end after the
 * last. The user's stop of any member stops all, as does a member whose duty cycle throws.
 */
public final class ChunkStreamGroup {
    private final ChunkGroupConfig config;
    private final SharedWindow window;
    private final List<ChunkReceiveStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile boolean begun;

    /** A group without members; its source and sink are called for one member at a time. */
    public ChunkStreamGroup(ChunkGroupConfig config, ChunkSource source, ChunkSink sink) {
        this.config = config;
        this.window = new SharedWindow(config, source, sink);
    }

    /** Adds a member that tells nobody of its faults but its counters. */
    public ChunkReceiveStream addStream(
            ReceiveConfig receive, ChunkConfig chunks, List<? extends PacketSource> sources) {
        return addStream(receive, chunks, sources, FaultListener.NONE, System::nanoTime);
    }

    /**
     * Adds a member.
     *
     * @param chunks with at most as many chunks as the group has
     * @throws IllegalStateException when a member has already begun to receive
     */
    public ChunkReceiveStream addStream(
            ReceiveConfig receive,
            ChunkConfig chunks,
            List<? extends PacketSource> sources,
            FaultListener listener,
            LongSupplier nanoClock) {
        if (begun) {
            throw new IllegalStateException("stream " + receive.streamId() + " was added to a group that is receiving");
        }
        if (chunks.maxChunks() > config.maxChunks()) {
            throw new IllegalArgumentException("stream " + receive.streamId() + " has a window of " + chunks.maxChunks()
                    + " chunks, its group one of " + config.maxChunks());
        }
        MemberWindow member = new MemberWindow(window, receive.streamId(), chunks.maxChunks());
        int slots = receive.maxHeaps() * receive.substreams();
        ChunkFiller filler = new ChunkFiller(chunks, slots, member, window, this::stop);
        ChunkReceiveStream stream =
                new ChunkReceiveStream(receive.withStats(chunks.stats()), sources, filler, this, listener, nanoClock);
        window.add(member);
        streams.add(stream);
        return stream;
    }

    /** The members, in the order they were added. */
    public List<ChunkReceiveStream> streams() {
        return List.copyOf(streams);
    }

    /** Asks all members to end now, whatever is under way. Idempotent. */
    public void stop() {
        if (stopped.compareAndSet(false, true)) {
            window.stop();
            streams.forEach(ChunkReceiveStream::stop);
        }
    }

    /** Whether all members have ended. */
    public boolean isEnded() {
        return streams.stream().allMatch(ChunkReceiveStream::isEnded);
    }

    /** Some member runs: no more can be added. */
    void begin() {
        if (!begun) {
            begun = true;
        }
    }
}
