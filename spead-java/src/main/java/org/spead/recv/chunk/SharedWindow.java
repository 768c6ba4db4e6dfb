package org.spead.recv.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The chunks with the last {@code maxChunks} numbers up to the highest that any member has had. Its methods are called by the
 * members' threads, except {@link #stop()} and {@link #add}, which are anybody's.
 *
 * <p>Numbers run from {@code head} to {@code top}. A chunk is delivered when all members have passed its number, and all are
 * delivered in order. A number above {@code top} moves the window: it then begins {@code maxChunks - 1} numbers
 * before it, and members that have not passed what leaves it are evicted or waited for. So every number is delivered at most
 * once, ascending; numbers between the old window and the new one never are. A chunk is had from the source when the first heap
 * for it comes.
 *
 * <p>The lock is held while chunks are had and delivered, which keeps them in order; both may wait, until a stop lets them
 * go. Lock order: this lock, then a member's gate; who holds a gate never waits for this lock. A chunk is written under
 * gates only, and delivered after each member was seen beyond it under this lock, which makes all writes visible.
 */
final class SharedWindow {
    private static final long LONGEST_WAIT_NANOS = 10_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition passed = lock.newCondition();
    private final List<MemberWindow> members = new ArrayList<>();
    private final Chunk[] chunks;
    private final ChunkGroupConfig config;
    private final ChunkSource source;
    private final ChunkSink sink;
    private Chunk spare;
    private long head;
    private long top = -1;
    private int live;
    private volatile boolean stopped;

    SharedWindow(ChunkGroupConfig config, ChunkSource source, ChunkSink sink) {
        this.config = config;
        this.source = source;
        this.sink = sink;
        this.chunks = new Chunk[config.maxChunks()];
    }

    void add(MemberWindow member) {
        lock.lock();
        try {
            members.add(member);
            live++;
        } finally {
            lock.unlock();
        }
    }

    boolean hasRoom() {
        return stopped || sink.hasRoom();
    }

    /** See {@link MemberWindow#obtain}; the member has left. */
    Chunk open(MemberWindow member, long id) {
        lock.lock();
        try {
            long blockedBefore = sink.blockedCount();
            long droppedBefore = sink.droppedHeaps();
            Chunk chunk = locate(member, id);
            charge(member, blockedBefore, droppedBefore);
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    /** The member writes no more, and has left. The last one ends the sequence. */
    void end(MemberWindow member) {
        lock.lock();
        try {
            long blockedBefore = sink.blockedCount();
            long droppedBefore = sink.droppedHeaps();
            member.end();
            passed.signalAll();
            live--;
            deliverPassed();
            charge(member, blockedBefore, droppedBefore);
            if (live == 0) {
                giveSpareBack();
                sink.endOfStream();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody go who waits. */
    void stop() {
        stopped = true;
        // First, since who holds the lock may wait there.
        source.stop();
        sink.stop();
        // Not waited for: who stops may hold the gate that the lock's holder waits for. Whoever waits looks again soon
        // anyway.
        if (lock.tryLock()) {
            try {
                passed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The sink's counts are of all members; what they grew by under the lock is this member's. */
    private void charge(MemberWindow member, long blockedBefore, long droppedBefore) {
        member.addBlocked(sink.blockedCount() - blockedBefore);
        member.addDropped(sink.droppedHeaps() - droppedBefore);
    }

    private Chunk locate(MemberWindow member, long id) {
        if (!member.isPassed(id)) {
            member.raise(id);
            passed.signalAll();
            deliverPassed();
            if (id > top) {
                moveTo(member, id);
            }
        }
        // While this member waited another may have evicted it.
        if (stopped || member.isPassed(id)) {
            return null;
        }
        int place = place(id);
        if (chunks[place] == null) {
            chunks[place] = allocate(id, member.streamId());
        }
        return chunks[place];
    }

    private void moveTo(MemberWindow member, long id) {
        long newHead = id - chunks.length + 1;
        if (config.evictionMode() == EvictionMode.LOSSLESS) {
            awaitPassed(member, newHead);
        } else {
            evict(newHead);
        }
        if (id > top && !stopped) {
            deliverBelow(newHead);
            head = Math.max(head, newHead);
            top = id;
            deliverPassed();
        }
    }

    private void evict(long newHead) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).head() < newHead) {
                members.get(i).evict(newHead);
            }
        }
    }

    private void awaitPassed(MemberWindow waiting, long newHead) {
        if (lowestHead() < newHead && !stopped) {
            waiting.addBlocked(1);
        }
        boolean interrupted = false;
        while (lowestHead() < newHead && !stopped) {
            try {
                passed.awaitNanos(LONGEST_WAIT_NANOS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long lowestHead() {
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < members.size(); i++) {
            lowest = Math.min(lowest, members.get(i).head());
        }
        return lowest;
    }

    private void deliverPassed() {
        deliverBelow(lowestHead());
    }

    /** Delivers what is in the window below {@code end}; all members have passed it. */
    private void deliverBelow(long end) {
        while (head < end && head <= top) {
            int place = place(head);
            Chunk chunk = chunks[place];
            if (chunk == null && config.deliverEmptyChunks() && !stopped) {
                chunk = allocate(head, members.get(0).streamId());
            }
            chunks[place] = null;
            head++;
            if (chunk != null) {
                deliver(chunk);
            }
        }
    }

    private void deliver(Chunk chunk) {
        chunk.handOver();
        if (config.deliverEmptyChunks() || chunk.presentHeaps() > 0) {
            sink.ready(chunk);
        } else {
            giveSpareBack();
            spare = chunk;
        }
    }

    private Chunk allocate(long id, long streamId) {
        Chunk chunk = spare == null ? source.allocate(id, streamId) : spare;
        spare = null;
        if (chunk != null) {
            chunk.begin(id, streamId, source);
        }
        return chunk;
    }

    private void giveSpareBack() {
        if (spare != null) {
            spare.recycle();
            spare = null;
        }
    }

    private int place(long id) {
        return (int) (id % chunks.length);
    }
}
