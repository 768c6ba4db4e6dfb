package org.spead.recv;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.spead.agent.Agent;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Receives one stream: packets from its sources become heaps in its sink.
 *
 * <p>An agent; its methods are its thread's, except {@link #stop()}, {@link #stats()}, {@link #failure()} and {@link
 * #isEnded()}, which are anybody's. It ends
 *
 * <ul>
 *   <li>by the network: a stop item, the end of a source, or the failure of one (the first of several ends all). Live
 *       heaps are given up to the sink, which then is told of the end and may be drained;
 *   <li>by the user: {@link #stop()}, or the end of its runner. The sink is stopped first, so nobody waits; what is still
 *       under assembly is lost.
 * </ul>
 *
 * <p>Sources are closed by whoever opened them, after the runner has ended.
 */
public final class ReceiveStream implements Agent {
    /** With a smaller buffer a source is looked at once more before a pause, as others of the thread may have been served meanwhile. */
    private static final int LEAST_GATHERING_BYTES = 1 << 21;

    /** The longest pause when the sink has no room. */
    private static final long ROOM_NANOS = 1_000_000;

    private final ReceiveConfig config;
    private final PacketSource[] sources;
    private final PacketBatch[] batches;
    private final String[] descriptions;
    private final HeapSink sink;
    private final PacketIntake intake;
    private final LongSupplier nanoClock;
    private final Gathering gathering;
    private final boolean pausesWhenEmptied;
    private boolean waitsForRoom;
    private volatile boolean userStopped;
    private volatile boolean ended;
    private volatile IOException failure;

    /** A stream that tells nobody of its faults but its counters. */
    public ReceiveStream(
            ReceiveConfig config, List<? extends PacketSource> sources, HeapSink sink, BufferPool buffers) {
        this(config, sources, sink, buffers, FaultListener.NONE, System::nanoTime);
    }

    /**
     * Makes a stream; nothing is received before the first duty cycle.
     *
     * @param sources at least one; each packet must fill its datagram, or have been found by a {@link FramedSource}
     * @param buffers payload memory, which several streams may share
     * @param nanoClock paces the listener, and measures the rate of late
     */
    public ReceiveStream(
            ReceiveConfig config,
            List<? extends PacketSource> sources,
            HeapSink sink,
            BufferPool buffers,
            FaultListener listener,
            LongSupplier nanoClock) {
        this(config, sources, sink, buffers, listener, nanoClock, PacketSource::newBatch);
    }

    /**
     * The same with batches that are others' as well: what one call received is in heaps before the next call, so one batch serves all
     * streams of a thread.
     *
     * @param batches what each source receives into, as large as {@link PacketSource#newBatch()} makes it
     */
    public ReceiveStream(
            ReceiveConfig config,
            List<? extends PacketSource> sources,
            HeapSink sink,
            BufferPool buffers,
            FaultListener listener,
            LongSupplier nanoClock,
            Function<? super PacketSource, PacketBatch> batches) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("stream " + config.streamId() + " needs a packet source");
        }
        this.config = config;
        this.sources = sources.toArray(PacketSource[]::new);
        this.batches = new PacketBatch[this.sources.length];
        this.descriptions = new String[this.sources.length];
        for (int i = 0; i < this.sources.length; i++) {
            this.batches[i] = batches.apply(this.sources[i]);
            descriptions[i] = this.sources[i].describe();
        }
        this.sink = sink;
        this.intake = new PacketIntake(config, buffers, sink, listener, nanoClock);
        this.nanoClock = nanoClock;
        int bufferBytes = smallestBufferBytes(sources);
        this.gathering = new Gathering(bufferBytes, nanoClock.getAsLong());
        this.pausesWhenEmptied = config.receiveTimeoutNanos() == 0 && bufferBytes >= LEAST_GATHERING_BYTES;
    }

    private static int smallestBufferBytes(List<? extends PacketSource> sources) {
        int smallest = Integer.MAX_VALUE;
        for (PacketSource source : sources) {
            try {
                smallest = Math.min(smallest, source.effectiveBufferBytes());
            } catch (IOException e) {
                // A source that is lost says so when it is read.
                return 0;
            }
        }
        return smallest;
    }

    @Override
    public String roleName() {
        return "recv-" + config.streamId();
    }

    /**
     * Receives at most one batch from each source. Waits for packets only when there is a single source.
     *
     * @return packets of sources that may have more now; 0 is a pause, in which what comes next may gather
     */
    @Override
    public int doWork() {
        if (userStopped) {
            end();
        }
        waitsForRoom = !ended && !sink.hasRoom();
        if (waitsForRoom) {
            intake.publish();
            return 0;
        }
        int packets = 0;
        for (int i = 0; i < batches.length && !ended; i++) {
            packets += receive(i);
        }
        return ended ? DONE : packets;
    }

    /** How long packets may gather in the system's buffer: see {@link Gathering}; shorter when the sink has no room, as it soon may. */
    @Override
    public long nanosUntilDue() {
        long pauseNanos = gathering.pauseNanos(intake.bytes(), nanoClock.getAsLong());
        return waitsForRoom ? Math.min(pauseNanos, ROOM_NANOS) : pauseNanos;
    }

    /** Ends the stream as by {@link #stop()} unless it has ended. */
    @Override
    public void onClose() {
        if (!ended) {
            stop();
            end();
        }
    }

    /** Asks the stream to end now, whatever is under way. Thread-safe, idempotent. */
    public void stop() {
        userStopped = true;
        sink.stop();
        for (PacketSource source : sources) {
            source.wake();
        }
    }

    /** The stream's counters. Thread-safe. */
    public StreamStats stats() {
        return intake.stats();
    }

    /** Why the stream ended, when a source was lost. Thread-safe. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the stream has ended, and has delivered all it will. Thread-safe. */
    public boolean isEnded() {
        return ended;
    }

    private int receive(int index) {
        PacketSource source = sources[index];
        long timeoutNanos = batches.length == 1 ? config.receiveTimeoutNanos() : 0;
        int received;
        try {
            received = source.receive(batches[index], timeoutNanos);
        } catch (IOException e) {
            failure = e;
            intake.sourceLost(descriptions[index], e);
            end();
            return 0;
        }
        if (received == PacketSource.END) {
            end();
            return 0;
        }
        if (received > 0) {
            take(batches[index], descriptions[index]);
            return pausesWhenEmptied && source.wasEmptied() ? 0 : received;
        } else if (intake.countLosses(sources)) {
            intake.publish();
        }
        return 0;
    }

    private void take(PacketBatch batch, String description) {
        int count = batch.count();
        for (int i = 0; i < count && !intake.isStopped(); i++) {
            intake.datagram(batch.buffer(), batch.offset(i), batch.length(i), description);
        }
        intake.countLosses(sources);
        intake.endBatch(count);
        if (intake.isStopped()) {
            end();
        }
    }

    private void end() {
        intake.countKernelDrops(sources);
        intake.countLosses(sources);
        try {
            intake.end();
        } finally {
            ended = true;
        }
    }
}
