package org.spead.send;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Heaps on their way through a stream, in order: offered by one thread, sent by another, without garbage.
 *
 * <p>The slot of a heap is occupied until the heap is done, so the bound counts heaps in flight, not only waiting ones. The
 * sender's cursor ({@link #current}) runs ahead of the oldest heap, whose packets the sink may not have taken yet.
 */
final class HeapQueue {
    /** A heap's place; all but {@code heap}, {@code heapCnt} and {@code completion} belong to the sending thread. */
    static final class Slot {
        private SendHeap heap;
        private HeapCompletion completion;
        private long heapCnt;
        private long bytesSent;
        private IOException firstError;

        SendHeap heap() {
            return heap;
        }

        /** The heap count asked for, negative when the stream is to choose. */
        long heapCnt() {
            return heapCnt;
        }

        void sent(int bytes) {
            bytesSent += bytes;
        }

        void failed(IOException error) {
            firstError = firstError == null ? error : firstError;
        }
    }

    private final Slot[] slots;
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private long cursor;

    HeapQueue(int capacity) {
        slots = new Slot[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
        }
    }

    /** Called by the offering thread only; false when full. */
    boolean offer(SendHeap heap, long heapCnt, HeapCompletion completion) {
        long index = offered.getPlain();
        if (index - done.getAcquire() == slots.length) {
            return false;
        }
        heap.take();
        Slot slot = slots[(int) (index % slots.length)];
        slot.heap = heap;
        slot.heapCnt = heapCnt;
        slot.completion = completion;
        slot.bytesSent = 0;
        slot.firstError = null;
        offered.setRelease(index + 1);
        return true;
    }

    /** Whether no heap is in flight. Any thread. */
    boolean isEmpty() {
        return done.get() == offered.get();
    }

    /** The heap to make packets of, or null. Called by the sending thread, as are the following. */
    Slot current() {
        return cursor < offered.getAcquire() ? slots[(int) (cursor % slots.length)] : null;
    }

    /** All packets of the current heap are made. */
    void advance() {
        cursor++;
    }

    /** The oldest heap, or null. */
    Slot oldest() {
        long index = done.getPlain();
        return index < offered.getAcquire() ? slots[(int) (index % slots.length)] : null;
    }

    /**
     * The oldest heap is done: frees its slot, then tells its owner, who may offer again at once.
     *
     * @return whether it failed
     */
    boolean complete() {
        long index = done.getPlain();
        Slot slot = slots[(int) (index % slots.length)];
        SendHeap heap = slot.heap;
        HeapCompletion completion = slot.completion;
        long bytesSent = slot.bytesSent;
        IOException error = slot.firstError;
        slot.heap = null;
        slot.completion = null;
        slot.firstError = null;
        cursor = Math.max(cursor, index + 1);
        done.setRelease(index + 1);
        heap.release();
        completion.onHeapDone(heap, bytesSent, error);
        return error != null;
    }
}
