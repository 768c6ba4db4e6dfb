package org.spead.recv.chunk;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue of chunks. Thread-safe; its lock guards only the queue.
 *
 * <p>Streams put chunks in and take them out through {@link ChunkRings}; consumers take them from the data ring here. It ends
 * in one of two ways: when its last producer is gone, what is queued can still be taken; when {@linkplain #stop() stopped}, at once.
 */
public final class ChunkRing {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<Chunk> queue;
    private final int capacity;
    private int producers;
    private boolean producersGone;
    private boolean stopped;

    /** An empty ring; it does not end before it has had a producer. */
    public ChunkRing(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a chunk ring needs a capacity of at least 1, not " + capacity);
        }
        this.capacity = capacity;
        this.queue = new ArrayDeque<>(capacity + 1);
    }

    /** The next chunk, now the caller's to recycle, or {@code null} when there is none now or never will be. */
    public Chunk poll() {
        lock.lock();
        try {
            return stopped ? null : remove();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next chunk.
     *
     * @return the chunk, now the caller's to recycle, or {@code null} when none came in time or {@link #isEnded()}
     */
    public Chunk take(long timeoutNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeoutNanos;
            while (queue.isEmpty() && !producersGone && !stopped && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            return stopped ? null : remove();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there will never be another chunk to take. */
    public boolean isEnded() {
        lock.lock();
        try {
            return stopped || (producersGone && queue.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Chunks queued now. */
    public int size() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Chunks the ring is made for. */
    public int capacity() {
        return capacity;
    }

    /** Whether somebody has stopped the ring. */
    public boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the ring at once; what is queued is left to the collector, and whoever waits returns. Idempotent.
     *
     * @return how many chunks were queued
     */
    public int stop() {
        lock.lock();
        try {
            int left = queue.size();
            stopped = true;
            queue.clear();
            notEmpty.signalAll();
            notFull.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    void addProducer() {
        lock.lock();
        try {
            producers++;
            producersGone = false;
        } finally {
            lock.unlock();
        }
    }

    void removeProducer() {
        lock.lock();
        try {
            producers--;
            producersGone = producers == 0;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Queues the chunk if there is room, and says whether there was. */
    boolean offer(Chunk chunk) {
        lock.lock();
        try {
            return queue.size() < capacity && add(chunk);
        } finally {
            lock.unlock();
        }
    }

    /** Queues the chunk beyond the capacity if need be; says whether the ring still runs. */
    boolean force(Chunk chunk) {
        lock.lock();
        try {
            return add(chunk);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room; says whether the ring still runs. */
    boolean put(Chunk chunk) {
        lock.lock();
        try {
            while (queue.size() >= capacity && !stopped) {
                notFull.awaitUninterruptibly();
            }
            return add(chunk);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a chunk; {@code null} when the ring has been stopped. */
    Chunk await() {
        lock.lock();
        try {
            while (queue.isEmpty() && !stopped) {
                notEmpty.awaitUninterruptibly();
            }
            return stopped ? null : remove();
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Chunk chunk) {
        if (stopped) {
            return false;
        }
        queue.add(chunk);
        notEmpty.signal();
        return true;
    }

    private Chunk remove() {
        Chunk chunk = queue.poll();
        if (chunk != null) {
            notFull.signal();
        }
        return chunk;
    }
}
