package org.spead.send;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.spead.item.Flavour;
import org.spead.item.Item;
import org.spead.item.ItemGroup;

/**
 * Makes heaps of the items of a group, and remembers what of them it has put into a heap already.
 *
 * <p>Items come in the order of the group, each with its descriptor before its value; an item without a value has a descriptor
 * only. That an item has replaced another is noticed when stale descriptors are asked for, as in the reference
 * implementation: what was sent of it before in heaps of {@link Include#ALL} is then sent once more. Values are encoded when the heap
 * is made, so that the group may change while the heap is under way. Makes garbage: for many heaps of one layout there is
 * {@link HeapBuilder}. Confined to the group's thread.
 */
public final class HeapGenerator {
    /** Which descriptors, or which values, go into a heap. */
    public enum Include {
        /** Those of every item. */
        ALL,
        /**
         * Those that a receiver of all heaps so far does not know: descriptors that were not sent, are of an item that has
         * replaced another, or are due again; values that were set since they were sent.
         */
        STALE,
        /** None. */
        NONE
    }

    private final ItemGroup items;
    private final Flavour flavour;
    private final int descriptorFrequency;
    private final Map<Integer, Sent> sent = new HashMap<>();
    private long heaps;

    /** A generator that takes a descriptor for known once it was sent. */
    public HeapGenerator(ItemGroup items, Flavour flavour) {
        this(items, flavour, 0);
    }

    /**
     * A generator that sends descriptors again.
     *
     * @param descriptorFrequency a descriptor is stale so many heaps after it was sent; 0 for never again
     */
    public HeapGenerator(ItemGroup items, Flavour flavour, int descriptorFrequency) {
        if (descriptorFrequency < 0) {
            throw new IllegalArgumentException("descriptorFrequency must not be " + descriptorFrequency);
        }
        this.items = items;
        this.flavour = flavour;
        this.descriptorFrequency = descriptorFrequency;
    }

    /** The group that heaps are made of. */
    public ItemGroup items() {
        return items;
    }

    /** A heap of stale descriptors and stale values. */
    public SendHeap heap() {
        return heap(Include.STALE, Include.STALE);
    }

    /** A heap of the group's items. */
    public SendHeap heap(Include descriptors, Include values) {
        return addTo(new HeapBuilder(flavour), descriptors, values).build();
    }

    /** A heap that marks the start of the stream, and has nothing else. */
    public SendHeap startHeap() {
        return new HeapBuilder(flavour).addStreamStart().build();
    }

    /** A heap that marks the end of the stream, and has nothing else. */
    public SendHeap endHeap() {
        return new HeapBuilder(flavour).addStreamStop().build();
    }

    /**
     * Adds the group's items to a heap in the making, of the same flavour; it counts as a heap of its own.
     *
     * @throws IllegalArgumentException when an identifier or a descriptor does not fit the flavour; what came before it was
     *     added
     */
    public HeapBuilder addTo(HeapBuilder heap, Include descriptors, Include values) {
        for (Item item : items.items()) {
            Sent known = sent.computeIfAbsent(item.id(), id -> new Sent(item));
            if (wants(descriptors, () -> isDescriptorStale(known, item))) {
                heap.addDescriptor(item.descriptor());
                known.descriptorHeap = heaps;
            }
            if (item.value() != null && wants(values, () -> known.version != item.version())) {
                heap.addEncoded(item.id(), item.type(), item.value());
                known.version = item.version();
            }
        }
        heaps++;
        return heap;
    }

    /** Whether the descriptor is to be sent; if the item has replaced another, its value is from here on not sent either. */
    private boolean isDescriptorStale(Sent known, Item item) {
        boolean never = known.descriptorHeap == Sent.NEVER;
        if (never || (descriptorFrequency > 0 && heaps - known.descriptorHeap >= descriptorFrequency)) {
            return true;
        }
        boolean replaced = known.item != item;
        if (replaced) {
            known.item = item;
            known.version = Sent.NEVER;
        }
        return replaced;
    }

    private static boolean wants(Include include, BooleanSupplier stale) {
        return include == Include.ALL || (include == Include.STALE && stale.getAsBoolean());
    }

    /** What was last sent under an identifier: in which heap the descriptor, and which version of the value. */
    private static final class Sent {
        private static final long NEVER = -1;

        private Item item;
        private long descriptorHeap = NEVER;
        private long version = NEVER;

        private Sent(Item item) {
            this.item = item;
        }
    }
}
