package org.spead.recv.chunk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.spead.recv.OverflowPolicy;

/**
 * The round that chunks make: free ring, stream (or group), data ring, consumer, and by {@link Chunk#recycle()} back. Thread-safe.
 *
 * <p>Each stream or group has one of these as its source and its sink; the rings in it may be shared with others. It is a
 * producer of the data ring from the start, so that ring ends after the last of them. Chunks come in by {@link
 * #addFreeChunk}: at least one more than the window has, plus those that are queued and worked on. A stop by the user stops both
 * rings, for all who share them.
 *
 * <p>What happens when a stream needs a chunk and none is free, or the data ring is full:
 *
 * <table>
 *   <caption>Overflow</caption>
 *   <tr><th>policy</th><th>no free chunk</th><th>full data ring</th></tr>
 *   <tr><td>{@link OverflowPolicy#BLOCK}</td><td>the receive thread waits, counted</td><td>the same</td></tr>
 *   <tr><td>{@link OverflowPolicy#PAUSE}</td><td>nothing more is received as long as some chunk is on its way to or with the consumer,
 *   counted; when it happens amid a batch, heaps are lost, counted</td><td>nothing more is received, counted; what the batch
 *   completes is queued beyond the capacity</td></tr>
 *   <tr><td>{@link OverflowPolicy#DROP_NEWEST}</td><td>the heap is lost, counted</td><td>the new chunk is dropped, its heaps
 *   counted</td></tr>
 *   <tr><td>{@link OverflowPolicy#DROP_OLDEST}</td><td>the chunk that waited longest for the consumer is dropped, its heaps
 *   counted, and filled again</td><td>the same chunk is dropped</td></tr>
 * </table>
 */
public final class ChunkRings implements ChunkSource, ChunkSink {
    private final ChunkRing free;
    private final ChunkRing data;
    private final OverflowPolicy policy;
    private final AtomicInteger outside = new AtomicInteger();
    private final AtomicLong blocked = new AtomicLong();
    private final AtomicLong droppedChunks = new AtomicLong();
    private final AtomicLong droppedHeaps = new AtomicLong();
    private final AtomicLong discarded = new AtomicLong();

    /** Joins two rings for one stream or group. */
    public ChunkRings(ChunkRing free, ChunkRing data, OverflowPolicy policy) {
        if (free == data) {
            throw new IllegalArgumentException("free and data ring must be two");
        }
        this.free = free;
        this.data = data;
        this.policy = policy;
        data.addProducer();
    }

    /** Gives a chunk away to be filled, and with it the memory of which heaps it had. Says false when the ring is full or stopped. */
    public boolean addFreeChunk(Chunk chunk) {
        chunk.surrender();
        noteBack(chunk);
        if (free.offer(chunk)) {
            return true;
        }
        chunk.handOver();
        return false;
    }

    /** Where chunks wait to be filled. */
    public ChunkRing freeRing() {
        return free;
    }

    /** Where the consumer takes chunks from. */
    public ChunkRing dataRing() {
        return data;
    }

    @Override
    public Chunk allocate(long chunkId, long streamId) {
        Chunk chunk = free.poll();
        if (chunk == null && policy == OverflowPolicy.BLOCK && !free.isStopped()) {
            blocked.incrementAndGet();
            chunk = free.await();
        } else if (chunk == null && policy == OverflowPolicy.DROP_OLDEST) {
            drop(data.poll());
            chunk = free.poll();
        }
        return chunk;
    }

    @Override
    public void takeBack(Chunk chunk) {
        noteBack(chunk);
        // A ring that is stopped or has no room for a surplus chunk leaves it to the collector.
        boolean kept = free.offer(chunk);
        assert kept || free.isStopped() || free.size() > 0;
    }

    @Override
    public void ready(Chunk chunk) {
        if (chunk.enterOutside()) {
            outside.incrementAndGet();
        }
        boolean taken = data.offer(chunk);
        if (!taken && !data.isStopped()) {
            taken = overflow(chunk);
        }
        if (!taken) {
            noteBack(chunk);
            discarded.incrementAndGet();
        }
    }

    @Override
    public boolean hasRoom() {
        return policy != OverflowPolicy.PAUSE
                || data.isStopped()
                || (data.size() < data.capacity() && (free.size() > 0 || outside.get() <= 0));
    }

    @Override
    public void endOfStream() {
        data.removeProducer();
    }

    @Override
    public void stop() {
        free.stop();
        discarded.addAndGet(data.stop());
    }

    @Override
    public long blockedCount() {
        return blocked.get();
    }

    @Override
    public long droppedHeaps() {
        return droppedHeaps.get();
    }

    /** Chunks dropped by the policy because the consumer was too slow. */
    public long droppedChunks() {
        return droppedChunks.get();
    }

    /** Chunks that nobody got because the rings were stopped. */
    public long discardedChunks() {
        return discarded.get();
    }

    /** A chunk that was never ready, as a spare one, is not counted as outside and does not lower the count. */
    private void noteBack(Chunk chunk) {
        if (chunk.leaveOutside()) {
            outside.decrementAndGet();
        }
    }

    /** Deals with a chunk for which the data ring has no room; says whether somebody has it now. */
    private boolean overflow(Chunk chunk) {
        switch (policy) {
            case BLOCK -> {
                blocked.incrementAndGet();
                return data.put(chunk);
            }
            case PAUSE -> {
                return data.force(chunk);
            }
            case DROP_NEWEST -> {
                drop(chunk);
                return true;
            }
            case DROP_OLDEST -> {
                drop(data.poll());
                return data.force(chunk);
            }
        }
        throw new AssertionError(policy);
    }

    /** Puts a chunk back where it came from, unseen by the consumer; does nothing for none. */
    private void drop(Chunk chunk) {
        if (chunk != null) {
            droppedChunks.incrementAndGet();
            droppedHeaps.addAndGet(chunk.presentHeaps());
            chunk.recycle();
        }
    }
}
