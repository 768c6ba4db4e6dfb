package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.item.ItemPointer;
import org.spead.item.RawItem;

/**
 * A received heap without a gap: its items and its payload, in memory that goes back to a pool.
 *
 * <p>Held by reference count. Whoever is handed a heap has one reference and gives it up once, with {@link #close()} or
 * {@link #release()}; {@link #retain()} adds one for another holder, which may be another thread. With the last reference
 * the payload and this object are used again, so a holder that has given up its reference must not touch the heap:
 * it is told so by an {@link IllegalStateException} as long as the object has not become another heap.
 *
 * <p>The contents do not change while there is a reference. Items are in the order of their addresses, then those with an
 * immediate value in the order of these values. Access by index makes no garbage.
 */
public final class Heap implements ReceivedHeap {
    private final AtomicInteger references = new AtomicInteger();
    private final HeapPool home;
    private int[] ids = new int[16];
    private long[] values = new long[16];
    private int[] lengths = new int[16];
    private long[] pointers = new long[32];
    private int itemCount;
    private int firstImmediate;
    private long cnt;
    private int heapAddressBits;
    private boolean startOfStream;
    private boolean endOfStream;
    private ByteBuffer payload;

    Heap(HeapPool home) {
        this.home = home;
    }

    @Override
    public long cnt() {
        requireHeld();
        return cnt;
    }

    @Override
    public Flavour flavour() {
        requireHeld();
        return home.flavour(heapAddressBits);
    }

    /** Whether the heap carries a stream control item that says start. */
    @Override
    public boolean isStartOfStream() {
        requireHeld();
        return startOfStream;
    }

    /** Whether the heap carries a stream control item that says stop. */
    @Override
    public boolean isEndOfStream() {
        requireHeld();
        return endOfStream;
    }

    /** How many items there are: descriptors and stream control included, padding and empty items not. */
    public int itemCount() {
        requireHeld();
        return itemCount;
    }

    /** The identifier of item {@code index}. */
    public int itemId(int index) {
        checkIndex(index);
        return ids[index];
    }

    /** Whether item {@code index} has its value in its pointer. */
    public boolean isImmediate(int index) {
        checkIndex(index);
        return index >= firstImmediate;
    }

    /** The value of immediate item {@code index}, unsigned of the address width. */
    public long immediateValue(int index) {
        if (!isImmediate(index)) {
            throw new IllegalArgumentException("item " + index + " of heap " + cnt + " is in the payload");
        }
        return values[index];
    }

    /** Where item {@code index} begins in the payload, in bytes. */
    public int itemOffset(int index) {
        if (isImmediate(index)) {
            throw new IllegalArgumentException("item " + index + " of heap " + cnt + " is not in the payload");
        }
        return (int) values[index];
    }

    /** Bytes of item {@code index}; for an immediate the address width. */
    public int itemLength(int index) {
        checkIndex(index);
        return lengths[index];
    }

    /**
     * The payload: a direct, big-endian buffer from 0 to its limit. All holders share it, so it is to be read at absolute
     * positions, or through a {@linkplain ByteBuffer#duplicate() duplicate}. Nobody may write.
     */
    @Override
    public ByteBuffer payload() {
        requireHeld();
        return payload;
    }

    /** Item {@code index} as an object, with a view of its bytes that is valid as long as the heap is held. */
    public RawItem item(int index) {
        int id = itemId(index);
        if (isImmediate(index)) {
            return immediateItem(id, values[index], heapAddressBits);
        }
        ByteBuffer bytes = payload.slice(itemOffset(index), lengths[index]).asReadOnlyBuffer();
        return new RawItem(id, false, 0, bytes.order(ByteOrder.BIG_ENDIAN));
    }

    /** All items, each made when it is asked for. */
    public List<RawItem> items() {
        int size = itemCount();
        return new AbstractList<>() {
            @Override
            public RawItem get(int index) {
                return item(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Adds a reference, and returns this heap for whoever will hold it. */
    public Heap retain() {
        int held;
        do {
            held = references.get();
            if (held <= 0) {
                throw noLongerHeld();
            }
        } while (!references.compareAndSet(held, held + 1));
        return this;
    }

    /** Gives up one reference. */
    public void release() {
        int held;
        do {
            held = references.get();
            if (held <= 0) {
                throw noLongerHeld();
            }
        } while (!references.compareAndSet(held, held - 1));
        if (held == 1) {
            ByteBuffer buffer = payload;
            payload = null;
            home.takeBack(this, buffer);
        }
    }

    /** Same as {@link #release()}: gives up one reference, once for each holder. */
    @Override
    public void close() {
        release();
    }

    /** Makes this object the heap that has been assembled; the first reference is the caller's. */
    void fill(LiveHeap assembled, ByteBuffer payloadBytes, PointerSort sort) {
        cnt = assembled.cnt();
        heapAddressBits = assembled.heapAddressBits();
        payload = payloadBytes;
        PointerList from = assembled.pointers();
        int count = from.size();
        if (pointers.length < count) {
            pointers = new long[Integer.highestOneBit(count) * 2];
        }
        from.copyTo(pointers);
        sort.sort(pointers, count, heapAddressBits);
        if (ids.length < count) {
            ids = new int[pointers.length];
            values = new long[pointers.length];
            lengths = new int[pointers.length];
        }
        fillItems(count);
        startOfStream = hasStreamControl(ItemId.STREAM_CTRL_START);
        endOfStream = hasStreamControl(ItemId.STREAM_CTRL_STOP);
        references.set(1);
    }

    /** The immediate item as an object of its own. */
    static RawItem immediateItem(int id, long value, int heapAddressBits) {
        int bytes = heapAddressBits / 8;
        ByteBuffer wide = ByteBuffer.allocate(Long.BYTES).putLong(0, value);
        return new RawItem(
                id, true, value, wide.slice(Long.BYTES - bytes, bytes).asReadOnlyBuffer());
    }

    private void fillItems(int count) {
        itemCount = 0;
        firstImmediate = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            long pointer = pointers[i];
            boolean immediate = ItemPointer.isImmediate(pointer);
            long value = ItemPointer.value(pointer, heapAddressBits);
            if (immediate && firstImmediate > itemCount) {
                firstImmediate = itemCount;
            }
            long length = immediate ? heapAddressBits / 8 : addressAfter(i, count) - value;
            int id = ItemPointer.id(pointer, heapAddressBits);
            if (id != ItemId.NULL && length > 0) {
                ids[itemCount] = id;
                values[itemCount] = value;
                lengths[itemCount] = (int) length;
                itemCount++;
            }
        }
    }

    private long addressAfter(int index, int count) {
        if (index + 1 < count && !ItemPointer.isImmediate(pointers[index + 1])) {
            return ItemPointer.value(pointers[index + 1], heapAddressBits);
        }
        return payload.limit();
    }

    private boolean hasStreamControl(long wanted) {
        for (int i = 0; i < itemCount; i++) {
            if (ids[i] == ItemId.STREAM_CTRL && unsignedValue(i) == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The item as a number; -1 when it does not fit one. */
    private long unsignedValue(int index) {
        if (index >= firstImmediate) {
            return values[index];
        }
        long value = 0;
        int start = (int) values[index];
        for (int i = start; i < start + lengths[index]; i++) {
            if (value >>> 48 != 0) {
                return -1;
            }
            value = value << 8 | (payload.get(i) & 0xFF);
        }
        return value;
    }

    private void checkIndex(int index) {
        requireHeld();
        if (index < 0 || index >= itemCount) {
            throw new IndexOutOfBoundsException("heap " + cnt + " has " + itemCount + " items, no item " + index);
        }
    }

    private void requireHeld() {
        if (references.get() <= 0) {
            throw noLongerHeld();
        }
    }

    private IllegalStateException noLongerHeld() {
        return new IllegalStateException("heap " + cnt + " was used after its last reference had been given up");
    }
}
