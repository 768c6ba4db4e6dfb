package org.cbfsdp.send;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.cbfsdp.payload.ChannelRange;
import org.spead.send.HeapCompletion;
import org.spead.send.HeapReference;
import org.spead.send.SendStream;

/**
 * One stream's heaps on their way round: free, being filled, in flight, free again. One more than may be in flight, so that
 * the next is laid out while the last is sent. Called by the packetiser's thread, but for completions.
 */
final class StreamSender {
    private static final long POLL_NANOS = 20_000_000;
    private static final long RETRY_NANOS = 50_000;

    private final SendStream stream;
    private final IcdHeapEncoder encoder;
    private final ChannelRange channels;
    private final BlockingQueue<IcdHeap> free;
    private final DescriptorSchedule descriptorSchedule;
    private final HeapReference descriptors;
    private final AtomicBoolean descriptorsInFlight = new AtomicBoolean();
    private final Waiting waiting;
    private final AtomicReference<Exception> firstError = new AtomicReference<>();

    /**
     * Allocates the heaps.
     *
     * @param channels of the source, counted from its first one
     * @param heapCount how many heaps circulate
     */
    StreamSender(SendStream stream, IcdHeapEncoder encoder, ChannelRange channels, int heapCount) {
        this(stream, encoder, channels, heapCount, DescriptorSchedule.NEVER, Waiting.PARKED);
    }

    /**
     * The same for a stream whose descriptors are sent again by a schedule, and with a time of one's own.
     *
     * @param waiting how the packetiser's thread waits
     */
    StreamSender(
            SendStream stream,
            IcdHeapEncoder encoder,
            ChannelRange channels,
            int heapCount,
            DescriptorSchedule descriptorSchedule,
            Waiting waiting) {
        this.stream = stream;
        this.encoder = encoder;
        this.channels = channels;
        this.descriptorSchedule = descriptorSchedule;
        this.descriptors = HeapReference.of(encoder.descriptorHeap()).withRate(HeapReference.UNLIMITED);
        this.waiting = waiting;
        this.free = new ArrayBlockingQueue<>(heapCount);
        for (int i = 0; i < heapCount; i++) {
            free.add(encoder.newHeap());
        }
    }

    SendStream stream() {
        return stream;
    }

    /** Channels of the source that this stream carries, counted from the source's first one. */
    ChannelRange channels() {
        return channels;
    }

    /** Waits for a heap that is not in flight; null when stopped. */
    IcdHeap takeFree(BooleanSupplier stopped) throws InterruptedException {
        IcdHeap heap = free.poll();
        while (heap == null && !stopped.getAsBoolean()) {
            heap = waiting.poll(free, POLL_NANOS);
        }
        return heap;
    }

    /** Sends a heap that was filled, and says whether the stream took it; it is free again when that is done. */
    boolean send(IcdHeap heap, BooleanSupplier stopped) {
        boolean taken = offer(HeapReference.of(heap.heap()), stopped, (done, bytes, error) -> {
            note(error);
            free.add(heap);
        });
        if (!taken) {
            free.add(heap);
        }
        return taken;
    }

    /** Sends the heap that begins the stream. */
    void sendStart(BooleanSupplier stopped) {
        offer(HeapReference.of(encoder.startHeap()), stopped, (done, bytes, error) -> note(error));
        descriptorSchedule.start();
    }

    /** Sends the descriptors again when it is time, without a claim on the rate; not when they are under way still. */
    void sendDescriptorsWhenDue(BooleanSupplier stopped) {
        if (!descriptorSchedule.isDue() || !descriptorsInFlight.compareAndSet(false, true)) {
            return;
        }
        boolean taken = offer(descriptors, stopped, (done, bytes, error) -> {
            note(error);
            descriptorsInFlight.set(false);
        });
        if (!taken) {
            descriptorsInFlight.set(false);
        }
    }

    /** Sends the heap that ends the stream, and lets the stream's agent end. */
    void sendEnd(BooleanSupplier stopped) {
        offer(HeapReference.of(encoder.endHeap()), stopped, (done, bytes, error) -> note(error));
        stream.finish();
    }

    /** The first error that a heap met, or null. Thread-safe. */
    Exception firstError() {
        return firstError.get();
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
