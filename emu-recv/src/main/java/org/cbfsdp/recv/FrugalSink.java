package org.cbfsdp.recv;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;

/**
 * For a source that waits when it is not read: while memory is short it has room only when none of its heaps waits in the ring
 * and no dump is on its way to a consumer. So a stream that is ahead of the others leaves them the memory that they need to
 * catch up, and no heap begins that would find no memory because a consumer is slow. Heaps that wait for nothing but other
 * streams are no reason to wait: that would be for ever. Called as {@link HeapSink} says.
 *
 * @param isDelivering whether dumps hold memory that will come back even if nothing more is received
 * @param largestHeapBytes payload of the largest heap so far of all {@code streams} that share the buffers
 */
record FrugalSink(
        DrainingSink sink, BufferPool buffers, BooleanSupplier isDelivering, AtomicLong largestHeapBytes, int streams)
        implements HeapSink {
    /** A stream may read this much, of many small heaps, before it asks again whether there is room. */
    static final int READ_AHEAD_BYTES = 1 << 19;

    /** The ring is asked first: heaps move from it to the consumers, so that none is overlooked on its way. */
    @Override
    public boolean hasRoom() {
        return sink.hasRoom() && !(isShort() && (sink.ring().size() > 0 || isDelivering.getAsBoolean()));
    }

    /** Whether the next heaps of all streams may find no memory; while a heap grows it needs almost twice its size. */
    private boolean isShort() {
        long nextBytes = streams * (2 * largestHeapBytes.get() + READ_AHEAD_BYTES);
        long spareBytes = Math.max(buffers.boundBytes() / 4, nextBytes);
        return buffers.lentBytes() > buffers.boundBytes() - spareBytes;
    }

    @Override
    public void heap(Heap heap) {
        long bytes = heap.payload().remaining();
        if (bytes > largestHeapBytes.get()) {
            largestHeapBytes.accumulateAndGet(bytes, Math::max);
        }
        sink.heap(heap);
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        sink.incompleteHeap(heap);
    }

    @Override
    public void endOfStream() {
        sink.endOfStream();
    }

    @Override
    public long droppedHeaps() {
        return sink.droppedHeaps();
    }

    @Override
    public long blockedCount() {
        return sink.blockedCount();
    }
}
