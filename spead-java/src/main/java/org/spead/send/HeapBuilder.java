package org.spead.send;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.Item;
import org.spead.item.ItemId;
import org.spead.item.ItemPointer;
import org.spead.item.ItemType;
import org.spead.item.ItemValue;

/**
 * Lays out heaps. What is added goes on the wire in that order.
 *
 * <p>Small things (descriptors, values) are copied, and each heap built has a copy of its own; big data is taken by
 * reference. To send many heaps of one layout, {@link #build()} as many as may be in flight, and set their values between
 * sendings (see {@link SendHeap}). Building makes garbage, sending what was built does not. Confined to one thread.
 */
public final class HeapBuilder {
    private final Flavour flavour;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final List<Boolean> copied = new ArrayList<>();
    private long[] pointers = new long[16];
    private int pointerCount;
    private boolean repeatPointers;
    private long payloadBytes;

    /** Begins an empty heap. */
    public HeapBuilder(Flavour flavour) {
        this.flavour = flavour;
    }

    /** Starts afresh; heaps built before are not affected. */
    public HeapBuilder clear() {
        segments.clear();
        copied.clear();
        pointerCount = 0;
        repeatPointers = false;
        payloadBytes = 0;
        return this;
    }

    /** Adds the descriptor of an item. */
    public HeapBuilder addDescriptor(Descriptor descriptor) {
        addCopy(ItemId.DESCRIPTOR, descriptor.encode(flavour));
        return this;
    }

    /**
     * Adds an item's value: in the pointer when the item is of fixed size, its elements have whole bytes, and it fits; in
     * the payload otherwise. In a pointer the value's bytes are the last ones, the others are zero.
     */
    public HeapBuilder addItem(int id, ItemType type, ItemValue value) {
        return addWire(id, type, type.encode(value), true);
    }

    /** The same for a value whose encoded bytes nobody will write to, so that all heaps built share them. */
    HeapBuilder addEncoded(int id, ItemType type, ItemValue value) {
        return addWire(id, type, type.encode(value), false);
    }

    private HeapBuilder addWire(int id, ItemType type, ByteBuffer wire, boolean copy) {
        if (type.isImmediate(flavour)) {
            long bits = 0;
            while (wire.hasRemaining()) {
                bits = bits << 8 | (wire.get() & 0xff);
            }
            addImmediate(id, bits);
        } else if (copy) {
            addCopy(id, wire);
        } else {
            addReference(id, wire);
        }
        return this;
    }

    /** Adds the value of an item of a group; it must have one. */
    public HeapBuilder addItem(Item item) {
        return addItem(item.id(), item.type(), item.value());
    }

    /**
     * Adds an item whose value is in the pointer.
     *
     * @param value as the {@code heapAddressBits} low bits of the pointer, so the item's bytes read as a big-endian number:
     *     a little-endian 32-bit 5 is {@code 0x05000000}
     * @return the index for {@link SendHeap#setImmediate}
     */
    public int addImmediate(int id, long value) {
        return addPointer(ItemPointer.immediate(id, value, flavour.heapAddressBits()));
    }

    /**
     * Adds an item whose bytes, from position to limit, are sent from where they lie.
     *
     * @return the index for {@link SendHeap#setSegment}
     */
    public int addReference(int id, ByteBuffer bytes) {
        return addSegment(id, bytes, false);
    }

    /**
     * Adds an item whose bytes, from position to limit, are copied now, and once more for every heap built.
     *
     * @return the index for {@link SendHeap#segment}
     */
    public int addCopy(int id, ByteBuffer bytes) {
        return addSegment(id, directCopy(bytes), true);
    }

    /**
     * Puts all item pointers into every packet, so that a receiver can use each packet by itself; they must fit one. Off at
     * first.
     */
    public HeapBuilder repeatPointers(boolean repeat) {
        repeatPointers = repeat;
        return this;
    }

    /** Adds the item that marks the start of a stream. */
    public HeapBuilder addStreamStart() {
        addImmediate(ItemId.STREAM_CTRL, ItemId.STREAM_CTRL_START);
        return this;
    }

    /** Adds the item that marks the end of a stream. */
    public HeapBuilder addStreamStop() {
        addImmediate(ItemId.STREAM_CTRL, ItemId.STREAM_CTRL_STOP);
        return this;
    }

    /** A heap of what has been added so far. */
    public SendHeap build() {
        ByteBuffer[] own = new ByteBuffer[segments.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = copied.get(i) ? directCopy(segments.get(i)) : segments.get(i);
        }
        return new SendHeap(flavour, repeatPointers, Arrays.copyOf(pointers, pointerCount), own);
    }

    /** Refuses payloads whose length does not fit the flavour's heap length item. */
    static void requireFits(Flavour flavour, long payloadBytes) {
        if (payloadBytes > flavour.maxAddress()) {
            throw new IllegalArgumentException("a heap of " + payloadBytes + " bytes does not fit " + flavour);
        }
    }

    private int addSegment(int id, ByteBuffer bytes, boolean isCopy) {
        requireFits(flavour, payloadBytes + bytes.remaining());
        addPointer(ItemPointer.addressed(id, payloadBytes, flavour.heapAddressBits()));
        segments.add(bytes);
        copied.add(isCopy);
        payloadBytes += bytes.remaining();
        return segments.size() - 1;
    }

    private int addPointer(long pointer) {
        if (pointerCount == pointers.length) {
            pointers = Arrays.copyOf(pointers, 2 * pointerCount);
        }
        pointers[pointerCount] = pointer;
        return pointerCount++;
    }

    private static ByteBuffer directCopy(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.BIG_ENDIAN);
        return copy.put(bytes.duplicate()).rewind();
    }
}
