package org.spead.send;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Heaps on their way through a stream, in order: offered by one thread, sent by another, without garbage.
 *
 * <p>The slot of a heap is occupied until its group is done, so the bound counts heaps in flight, not only waiting ones.
 * Slots are numbered as they are offered; the sending thread looks at any of them that is published (see
 * {@link PacketTurns}) and frees them oldest first, a group at a time.
 */
final class HeapQueue {
    private final HeapSlot[] slots;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    HeapQueue(int capacity) {
        slots = new HeapSlot[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new HeapSlot();
        }
    }

    /** Most heaps in flight. */
    int capacity() {
        return slots.length;
    }

    /** Whether so many heaps more can be in flight. The offering thread's, as are the next two. */
    boolean hasRoom(int heaps) {
        return offered.getPlain() - done.getAcquire() + heaps <= slots.length;
    }

    /** The slot that will be {@code position} places behind the last one published; there must be room. */
    HeapSlot staged(int position) {
        return slot(offered.getPlain() + position);
    }

    /** Hands over what is staged. */
    void publish(int heaps) {
        offered.set(offered.getPlain() + heaps); // before whoever offers looks whether the stream was closed
    }

    /** Whether no heap is in flight. Any thread. */
    boolean isEmpty() {
        return done.get() == offered.get();
    }

    /** The slot of a number, or null when that is not published yet. The sending thread's, as are the following. */
    HeapSlot at(long index) {
        return index < offered.getAcquire() ? slot(index) : null;
    }

    /**
     * Frees the oldest group if all its packets are out, then tells its owner, who may offer again at once.
     *
     * @return whether there was such a group
     */
    boolean completeOldest(SendStats stats) {
        HeapSlot first = at(done.getPlain());
        if (first == null || !isDone(first.groupSize())) {
            return false;
        }
        complete(first.groupSize(), stats);
        return true;
    }

    /** Gives up whatever there is, sent or not: each owner is told this error unless it met another before. */
    void giveUp(IOException error, SendStats stats) {
        for (HeapSlot first = at(done.getPlain()); first != null; first = at(done.getPlain())) {
            for (int i = 0; i < first.groupSize(); i++) {
                slot(done.getPlain() + i).fail(error);
            }
            complete(first.groupSize(), stats);
        }
    }

    private boolean isDone(int groupSize) {
        for (int i = groupSize - 1; i >= 0; i--) {
            if (!slot(done.getPlain() + i).isDone()) {
                return false;
            }
        }
        return true;
    }

    private void complete(int groupSize, SendStats stats) {
        long index = done.getPlain();
        HeapSlot last = slot(index + groupSize - 1);
        SendHeap heap = last.heap();
        HeapCompletion completion = last.completion();
        long bytesSent = last.bytesSent();
        IOException error = last.firstError();
        for (int i = 0; i < groupSize; i++) {
            stats.heap(slot(index + i).failed());
            slot(index + i).clear();
        }
        done.setRelease(index + groupSize);
        completion.onHeapDone(heap, bytesSent, error);
    }

    private HeapSlot slot(long index) {
        return slots[(int) (index % slots.length)];
    }
}
