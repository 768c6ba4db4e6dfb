package org.spead.recv;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a subscriber has asked of a {@link HeapPublisher}. {@link #request} and {@link #cancel} are anybody's; {@link #deliver}
 * is the publisher's thread's; readiness is guarded by the publisher's lock.
 */
final class HeapSubscription implements Flow.Subscription {
    private static final int BATCH = 64;

    private final Flow.Subscriber<? super Heap> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean badDemand;
    private boolean ready;

    HeapSubscription(Flow.Subscriber<? super Heap> subscriber) {
        this.subscriber = subscriber;
    }

    @Override
    public void request(long heaps) {
        if (heaps <= 0) {
            badDemand = true;
        } else {
            demand.accumulateAndGet(heaps, (before, more) -> Math.min(before, Long.MAX_VALUE - more) + more);
        }
    }

    @Override
    public void cancel() {
        over.set(true);
    }

    /** Whether no signal will come any more. */
    boolean isCancelled() {
        return over.get();
    }

    void setReady() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    /** Gives a last signal, unless it was given or is not wanted any more. */
    void finish(HeapPublisher.LastSignal signal) {
        if (!over.getAndSet(true)) {
            signal.signal(subscriber);
        }
    }

    /** Hands over heaps that are there and asked for; returns how many. */
    int deliver(HeapRing ring) {
        int count = 0;
        while (count < BATCH && demand.get() > 0 && !badDemand && !isCancelled()) {
            Heap heap = ring.poll();
            if (heap == null) {
                return count;
            }
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            count++;
            try {
                subscriber.onNext(heap);
            } catch (RuntimeException | Error e) {
                cancel();
                throw e;
            }
        }
        if (badDemand) {
            finish(s -> s.onError(new IllegalArgumentException("a subscriber asks for at least 1 heap")));
        }
        return count;
    }
}
