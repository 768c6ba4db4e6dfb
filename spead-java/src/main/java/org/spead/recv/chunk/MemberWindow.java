package org.spead.recv.chunk;

import java.util.concurrent.locks.ReentrantLock;

/**
 * What one stream sees of the {@link SharedWindow}: the chunks that it may write, those with the last {@code maxChunks}
 * numbers up to the highest that it has had.
 *
 * <p>Confined to the stream's receive thread, but for {@link #evict}. That thread writes into chunks only between {@link
 * #enter} and {@link #leave}, while it holds the gate; it enters with the first packet of a batch and leaves after the last,
 * and whenever it asks the shared window for something. So another member that takes the gate waits for at most a batch to be
 * copied, and afterwards knows that nothing more is written to what it evicted.
 */
final class MemberWindow {
    private final SharedWindow shared;
    private final long streamId;
    private final Chunk[] chunks;
    private final ReentrantLock gate = new ReentrantLock();
    private boolean entered;
    private long head;
    private long top = -1;
    private long blocked;
    private long dropped;

    MemberWindow(SharedWindow shared, long streamId, int maxChunks) {
        this.shared = shared;
        this.streamId = streamId;
        this.chunks = new Chunk[maxChunks];
    }

    long streamId() {
        return streamId;
    }

    void enter() {
        if (!entered) {
            gate.lock();
            entered = true;
        }
    }

    void leave() {
        if (entered) {
            entered = false;
            gate.unlock();
        }
    }

    /** Whether the chunk of that number is behind this window. Only when entered, or under the shared window's lock. */
    boolean isPassed(long id) {
        return id < head;
    }

    /** The chunk of that number if this stream has it and may write it, else {@code null}. Only when entered. */
    Chunk held(long id) {
        return id >= head && id <= top ? chunks[place(id)] : null;
    }

    /**
     * The chunk of that number, which moves the window if need be. Enters, and may leave meanwhile.
     *
     * @return {@code null} when it is {@linkplain #isPassed passed}, or else when there is no chunk to be had
     */
    Chunk obtain(long id) {
        enter();
        Chunk chunk = held(id);
        if (chunk == null && !isPassed(id)) {
            leave();
            chunk = shared.open(this, id);
            enter();
            // Between the two another member may have evicted it.
            chunk = isPassed(id) ? null : chunk;
            if (chunk != null) {
                chunks[place(id)] = chunk;
            }
        }
        return chunk;
    }

    /** How often this stream has waited. */
    long blocked() {
        return blocked;
    }

    /** Heaps dropped at moves of this stream. */
    long dropped() {
        return dropped;
    }

    void addBlocked(long times) {
        blocked += times;
    }

    void addDropped(long heaps) {
        dropped += heaps;
    }

    /** The lowest number that this stream may still write. Under the shared window's lock. */
    long head() {
        return head;
    }

    /** Makes {@code id} the highest number if it is higher. By this stream, under the shared window's lock. */
    void raise(long id) {
        if (id <= top) {
            return;
        }
        for (long fresh = Math.max(top, id - chunks.length) + 1; fresh <= id; fresh++) {
            chunks[place(fresh)] = null;
        }
        top = id;
        head = Math.max(head, id - chunks.length + 1);
    }

    /** Takes from this stream what is below {@code newHead}. By another member, under the shared window's lock. */
    void evict(long newHead) {
        gate.lock();
        try {
            head = Math.max(head, newHead);
        } finally {
            gate.unlock();
        }
    }

    /** This stream writes no more. By itself, having left, under the shared window's lock. */
    void end() {
        head = Long.MAX_VALUE;
    }

    private int place(long id) {
        return (int) (id % chunks.length);
    }
}
