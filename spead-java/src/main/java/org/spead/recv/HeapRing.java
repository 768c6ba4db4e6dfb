package org.spead.recv;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of heaps from one or several streams to a consumer thread. Thread-safe.
 *
 * <p>Its lock guards only the queue's own few fields; no heap is released and no other code called under it. It is a
 * monitor, which makes no garbage when a thread waits, as one does for almost every heap. Whoever takes a heap has its
 * reference and closes it. What becomes of incomplete heaps is an {@link IncompletePolicy}; where they are queued, it is among
 * the others and by the same rules. {@link #pollAny} and {@link #takeAny} give heaps of either kind, {@link #poll} and {@link
 * #take} whole ones: they close the incomplete ones before it.
 *
 * <p>It ends in one of two ways. When all its streams have ended, what is queued can still be taken, and then it has {@link
 * #isEnded() ended}. When {@link #stop() stopped}, it has ended at once: what was queued or comes later is released and counted as
 * {@link #discardedHeaps() discarded}, and whoever waits returns.
 */
public final class HeapRing implements HeapSink {
    private final Object lock = new Object();
    private final int capacity;
    private final long roomBytes;
    private final HeapQueue queue;
    private final OverflowPolicy policy;
    private final IncompletePolicy incompletePolicy;
    private final AtomicLong blocked = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();
    private final AtomicLong incomplete = new AtomicLong();
    private final Runnable onArrival;
    private int openStreams;
    private boolean stopped;

    /** A ring for the heaps of one stream. */
    public HeapRing(int capacity, OverflowPolicy policy) {
        this(capacity, policy, 1);
    }

    /** A ring for the heaps of {@code streams} streams; it ends with the last of them. */
    public HeapRing(int capacity, OverflowPolicy policy, int streams) {
        this(capacity, policy, streams, IncompletePolicy.COUNT);
    }

    /** A ring for the heaps of {@code streams} streams and, if wanted, their incomplete heaps. */
    public HeapRing(int capacity, OverflowPolicy policy, int streams, IncompletePolicy incompletePolicy) {
        this(capacity, policy, streams, incompletePolicy, () -> {});
    }

    /**
     * The same for a consumer that polls and sleeps between.
     *
     * @param onArrival called, without any lock, after a heap was queued and when a stream ends; wakes the consumer
     */
    public HeapRing(
            int capacity, OverflowPolicy policy, int streams, IncompletePolicy incompletePolicy, Runnable onArrival) {
        this(capacity, 0, policy, streams, incompletePolicy, onArrival);
    }

    /**
     * The same, where small heaps are more than the capacity before a stream pauses: a consumer that is late by a moment should cost
     * them no more than large ones.
     *
     * @param roomBytes with {@link OverflowPolicy#PAUSE} there is room also while what is queued has fewer bytes of payload, a heap
     *     counted as 1 KiB at least; 0 for the capacity alone
     */
    public HeapRing(
            int capacity,
            long roomBytes,
            OverflowPolicy policy,
            int streams,
            IncompletePolicy incompletePolicy,
            Runnable onArrival) {
        if (capacity < 1 || streams < 1) {
            throw new IllegalArgumentException(
                    "a ring needs a capacity and streams of at least 1, not " + capacity + " and " + streams);
        }
        this.capacity = capacity;
        this.roomBytes = roomBytes;
        this.queue = new HeapQueue(capacity);
        this.policy = policy;
        this.incompletePolicy = incompletePolicy;
        this.openStreams = streams;
        this.onArrival = onArrival;
    }

    /** With {@link OverflowPolicy#PAUSE}: whether fewer heaps are queued than the capacity, or too few bytes; always otherwise. */
    @Override
    public boolean hasRoom() {
        if (policy != OverflowPolicy.PAUSE) {
            return true;
        }
        synchronized (lock) {
            boolean room = queue.size() < capacity || queue.bytes() < roomBytes || stopped;
            if (!room) {
                blocked.incrementAndGet();
            }
            return room;
        }
    }

    @Override
    public void heap(Heap heap) {
        put(heap);
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        incomplete.incrementAndGet();
        if (incompletePolicy == IncompletePolicy.COUNT) {
            heap.close();
        } else {
            put(heap);
        }
    }

    @Override
    public boolean keepsIncompletePayload() {
        return incompletePolicy == IncompletePolicy.DELIVER_WITH_PAYLOAD;
    }

    private void put(ReceivedHeap heap) {
        ReceivedHeap surplus;
        boolean lateForStop;
        synchronized (lock) {
            awaitRoom();
            lateForStop = stopped;
            surplus = lateForStop ? heap : enqueue(heap);
        }
        if (surplus != null) {
            (lateForStop ? discarded : dropped).incrementAndGet();
            surplus.close();
        }
        onArrival.run();
    }

    @Override
    public void endOfStream() {
        synchronized (lock) {
            openStreams--;
            lock.notifyAll();
        }
        onArrival.run();
    }

    @Override
    public void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
        for (ReceivedHeap heap = dequeue(); heap != null; heap = dequeue()) {
            discarded.incrementAndGet();
            heap.close();
        }
        onArrival.run();
    }

    /** The next whole heap, now the caller's to close, or {@code null} when there is none now or never will be. */
    public Heap poll() {
        ReceivedHeap next = pollAny();
        while (next instanceof IncompleteHeap passed) {
            passed.close();
            next = pollAny();
        }
        return (Heap) next;
    }

    /** As {@link #poll()}, but the next heap of either kind. */
    public ReceivedHeap pollAny() {
        synchronized (lock) {
            return stopped ? null : dequeue();
        }
    }

    /**
     * Waits for the next whole heap.
     *
     * @return the heap, now the caller's to close, or {@code null} when none came in time or {@link #isEnded()}
     */
    public Heap take(long timeoutNanos) throws InterruptedException {
        long start = System.nanoTime();
        ReceivedHeap next = takeAny(timeoutNanos);
        while (next instanceof IncompleteHeap passed) {
            passed.close();
            next = takeAny(timeoutNanos - (System.nanoTime() - start));
        }
        return (Heap) next;
    }

    /** As {@link #take}, but the next heap of either kind. */
    public ReceivedHeap takeAny(long timeoutNanos) throws InterruptedException {
        synchronized (lock) {
            long start = System.nanoTime();
            long left = timeoutNanos;
            while (queue.size() == 0 && openStreams > 0 && !stopped && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = timeoutNanos - (System.nanoTime() - start);
            }
            return stopped ? null : dequeue();
        }
    }

    /** Whether there will never be another heap to take. */
    public boolean isEnded() {
        synchronized (lock) {
            return stopped || (openStreams <= 0 && queue.size() == 0);
        }
    }

    /** Heaps queued now. */
    public int size() {
        synchronized (lock) {
            return queue.size();
        }
    }

    /** Heaps, of either kind, dropped by the policy because the ring was full. */
    @Override
    public long droppedHeaps() {
        return dropped.get();
    }

    @Override
    public long blockedCount() {
        return blocked.get();
    }

    /** Heaps, of either kind, that nobody got because the ring was stopped. */
    public long discardedHeaps() {
        return discarded.get();
    }

    /** Incomplete heaps that the streams gave up. */
    public long incompleteHeaps() {
        return incomplete.get();
    }

    /** Called with the lock held. */
    private void awaitRoom() {
        if (policy == OverflowPolicy.BLOCK && queue.isFull() && !stopped) {
            blocked.incrementAndGet();
            boolean interrupted = false;
            while (queue.isFull() && !stopped) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Queues the heap, and returns the one that has no place: none, the oldest, or this one. */
    private ReceivedHeap enqueue(ReceivedHeap heap) {
        ReceivedHeap surplus = null;
        if (queue.isFull()) {
            switch (policy) {
                case PAUSE -> queue.grow();
                case DROP_NEWEST -> {
                    return heap;
                }
                case DROP_OLDEST, BLOCK -> surplus = dequeue();
            }
        }
        queue.add(heap);
        lock.notifyAll();
        return surplus;
    }

    private ReceivedHeap dequeue() {
        synchronized (lock) {
            ReceivedHeap heap = queue.poll();
            if (heap != null) {
                lock.notifyAll();
            }
            return heap;
        }
    }
}
