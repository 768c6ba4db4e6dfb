package org.spead.item;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of a stream as a receiver or a sender knows them: descriptors make them, heaps or the sender give them values.
 *
 * <p>Descriptors are remembered by their bytes, so that a sender which repeats them in every heap costs a comparison
 * each. Both memories are bounded. Confined to one thread.
 */
public final class ItemGroup {
    /** Most items of a group, so that no stream of descriptors can exhaust the memory. */
    public static final int MAX_ITEMS = 65_536;

    /** Most bytes of descriptor items remembered; beyond that the memory starts afresh. */
    private static final int MAX_REMEMBERED_BYTES = 1 << 20;

    private final Map<Integer, Item> byId = new LinkedHashMap<>();
    private final Map<String, Item> byName = new HashMap<>();
    private final Map<ByteBuffer, List<Descriptor>> remembered = new HashMap<>();
    private final DescriptorDecoder decoder;
    private int rememberedBytes;

    /** A group for descriptors as the protocol has them. */
    public ItemGroup() {
        this(BugCompat.NONE);
    }

    /** A group for descriptors with these old mistakes; to be those of the stream whose heaps will come. */
    public ItemGroup(BugCompat bugCompat) {
        this.decoder = new DescriptorDecoder(bugCompat);
    }

    /** The item of this identifier, or null. */
    public Item get(int id) {
        return byId.get(id);
    }

    /** The item of this name, or null. */
    public Item get(String name) {
        return byName.get(name);
    }

    /** All items, in the order in which they were first described. */
    public Collection<Item> items() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /**
     * Adds an item, or replaces those of the same identifier and of the same name. An identical descriptor changes nothing.
     *
     * @return the item
     * @throws ItemFormatException when the descriptor describes nothing usable
     */
    public Item add(Descriptor descriptor) {
        Item same = byId.get(descriptor.id());
        if (same != null && same.descriptor().equals(descriptor)) {
            return same;
        }
        Item namesake = byName.get(descriptor.name());
        if (same == null && namesake == null && byId.size() >= MAX_ITEMS) {
            throw new ItemFormatException(ItemFault.TOO_MANY_ITEMS, descriptor.name());
        }
        ItemType type = ItemType.of(descriptor);
        long version = 1;
        for (Item replaced : new Item[] {same, namesake}) {
            if (replaced != null) {
                version = Math.max(version, replaced.version() + 1);
                byId.remove(replaced.id());
                byName.remove(replaced.name());
            }
        }
        Item item = new Item(descriptor, type, version);
        byId.put(item.id(), item);
        byName.put(item.name(), item);
        return item;
    }

    /**
     * Adds an item described by a numpy header under the first free identifier from {@link ItemId#FIRST_FREE} on; replaces one
     * of the same name.
     */
    public Item add(String name, String description, NumpyHeader header) {
        return add(Descriptor.numpy(freeId(), name, description, header));
    }

    /** The same for an item described by format fields, big-endian on the wire. */
    public Item add(String name, String description, Shape shape, FormatField... fields) {
        return add(Descriptor.format(freeId(), name, description, shape, fields));
    }

    /**
     * Gives an item a new value, which {@link Item#version()} shows even when the value is the same as before.
     *
     * @throws IllegalArgumentException when the item is not, or no longer, in this group, or the value is not of its type
     */
    public void set(Item item, ItemValue value) {
        if (byId.get(item.id()) != item) {
            throw new IllegalArgumentException("item " + item.name() + " is not in the group, or was replaced");
        }
        if (!item.type().holds(value)) {
            throw new IllegalArgumentException("item " + item.name() + " cannot have a value " + value);
        }
        item.set(value);
    }

    /** The same for the item of a name. */
    public void set(String name, ItemValue value) {
        Item item = byName.get(name);
        if (item == null) {
            throw new IllegalArgumentException("there is no item " + name);
        }
        set(item, value);
    }

    private int freeId() {
        int id = ItemId.FIRST_FREE;
        while (byId.containsKey(id)) {
            id++;
        }
        return id;
    }

    /**
     * Applies a heap: first all its descriptors, then its items. Never throws for what the bytes are.
     *
     * <p>Stops at the first descriptor that describes nothing usable and at the first item whose bytes do not fit its
     * descriptor; what came before stays applied.
     *
     * @param heap items in the heap's order; their bytes are not needed afterwards
     */
    public ItemUpdate update(Iterable<RawItem> heap) {
        Progress progress = new Progress();
        for (RawItem raw : heap) {
            if (raw.id() == ItemId.DESCRIPTOR && progress.fault == ItemFault.NONE) {
                describe(raw, progress);
            }
        }
        for (RawItem raw : heap) {
            if (raw.id() > ItemId.STREAM_CTRL && progress.fault == ItemFault.NONE) {
                value(raw, progress);
            }
        }
        return new ItemUpdate(
                progress.updated,
                progress.adopted,
                progress.dropped,
                progress.unknown,
                progress.fault,
                progress.faultItemId);
    }

    private void describe(RawItem raw, Progress progress) {
        List<Descriptor> descriptors = remembered.get(raw.bytes());
        if (descriptors == null) {
            descriptors = new ArrayList<>();
            ItemFault fault = decoder.decode(raw.bytes(), descriptors);
            if (fault == ItemFault.NONE) {
                remember(raw.bytes(), descriptors);
            } else if (descriptors.isEmpty()) {
                progress.dropped++;
            }
        }
        for (Descriptor descriptor : descriptors) {
            try {
                Item before = byId.get(descriptor.id());
                if (add(descriptor) != before) {
                    progress.adopted++;
                }
            } catch (ItemFormatException e) {
                progress.stop(e.fault(), descriptor.id());
                return;
            }
        }
    }

    private void remember(ByteBuffer bytes, List<Descriptor> descriptors) {
        if (bytes.remaining() > MAX_REMEMBERED_BYTES - rememberedBytes) {
            remembered.clear();
            rememberedBytes = 0;
        }
        if (bytes.remaining() > MAX_REMEMBERED_BYTES) {
            return;
        }
        rememberedBytes += bytes.remaining();
        ByteBuffer key = ByteBuffer.allocate(bytes.remaining());
        key.put(bytes.duplicate()).rewind();
        remembered.put(key, descriptors);
    }

    private void value(RawItem raw, Progress progress) {
        Item item = byId.get(raw.id());
        if (item == null) {
            progress.unknown++;
            return;
        }
        ItemFault fault = item.type().check(raw);
        if (fault != ItemFault.NONE) {
            progress.stop(fault, raw.id());
            return;
        }
        item.update(item.type().decode(raw));
        progress.updated.add(item);
    }

    /** The result in the making. */
    private static final class Progress {
        private final List<Item> updated = new ArrayList<>();
        private int adopted;
        private int dropped;
        private int unknown;
        private ItemFault fault = ItemFault.NONE;
        private int faultItemId;

        private void stop(ItemFault why, int itemId) {
            fault = why;
            faultItemId = itemId;
        }
    }
}
