package org.spead.item;

/**
 * An item of a group: what it is and its latest value. Changed by its {@link ItemGroup} only, on the group's thread.
 *
 * <p>The version grows with every change of the value. A value set by a sender counts for one, an update from a heap for two,
 * as they do in the protocol's reference implementations, so that versions can be compared with theirs.
 */
public final class Item {
    private final Descriptor descriptor;
    private final ItemType type;
    private ItemValue value;
    private long version;

    Item(Descriptor descriptor, ItemType type, long version) {
        this.descriptor = descriptor;
        this.type = type;
        this.version = version;
    }

    /** Identifier on the wire. */
    public int id() {
        return descriptor.id();
    }

    /** Name, unique in the group. */
    public String name() {
        return descriptor.name();
    }

    /** What the item is. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** How its bytes are read. */
    public ItemType type() {
        return type;
    }

    /** The latest value, or null when none has come yet. */
    public ItemValue value() {
        return value;
    }

    /** Grows with every change; larger than that of any item this one has replaced. */
    public long version() {
        return version;
    }

    void set(ItemValue newValue) {
        value = newValue;
        version++;
    }

    void update(ItemValue newValue) {
        value = newValue;
        version += 2;
    }

    @Override
    public String toString() {
        return "item 0x" + Integer.toHexString(id()) + " " + name() + " = " + value;
    }
}
