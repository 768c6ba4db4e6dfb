package org.spead.send;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.spead.agent.Agent;
import org.spead.packet.HeapPacketizer;
import org.spead.transport.PacketSink;

/**
 * Sends heaps, in the order in which they were offered, at the configured rate, to one sink or several.
 *
 * <p>An agent: {@link #doWork()} and the other agent methods belong to the thread that runs it, which also calls the
 * completions. {@code offer}, {@link #setHeapCntSequence} and {@link #finish} may be called from one other thread. A user
 * without an agent thread calls {@link #sendHeap} or {@link #sendGroup} instead, and nothing else. {@link AsyncSender} offers
 * the same with futures. The stream does not own its sinks and does not close them.
 *
 * <p><b>Substreams.</b> Each sink is a substream, named by a heap's {@link HeapReference#substream()}. They share the rate, the
 * queue and the heap counts; a sink that is full holds up the others.
 *
 * <p><b>Groups</b> of heaps are queued all or none, sent in the order of their {@link GroupMode}, and completed as one.
 *
 * <p>A packet that a sink refuses with an error is lost; the completion is told the first such error of the heap or group,
 * and sending goes on with the next packet. It counts for the rate, so that a dead sink is not hammered faster than a live
 * one.
 */
public final class SendStream implements Agent {
    /** A heap count that tells the stream to take the next of its sequence. */
    public static final long NEXT_HEAP_CNT = -1;

    /** How long a blocking sender waits for a medium that is full. */
    private static final long FULL_PARK_NANOS = 50_000;

    private final String name;
    private final LongSupplier nanoClock;
    private final HeapIntake intake;
    private final RateLimiter limiter;
    private final HeapQueue queue;
    private final PacketTurns turns;
    private final PacketOutlet[] outlets;
    private final SendStats stats = new SendStats();
    private boolean idle = true;

    private volatile boolean finishing;
    private volatile boolean closed;

    /** A stream on the system's clock. */
    public SendStream(String name, SendConfig config, PacketSink sink) {
        this(name, config, sink, System::nanoTime);
    }

    /** A stream of one substream. */
    public SendStream(String name, SendConfig config, PacketSink sink, LongSupplier nanoClock) {
        this(name, config, List.of(sink), nanoClock);
    }

    /**
     * Makes a stream.
     *
     * @param name role and stream, such as {@code send-0}
     * @param sinks one for each substream, at least one
     * @param nanoClock monotonic nanoseconds
     */
    public SendStream(String name, SendConfig config, List<? extends PacketSink> sinks, LongSupplier nanoClock) {
        if (sinks.isEmpty()) {
            throw new IllegalArgumentException("stream " + name + " needs a packet sink");
        }
        this.name = name;
        this.nanoClock = nanoClock;
        HeapPacketizer packetizer = new HeapPacketizer(config.maxPacketBytes());
        limiter = new RateLimiter(
                config.rateBytesPerSecond(), config.burstBytes(), config.burstRateRatio(), config.earlyNanos());
        queue = new HeapQueue(config.maxHeaps());
        turns = new PacketTurns(queue, packetizer.maxPacketBytes());
        outlets = sinks.stream()
                .map(sink -> new PacketOutlet(sink, packetizer.maxPacketBytes()))
                .toArray(PacketOutlet[]::new);
        intake = new HeapIntake(name, config, packetizer, queue, outlets.length);
    }

    /** Number of substreams: sinks. */
    public int substreamCount() {
        return outlets.length;
    }

    /**
     * Begins a new sequence of heap counts, for heaps offered from now on. Called by the offering thread.
     *
     * @param next not negative; counts wrap at the flavour's address width
     * @param step not 0
     */
    public void setHeapCntSequence(long next, long step) {
        intake.setHeapCntSequence(next, step);
    }

    /**
     * Queues a heap under the next heap count. Called by one thread.
     *
     * @return false when {@link SendConfig#maxHeaps()} are in flight; the heap was then not taken
     */
    public boolean offer(SendHeap heap, HeapCompletion completion) {
        return offer(heap, NEXT_HEAP_CNT, completion);
    }

    /** Queues a heap under a heap count of its own; otherwise like {@link #offer(HeapReference, HeapCompletion)}. */
    public boolean offer(SendHeap heap, long heapCnt, HeapCompletion completion) {
        return offer(heap, heapCnt, 0, HeapReference.STREAM_RATE, completion);
    }

    /**
     * Queues a heap as its reference says. Called by one thread.
     *
     * @return false when {@link SendConfig#maxHeaps()} are in flight; the heap was then not taken
     * @throws IllegalArgumentException when the count or the length with padding exceeds the heap's flavour, its pointers
     *     cannot be repeated, or there is no such substream
     * @throws IllegalStateException when the heap is in flight already, or the stream is finished
     */
    public boolean offer(HeapReference reference, HeapCompletion completion) {
        return offer(
                reference.heap(),
                reference.heapCnt(),
                reference.substream(),
                reference.rateBytesPerSecond(),
                completion);
    }

    /**
     * Queues all heaps of a group or, when one of them cannot be, none. Called by one thread.
     *
     * @return false when there is no room for all of them; none was then taken, and no heap count used
     * @throws IllegalArgumentException when the group is empty or larger than {@link SendConfig#maxHeaps()}, or for one of its
     *     heaps as in {@link #offer(HeapReference, HeapCompletion)}
     * @throws IllegalStateException when one of the heaps is in flight already or twice in the group, or the stream is finished
     */
    public boolean offerGroup(List<HeapReference> heaps, GroupMode mode, GroupCompletion completion) {
        requireOpen();
        return wasTaken(intake.offerGroup(heaps, mode, completion));
    }

    private boolean offer(SendHeap heap, long heapCnt, int substream, long rate, HeapCompletion completion) {
        requireOpen();
        return wasTaken(intake.offer(heap, heapCnt, substream, rate, completion));
    }

    private void requireOpen() {
        if (finishing || closed) {
            throw new IllegalStateException("stream " + name + " is finished");
        }
    }

    private boolean wasTaken(boolean taken) {
        if (taken && closed) {
            // The stream was closed meanwhile; it may have looked at its queue before these heaps were there.
            giveUp();
        }
        return taken;
    }

    /** No more heaps will be offered: when all are sent, {@link #doWork()} returns {@link Agent#DONE}. Any thread. */
    public void finish() {
        finishing = true;
    }

    /** Whether no heap is in flight. Any thread. */
    public boolean isDrained() {
        return queue.isEmpty();
    }

    /** Counters; may be read from any thread. */
    public SendStats stats() {
        return stats;
    }

    @Override
    public String roleName() {
        return name;
    }

    /**
     * Sends at most one batch of packets to each sink, and not beyond what is due.
     *
     * @return bytes that left the queue, 0 when nothing was due or a sink is full, or {@link Agent#DONE}
     */
    @Override
    public int doWork() {
        if (!isWaitingForSinks()) {
            // Read before looking at the queue: what was offered before the end was announced is seen.
            boolean last = finishing;
            if (turns.isEmpty()) {
                idle = true;
                return last ? DONE : 0;
            }
            long now = nanoClock.getAsLong();
            if (idle) {
                idle = false;
                limiter.resume(now);
            }
            fillBatches(now);
        }
        return flushBatches();
    }

    /** How long {@link #doWork()} had better wait: 0 for not at all, {@link Long#MAX_VALUE} when nothing is queued. */
    @Override
    public long nanosUntilDue() {
        if (isWaitingForSinks()) {
            return 0;
        }
        if (turns.isEmpty()) {
            return finishing ? 0 : Long.MAX_VALUE;
        }
        return idle ? 0 : limiter.pauseNanos(nanoClock.getAsLong());
    }

    /** Gives up what has not been sent: each heap's completion is told so. */
    @Override
    public void onClose() {
        closed = true;
        for (PacketOutlet outlet : outlets) {
            outlet.clear();
        }
        turns.clear();
        giveUp();
    }

    /** Runs on the stream's thread, or on the offering one after the stream's has ended. */
    private synchronized void giveUp() {
        queue.giveUp(new IOException("stream " + name + " was closed before the heap was sent"), stats);
    }

    /** Sends a heap under the next heap count and waits until it is sent; see {@link #sendHeap(HeapReference)}. */
    public long sendHeap(SendHeap heap) throws IOException {
        return sendHeap(HeapReference.of(heap));
    }

    /**
     * Sends a heap and waits until it is sent, for users that run no agent. An interrupt does not end the wait.
     *
     * @return bytes sent, headers included
     * @throws IOException the first error of the heap, when all of it has been tried
     */
    public long sendHeap(HeapReference heap) throws IOException {
        Outcome outcome = new Outcome();
        if (!offer(heap, (done, bytesSent, error) -> outcome.note(bytesSent, error))) {
            throw new IllegalStateException("stream " + name + " is used by an agent as well");
        }
        return await(outcome);
    }

    /** The same for a group of heaps. */
    public long sendGroup(List<HeapReference> heaps, GroupMode mode) throws IOException {
        Outcome outcome = new Outcome();
        if (!offerGroup(heaps, mode, (done, bytesSent, error) -> outcome.note(bytesSent, error))) {
            throw new IllegalStateException("stream " + name + " is used by an agent as well");
        }
        return await(outcome);
    }

    private long await(Outcome outcome) throws IOException {
        while (!isDrained()) {
            if (doWork() == 0) {
                LockSupport.parkNanos(Math.max(FULL_PARK_NANOS, nanosUntilDue()));
            }
        }
        if (outcome.error != null) {
            throw outcome.error;
        }
        return outcome.bytesSent;
    }

    private boolean isWaitingForSinks() {
        for (PacketOutlet outlet : outlets) {
            if (!outlet.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Makes packets of what is due, until a batch is full. */
    private void fillBatches(long nowNanos) {
        for (HeapSlot slot = turns.current(); slot != null; slot = turns.current()) {
            PacketOutlet outlet = outlets[slot.substream()];
            if (limiter.nanosUntilDue(nowNanos) > 0 || !outlet.hasRoomFor(slot)) {
                return;
            }
            int bytes = outlet.add(slot);
            limiter.sent(bytes, slot.rateBytesPerSecond(), nowNanos);
            turns.made();
        }
    }

    private int flushBatches() {
        int bytes = 0;
        for (PacketOutlet outlet : outlets) {
            if (!outlet.isEmpty()) {
                bytes += outlet.flush(stats);
            }
        }
        while (queue.completeOldest(stats)) {
            // All that are done.
        }
        return bytes;
    }

    /** What became of a heap or group that somebody waits for. */
    private static final class Outcome {
        private long bytesSent;
        private IOException error;

        private void note(long bytes, IOException firstError) {
            bytesSent = bytes;
            error = firstError;
        }
    }
}
