package org.spead.passthrough;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spead.item.ItemGroup;
import org.spead.item.ItemUpdate;
import org.spead.item.ItemValue;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;

/** Decodes the heaps of one substream as they come. Read when the substream has ended. */
final class ReceivedHeaps implements HeapSink {
    /** What a heap brought: the values of the items it updated, by name. */
    record Received(long cnt, boolean start, int itemCount, Map<String, ItemValue> values, boolean complete) {}

    private final List<Received> heaps = new ArrayList<>();
    private final ItemGroup items = new ItemGroup();
    private int incomplete;
    private volatile boolean ended;

    @Override
    public void heap(Heap heap) {
        try (heap) {
            ItemUpdate update = items.update(heap.items());
            Map<String, ItemValue> values = new LinkedHashMap<>();
            update.updated().forEach(item -> values.put(item.name(), item.value()));
            heaps.add(new Received(heap.cnt(), heap.isStartOfStream(), heap.itemCount(), values, update.isComplete()));
        }
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        incomplete++;
    }

    @Override
    public void endOfStream() {
        ended = true;
    }

    List<Received> heaps() {
        return heaps;
    }

    ItemGroup items() {
        return items;
    }

    int incomplete() {
        return incomplete;
    }

    boolean ended() {
        return ended;
    }
}
