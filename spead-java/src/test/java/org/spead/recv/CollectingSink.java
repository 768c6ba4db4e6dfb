package org.spead.recv;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything a stream delivers, in order; the heaps are held until {@link #close()}. */
final class CollectingSink implements HeapSink, AutoCloseable {
    final List<Object> delivered = new ArrayList<>();
    int ends;

    @Override
    public void heap(Heap heap) {
        delivered.add(heap);
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        delivered.add(heap);
    }

    @Override
    public void endOfStream() {
        ends++;
    }

    List<Heap> heaps() {
        return delivered.stream()
                .filter(Heap.class::isInstance)
                .map(Heap.class::cast)
                .toList();
    }

    List<IncompleteHeap> incompleteHeaps() {
        return delivered.stream()
                .filter(IncompleteHeap.class::isInstance)
                .map(IncompleteHeap.class::cast)
                .toList();
    }

    @Override
    public void close() {
        heaps().forEach(Heap::close);
        delivered.clear();
    }
}
