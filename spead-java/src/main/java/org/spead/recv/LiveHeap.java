package org.spead.recv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.item.ItemPointer;
import org.spead.item.RawItem;
import org.spead.packet.PacketHeader;

/**
 * A heap under assembly; an object serves one heap after another. Confined to the receive thread.
 *
 * <p>Let <i>received</i> be the payload bytes that arrived, and <i>extent</i> the least length the heap can have: the
 * largest of its stated length, its item addresses and the ends of its payloads. A live heap is
 *
 * <ul>
 *   <li><b>complete</b> when its length is stated and received = length = extent: it is delivered at once;
 *   <li><b>contiguous</b> when received = extent: an unsized heap has no other way to end, and is delivered as a heap
 *       when it is given up;
 *   <li><b>incomplete</b> otherwise: when given up, it is delivered as an {@link IncompleteHeap}.
 * </ul>
 *
 * <p>It is given up when as many heaps of its substream as there are slots have begun after it, or when the stream ends.
 *
 * <p>Memory is committed on evidence, not on promises. What a heap is <i>believed</i> to be is the largest of {@value
 * #UNPROVEN_BYTES} bytes, the largest heap the stream has completed, and {@value #BELIEF} times what has arrived of it; its
 * buffer has at most that size (rounded up by the pool, at most by a quarter), the first one also at most the stated length,
 * and it doubles as payload arrives. While it grows the old one is held too. Payload that lies beyond what is believed,
 * as when the packets of a long heap arrive shuffled, waits in {@link StrayPayload}, which takes memory for itself only, until
 * the heap is believed to reach that far: at the latest when a {@value #BELIEF}th of it has arrived. A heap that finds no memory
 * is starved: it keeps its slot, holds nothing and ends incomplete.
 * A {@link PlacedLiveHeap} needs none of that: its payload goes elsewhere at once.
 */
class LiveHeap {
    static final int UNPROVEN_BYTES = 1 << 20;

    /** How much longer than what has arrived a heap may be believed to be. */
    static final int BELIEF = 64;

    private static final int FIRST_UNSIZED_BYTES = 1 << 14;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 14).asReadOnlyBuffer();

    private final int slot;
    private final PointerList pointers = new PointerList();
    private final RangeList ranges = new RangeList();
    private final StrayPayload strays = new StrayPayload();
    private boolean strayPacket;
    private long cnt;
    private int heapAddressBits;
    private long heapLength;
    private long extent;
    private long received;
    private boolean endOfStream;
    private boolean starved;
    private boolean live;
    private ByteBuffer payload;

    /** The next heap in the same bucket of {@link LiveHeapIndex}; that class's to read and write. */
    LiveHeap nextInBucket;

    /** Makes the heaps of the assembler's slot {@code slot}. */
    LiveHeap(int slot) {
        this.slot = slot;
    }

    int slot() {
        return slot;
    }

    void begin(PacketHeader header) {
        cnt = header.heapCnt();
        heapAddressBits = header.heapAddressBits();
        heapLength = PacketHeader.UNKNOWN_LENGTH;
        extent = 0;
        received = 0;
        endOfStream = false;
        starved = false;
        live = true;
        pointers.clear();
        ranges.clear();
    }

    /** Assembly has ended; what has arrived stays until it is handed over or dropped. */
    void end() {
        live = false;
    }

    boolean isLive() {
        return live;
    }

    long cnt() {
        return cnt;
    }

    int heapAddressBits() {
        return heapAddressBits;
    }

    PointerList pointers() {
        return pointers;
    }

    long received() {
        return received;
    }

    boolean isEndOfStream() {
        return endOfStream;
    }

    boolean isStarved() {
        return starved;
    }

    boolean isComplete() {
        return received == heapLength && isContiguous();
    }

    boolean isContiguous() {
        return received == extent && !starved;
    }

    /** Whether the packet agrees with what this heap's earlier packets said. */
    HeapFault checkLength(PacketHeader header) {
        long stated = header.heapLength();
        if (stated >= 0 && heapLength >= 0 && stated != heapLength) {
            return HeapFault.LENGTH_CHANGED;
        }
        if (stated >= 0 && stated < extent) {
            return HeapFault.LENGTH_TOO_SMALL;
        }
        if (header.heapAddressBits() != heapAddressBits) {
            return HeapFault.FLAVOUR_CHANGED;
        }
        return null;
    }

    /** Whether the packet's payload goes where the mode wants it. */
    HeapFault checkOffset(PacketHeader header, boolean allowOutOfOrder, int maxRanges) {
        long offset = header.payloadOffset();
        if (!allowOutOfOrder) {
            if (offset == received) {
                return null;
            }
            return offset < received ? HeapFault.BEHIND : HeapFault.AHEAD;
        }
        if (!ranges.isFree(offset, offset + header.payloadLength())) {
            return HeapFault.OVERLAP;
        }
        return ranges.size() >= maxRanges ? HeapFault.TOO_FRAGMENTED : null;
    }

    /** Whether the packet's item pointers leave the heap with at most {@code maxPointers}. */
    HeapFault checkPointers(ByteBuffer block, PacketHeader header, int maxPointers) {
        if (pointers.size() + header.pointerCount() <= maxPointers) {
            return null;
        }
        pointers.startPacket();
        int added = 0;
        for (int i = header.firstItem(); i < header.pointerCount(); i++) {
            added += pointers.contains(header.pointer(block, i)) ? 0 : 1;
        }
        return pointers.size() + added <= maxPointers ? null : HeapFault.TOO_MANY_ITEMS;
    }

    /**
     * Makes room for the packet's payload, in its place or among the strays.
     *
     * @param provenBytes the largest heap that the stream has completed
     * @param maxBytes the longest heap that the stream accepts
     * @return whether there is room; if not, the heap is starved from now on
     */
    boolean reserve(PacketHeader header, BufferPool pool, long provenBytes, int maxBytes) {
        if (starved) {
            return false;
        }
        long end = header.payloadOffset() + header.payloadLength();
        long believed = Math.max(Math.max(UNPROVEN_BYTES, provenBytes), BELIEF * (received + header.payloadLength()));
        int capacity = payload == null ? 0 : payload.capacity();
        strayPacket = end > Math.max(capacity, believed);
        long needed = strayPacket ? 0 : end;
        if (strays.end() <= believed) {
            needed = Math.max(needed, strays.end());
        }
        long length = Math.max(heapLength, header.heapLength());
        long first = length >= 0 ? Math.max(UNPROVEN_BYTES, provenBytes) : FIRST_UNSIZED_BYTES;
        long limit = Math.min(believed, length >= 0 ? length : maxBytes);
        boolean enough = needed <= capacity && payload != null;
        boolean reserved = enough || grow(needed, Math.min(limit, Math.max(first, 2L * capacity)), pool);
        starved = !reserved || (strayPacket && !strays.reserve(header.payloadLength(), pool));
        if (starved) {
            dropPayload(pool);
        } else if (strays.end() > 0 && strays.end() <= payload.capacity()) {
            strays.moveTo(payload, pool);
        }
        return !starved;
    }

    /** Exchanges the buffer for one of at least {@code needed} bytes, better of {@code wanted}; false when there is none. */
    private boolean grow(long needed, long wanted, BufferPool pool) {
        ByteBuffer larger = pool.acquire((int) Math.max(needed, wanted));
        if (larger == null && wanted > needed) {
            larger = pool.acquire((int) needed);
        }
        if (larger == null) {
            return false;
        }
        if (payload != null) {
            larger.put(0, payload, 0, payload.capacity());
            pool.release(payload);
        }
        payload = larger;
        return true;
    }

    /** Takes a packet that has passed all checks, and for which there is room. */
    void take(ByteBuffer block, PacketHeader header) {
        if (header.heapLength() >= 0) {
            heapLength = header.heapLength();
            extent = Math.max(extent, heapLength);
        }
        pointers.startPacket();
        for (int i = header.firstItem(); i < header.pointerCount(); i++) {
            long pointer = header.pointer(block, i);
            if (!pointers.repeatsNext(pointer)) {
                takePointer(pointer);
            }
        }
        int length = header.payloadLength();
        long end = header.payloadOffset() + length;
        put(block, header);
        ranges.add(header.payloadOffset(), end);
        received += length;
        extent = Math.max(extent, end);
    }

    /** Copies the packet's payload to where it belongs. */
    void put(ByteBuffer block, PacketHeader header) {
        if (strayPacket) {
            strays.add(header.payloadOffset(), block, header.payloadPosition(), header.payloadLength());
        } else {
            payload.put((int) header.payloadOffset(), block, header.payloadPosition(), header.payloadLength());
        }
    }

    /** Hands the payload over; the caller now owns it. */
    ByteBuffer removePayload() {
        ByteBuffer removed = payload.position(0).limit((int) received);
        payload = null;
        return removed;
    }

    /** Gives the payload back to the pool, if there is one. */
    void dropPayload(BufferPool pool) {
        strays.drop(pool);
        if (payload != null) {
            pool.release(payload);
            payload = null;
        }
    }

    /** What is left of this heap, with its payload when that is to be kept and given back otherwise. */
    IncompleteHeap toIncompleteHeap(PointerSort sort, Flavour flavour, boolean keepPayload, BufferPool pool) {
        long[] sorted = new long[pointers.size()];
        pointers.copyTo(sorted);
        sort.sort(sorted, sorted.length, heapAddressBits);
        List<RawItem> immediates = new ArrayList<>();
        for (long pointer : sorted) {
            int id = ItemPointer.id(pointer, heapAddressBits);
            if (ItemPointer.isImmediate(pointer) && id != ItemId.NULL) {
                long value = ItemPointer.value(pointer, heapAddressBits);
                immediates.add(Heap.immediateItem(id, value, heapAddressBits));
            }
        }
        List<PayloadRange> arrived = ranges.toList();
        ByteBuffer kept = keepPayload ? removeRanges(arrived) : null;
        dropPayload(pool);
        return new IncompleteHeap(cnt, flavour, heapLength, received, arrived, immediates, kept, pool);
    }

    /** Hands over what there is of the payload, zero where nothing arrived: the buffer may have held another heap. */
    private ByteBuffer removeRanges(List<PayloadRange> arrived) {
        if (payload == null || arrived.isEmpty()) {
            return null;
        }
        long end = arrived.get(arrived.size() - 1).end();
        ByteBuffer removed = payload.position(0).limit((int) Math.min(end, payload.capacity()));
        payload = null;
        int at = 0;
        for (PayloadRange range : arrived) {
            zero(removed, at, (int) Math.min(range.start(), removed.limit()));
            at = (int) Math.min(range.end(), removed.limit());
        }
        return removed;
    }

    /** In large pieces: how many bytes there are to zero is the sender's to choose, so they must cost next to nothing. */
    private static void zero(ByteBuffer buffer, int start, int end) {
        for (int at = start; at < end; at += ZEROS.capacity()) {
            buffer.put(at, ZEROS, 0, Math.min(ZEROS.capacity(), end - at));
        }
    }

    private void takePointer(long pointer) {
        int id = ItemPointer.id(pointer, heapAddressBits);
        if (id >= ItemId.HEAP_CNT && id <= ItemId.PAYLOAD_LENGTH) {
            return;
        }
        pointers.add(pointer);
        long value = ItemPointer.value(pointer, heapAddressBits);
        if (!ItemPointer.isImmediate(pointer)) {
            extent = Math.max(extent, value);
        } else if (id == ItemId.STREAM_CTRL && value == ItemId.STREAM_CTRL_STOP) {
            endOfStream = true;
        }
    }
}
