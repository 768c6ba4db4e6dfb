package org.spead.send;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.spead.agent.Agent;
import org.spead.packet.HeapPacketizer;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Sends heaps, in the order in which they were offered, at the configured rate.
 *
 * <p>An agent: {@link #doWork()} and the other agent methods belong to the thread that runs it, which also calls the
 * completions. {@link #offer} and {@link #finish} may be called from one other thread. A user without an agent thread
 * calls {@link #sendHeap} instead, and nothing else. The stream does not own the sink and does not close it.
 *
 * <p>A packet that the sink refuses with an error is lost; the heap's completion is told the first such error, and sending
 * goes on with the next packet. It counts for the rate, so that a dead sink is not hammered faster than a live one.
 */
public final class SendStream implements Agent {
    /** A heap count that tells the stream to take the next of its sequence. */
    public static final long NEXT_HEAP_CNT = -1;

    /** How long a blocking sender waits for a medium that is full. */
    private static final long FULL_PARK_NANOS = 50_000;

    private final String name;
    private final SendConfig config;
    private final PacketSink sink;
    private final LongSupplier nanoClock;
    private final HeapPacketizer packetizer;
    private final RateLimiter limiter;
    private final HeapQueue queue;
    private final SendStats stats = new SendStats();

    private final PacketBatch batch;
    private final HeapQueue.Slot[] packetSlots;
    private final boolean[] packetEndsHeap;
    private int nextPacket;
    private HeapQueue.Slot current;
    private long nextHeapCnt;
    private boolean idle = true;

    private volatile boolean finishing;
    private volatile boolean closed;

    /** A stream on the system's clock. */
    public SendStream(String name, SendConfig config, PacketSink sink) {
        this(name, config, sink, System::nanoTime);
    }

    /**
     * Makes a stream.
     *
     * @param name role and stream, such as {@code send-0}
     * @param nanoClock monotonic nanoseconds
     */
    public SendStream(String name, SendConfig config, PacketSink sink, LongSupplier nanoClock) {
        this.name = name;
        this.config = config;
        this.sink = sink;
        this.nanoClock = nanoClock;
        packetizer = new HeapPacketizer(config.maxPacketBytes());
        limiter = new RateLimiter(
                config.rateBytesPerSecond(), config.burstBytes(), config.burstRateRatio(), config.earlyNanos());
        queue = new HeapQueue(config.maxHeaps());
        batch = sink.newBatch(packetizer.maxPacketBytes());
        if (batch.capacityBytes() < packetizer.maxPacketBytes() || batch.maxPackets() == 0) {
            throw new IllegalArgumentException(sink.describe() + " cannot send packets of "
                    + packetizer.maxPacketBytes() + " bytes, only of " + batch.capacityBytes());
        }
        packetSlots = new HeapQueue.Slot[batch.maxPackets()];
        packetEndsHeap = new boolean[batch.maxPackets()];
        nextHeapCnt = config.firstHeapCnt();
    }

    /**
     * Queues a heap under the next heap count. Called by one thread.
     *
     * @return false when {@link SendConfig#maxHeaps()} are in flight; the heap was then not taken
     */
    public boolean offer(SendHeap heap, HeapCompletion completion) {
        return offer(heap, NEXT_HEAP_CNT, completion);
    }

    /**
     * Queues a heap under a heap count of its own. Called by one thread.
     *
     * @throws IllegalArgumentException when the count or the length with padding exceeds the heap's flavour, or its
     *     pointers cannot be repeated
     * @throws IllegalStateException when the heap is in flight already, or the stream is finished
     */
    public boolean offer(SendHeap heap, long heapCnt, HeapCompletion completion) {
        if (heapCnt != NEXT_HEAP_CNT && (heapCnt < 0 || heapCnt > heap.flavour().maxAddress())) {
            throw new IllegalArgumentException("heap count " + heapCnt + " does not fit " + heap.flavour());
        }
        if (!packetizer.accepts(heap.flavour(), heap.pointerCount(), heap.payloadBytes(), heap.repeatsPointers())) {
            throw new IllegalArgumentException("a heap of " + heap.pointerCount() + " item pointers and "
                    + heap.payloadBytes() + " bytes does not fit " + heap.flavour() + " in packets of "
                    + packetizer.maxPacketBytes() + " bytes");
        }
        if (finishing || closed) {
            throw new IllegalStateException("stream " + name + " is finished");
        }
        boolean taken = queue.offer(heap, heapCnt, completion);
        if (closed) {
            // The stream was closed meanwhile; it may have looked at its queue before this heap was there.
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
     * Sends at most one batch of packets, and not beyond the burst, when it is due.
     *
     * @return bytes that left the queue, 0 when nothing was due or the sink is full, or {@link Agent#DONE}
     */
    @Override
    public int doWork() {
        if (nextPacket == batch.count()) {
            // Read before looking at the queue: what was offered before the end was announced is seen.
            boolean last = finishing;
            if (!hasHeap()) {
                idle = true;
                return last ? DONE : 0;
            }
            long now = nanoClock.getAsLong();
            if (idle) {
                idle = false;
                limiter.resume(now);
            }
            if (limiter.nanosUntilDue(now) > 0) {
                return 0;
            }
            fillBatch();
            limiter.sent(batch.totalBytes(), now);
        }
        return sendBatch();
    }

    /** How long until {@link #doWork()} has something to do: 0 for now, {@link Long#MAX_VALUE} when nothing is queued. */
    @Override
    public long nanosUntilDue() {
        if (nextPacket < batch.count()) {
            return 0;
        }
        if (!hasHeap()) {
            return finishing ? 0 : Long.MAX_VALUE;
        }
        return idle ? 0 : limiter.nanosUntilDue(nanoClock.getAsLong());
    }

    /** Gives up what has not been sent: each heap's completion is told so. */
    @Override
    public void onClose() {
        closed = true;
        batch.clear();
        nextPacket = 0;
        current = null;
        giveUp();
    }

    /** Runs on the stream's thread, or on the offering one after the stream's has ended. */
    private synchronized void giveUp() {
        for (HeapQueue.Slot slot = queue.oldest(); slot != null; slot = queue.oldest()) {
            slot.failed(new IOException("stream " + name + " was closed before the heap was sent"));
            stats.heap(queue.complete());
        }
    }

    /**
     * Sends a heap and waits until it is sent, for users that run no agent. An interrupt does not end the wait.
     *
     * @return bytes sent, headers included
     * @throws IOException the first error of the heap, when all of it has been tried
     */
    public long sendHeap(SendHeap heap) throws IOException {
        long[] sent = new long[1];
        IOException[] failure = new IOException[1];
        HeapCompletion completion = (done, bytesSent, error) -> {
            sent[0] = bytesSent;
            failure[0] = error;
        };
        if (!offer(heap, completion)) {
            throw new IllegalStateException("stream " + name + " is used by an agent as well");
        }
        while (!isDrained()) {
            if (doWork() == 0) {
                LockSupport.parkNanos(Math.max(FULL_PARK_NANOS, nanosUntilDue()));
            }
        }
        if (failure[0] != null) {
            throw failure[0];
        }
        return sent[0];
    }

    private boolean hasHeap() {
        return current != null || queue.current() != null;
    }

    /** Makes packets up to the end of the burst, of the batch, or of the heaps there are. */
    private void fillBatch() {
        batch.clear();
        nextPacket = 0;
        long left = limiter.burstBytesLeft();
        while (left > 0 && beginHeap() && batch.hasRoom(packetizer.nextLength())) {
            int index = batch.count();
            int offset = batch.end();
            int length = packetizer.next(batch.buffer(), offset);
            batch.add(offset, length);
            left -= length;
            packetSlots[index] = current;
            packetEndsHeap[index] = !packetizer.hasNext();
            if (packetEndsHeap[index]) {
                current = null;
                queue.advance();
            }
        }
    }

    /** Sees to it that the packetiser has a heap with packets left; false when there is none. */
    private boolean beginHeap() {
        if (current != null) {
            return true;
        }
        current = queue.current();
        if (current == null) {
            return false;
        }
        SendHeap heap = current.heap();
        long heapCnt = current.heapCnt();
        if (heapCnt == NEXT_HEAP_CNT) {
            heapCnt = nextHeapCnt & heap.flavour().maxAddress();
            nextHeapCnt += config.heapCntStep();
        }
        packetizer.begin(
                heap.flavour(),
                heapCnt,
                heap.pointers(),
                heap.pointerCount(),
                heap.segments(),
                heap.segments().length,
                heap.repeatsPointers());
        return true;
    }

    private int sendBatch() {
        int bytes = 0;
        try {
            int taken = sink.send(batch, nextPacket);
            for (int end = nextPacket + taken; nextPacket < end; ) {
                int length = batch.length(nextPacket);
                bytes += length;
                stats.packet(length);
                packetSlots[nextPacket].sent(length);
                packetDone();
            }
        } catch (IOException e) {
            bytes += batch.length(nextPacket);
            stats.error();
            packetSlots[nextPacket].failed(e);
            packetDone();
        }
        return bytes;
    }

    private void packetDone() {
        int index = nextPacket++;
        if (packetEndsHeap[index]) {
            stats.heap(queue.complete());
        }
    }
}
