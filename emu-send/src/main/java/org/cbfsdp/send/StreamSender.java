package org.cbfsdp.send;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.spead.send.HeapCompletion;
import org.spead.send.HeapReference;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;

/**
 * One stream's data heaps on their way round, always in the same order: laid out, in flight, free again. Called by the
 * packetiser's thread, but for completions. Makes no garbage.
 *
 * <p>A stream completes its heaps in the order in which they were offered, so that two counts say which are free.
 */
final class StreamSender {
    private static final long LONGEST_PARK_NANOS = 20_000_000;
    private static final long RETRY_NANOS = 50_000;

    private final SendStream stream;
    private final IcdHeapEncoder encoder;
    private final ChannelRange channels;
    private final LaidOutHeap[] heaps;
    private final int mostInFlight;
    private final StreamLag lag;
    private final DescriptorSchedule descriptorSchedule;
    private final HeapReference descriptors;
    private final AtomicBoolean descriptorsInFlight = new AtomicBoolean();
    private final Waiting waiting;
    private final AtomicReference<Exception> firstError = new AtomicReference<>();
    private final HeapCompletion dataDone = this::dataDone;
    private final HeapCompletion descriptorsDone = this::descriptorsDone;
    private final HeapCompletion startDone = (heap, bytes, error) -> note(error);
    private final HeapCompletion endDone = this::endDone;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean ended;
    private long offered;
    private volatile Thread waiter;

    /**
     * Allocates the heaps.
     *
     * @param channels of the source, counted from its first one
     * @param heapCount how many heaps circulate
     */
    StreamSender(SendStream stream, IcdHeapEncoder encoder, ChannelRange channels, int heapCount) {
        this(
                stream,
                encoder,
                channels,
                heapCount,
                heapCount,
                DescriptorSchedule.NEVER,
                new StreamLag(0, 0, System::nanoTime),
                Waiting.PARKED);
    }

    /**
     * The same for a stream whose descriptors are sent again by a schedule, and with a time of one's own.
     *
     * @param mostInFlight how many of the heaps may be in flight; more circulate so that each meets the same dump again
     * @param lag told of data heaps that have left
     * @param waiting how the packetiser's thread waits
     */
    StreamSender(
            SendStream stream,
            IcdHeapEncoder encoder,
            ChannelRange channels,
            int mostInFlight,
            int heapCount,
            DescriptorSchedule descriptorSchedule,
            StreamLag lag,
            Waiting waiting) {
        this.stream = stream;
        this.encoder = encoder;
        this.channels = channels;
        this.mostInFlight = mostInFlight;
        this.descriptorSchedule = descriptorSchedule;
        this.lag = lag;
        this.descriptors = HeapReference.of(encoder.descriptorHeap()).withRate(HeapReference.UNLIMITED);
        this.waiting = waiting;
        this.heaps = new LaidOutHeap[heapCount];
        for (int i = 0; i < heapCount; i++) {
            heaps[i] = new LaidOutHeap(encoder.newHeap());
        }
    }

    SendStream stream() {
        return stream;
    }

    /** Channels of the source that this stream carries, counted from the source's first one. */
    ChannelRange channels() {
        return channels;
    }

    /** How many heaps circulate. */
    int heapCount() {
        return heaps.length;
    }

    /** The heap that is sent as number {@code turn} of each round, for filling before the first one. */
    LaidOutHeap heap(int turn) {
        return heaps[turn];
    }

    /** Waits until the next heap may be filled, the same one until it is sent; null when stopped. */
    LaidOutHeap next(BooleanSupplier stopped) throws InterruptedException {
        if (isFull()) {
            waiter = Thread.currentThread();
            try {
                if (!awaitRoom(stopped)) {
                    return null;
                }
            } finally {
                waiter = null;
            }
        }
        return nextHeap();
    }

    /** False when stopped meanwhile. */
    private boolean awaitRoom(BooleanSupplier stopped) throws InterruptedException {
        while (isFull()) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            waiting.pass(LONGEST_PARK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while " + stream.roleName() + " was busy");
            }
        }
        return true;
    }

    /** Whether the heap that {@link #next} will give holds a dump already. */
    boolean nextHolds(int dump) {
        return nextHeap().holds(dump);
    }

    /** Sends the heap that {@link #next} gave, and says whether the stream took it. */
    boolean send(BooleanSupplier stopped) {
        boolean taken = offer(nextHeap().reference(), stopped, dataDone);
        if (taken) {
            offered++;
        }
        return taken;
    }

    /** Sends the heap that begins the stream. */
    void sendStart(BooleanSupplier stopped) {
        offer(HeapReference.of(encoder.startHeap()), stopped, startDone);
        descriptorSchedule.start();
    }

    /** Sends the descriptors again when it is time, without a claim on the rate; not when they are under way still. */
    void sendDescriptorsWhenDue(BooleanSupplier stopped) {
        if (descriptorSchedule.isDue()
                && descriptorsInFlight.compareAndSet(false, true)
                && !offer(descriptors, stopped, descriptorsDone)) {
            descriptorsInFlight.set(false);
        }
    }

    /** Sends the heap that ends the stream, and lets the stream's agent end. */
    void sendEnd(BooleanSupplier stopped) {
        offer(HeapReference.of(encoder.endHeap()), stopped, endDone);
        stream.finish();
    }

    /** The first error that a heap met, or null. Thread-safe. */
    Exception firstError() {
        return firstError.get();
    }

    /** Data heaps that were handed whole to the network. Thread-safe. */
    long sentHeaps() {
        return sent.get();
    }

    /** Bytes of their visibilities, flags and centroids. Thread-safe. */
    long sentBytes() {
        return sent.get() * encoder.dataBytes();
    }

    /** How far it is behind the schedule of dumps, in nanoseconds; 0 when they have none. Thread-safe. */
    long lagNanos() {
        return lag.nanos(heaps[(int) (done.get() % heaps.length)].dueNanos());
    }

    /** Whether the heap that ends the stream is gone. Thread-safe. */
    boolean hasEnded() {
        return ended;
    }

    private LaidOutHeap nextHeap() {
        return heaps[(int) (offered % heaps.length)];
    }

    private boolean isFull() {
        return offered - done.get() >= mostInFlight;
    }

    /**
     * On the sending thread. Wakes the packetiser when half of what may be in flight is left, rather than for each heap; while that is
     * parked it does not change {@code offered}, and a value that is late wakes it in vain.
     */
    private void dataDone(SendHeap heap, long bytesSent, IOException error) {
        note(error);
        lag.left(heaps[(int) (done.getPlain() % heaps.length)].takeDue(), bytesSent);
        if (error == null) {
            sent.lazySet(sent.getPlain() + 1);
        }
        done.incrementAndGet();
        Thread parked = waiter;
        if (parked != null && offered - done.getPlain() <= mostInFlight / 2) {
            LockSupport.unpark(parked);
        }
    }

    private void endDone(SendHeap heap, long bytesSent, IOException error) {
        note(error);
        ended = true;
    }

    private void descriptorsDone(SendHeap heap, long bytesSent, IOException error) {
        note(error);
        descriptorsInFlight.set(false);
    }

    private void note(Exception error) {
        if (error != null) {
            firstError.compareAndSet(null, error);
        }
    }

    private boolean offer(HeapReference heap, BooleanSupplier stopped, HeapCompletion completion) {
        try {
            while (!stream.offer(heap, completion)) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                waiting.pass(RETRY_NANOS);
            }
            return true;
        } catch (IllegalStateException e) {
            note(e); // the stream's agent has failed, and told why
            return false;
        }
    }
}
