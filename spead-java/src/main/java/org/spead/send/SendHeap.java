package org.spead.send;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.spead.item.Flavour;
import org.spead.item.ItemPointer;

/**
 * A heap laid out for sending: item pointers, and the payload as segments that are sent from where they lie.
 *
 * <p>The layout is fixed, the values are not: between two sendings an immediate may be set and a segment exchanged or
 * written, so that a sender with a few of these circulating makes no garbage. A heap belongs to its stream from the moment
 * it is offered until its completion is called, and to its owner otherwise; changes in between are refused.
 */
public final class SendHeap {
    private final Flavour flavour;
    private final boolean repeatPointers;
    private final long[] pointers;
    private final ByteBuffer[] segments;
    private final ByteBuffer[][] views;
    private long payloadBytes;
    private volatile boolean inFlight;

    SendHeap(Flavour flavour, boolean repeatPointers, long[] pointers, ByteBuffer[] segments) {
        this.flavour = flavour;
        this.repeatPointers = repeatPointers;
        this.pointers = pointers;
        this.segments = segments;
        this.views = new ByteBuffer[segments.length][0];
        for (ByteBuffer segment : segments) {
            payloadBytes += segment.remaining();
        }
    }

    /** The flavour all packets of the heap have. */
    public Flavour flavour() {
        return flavour;
    }

    /** Whether every packet has all item pointers. */
    public boolean repeatsPointers() {
        return repeatPointers;
    }

    /** Bytes of payload before padding. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** Number of item pointers. */
    public int pointerCount() {
        return pointers.length;
    }

    /**
     * Sets the value of an immediate item.
     *
     * @param pointerIndex what {@link HeapBuilder} returned for the item
     * @param value unsigned, within the flavour's address width; see {@link HeapBuilder#addImmediate}
     */
    public void setImmediate(int pointerIndex, long value) {
        requireOwned();
        long pointer = pointers[pointerIndex];
        if (!ItemPointer.isImmediate(pointer)) {
            throw new IllegalArgumentException("item pointer " + pointerIndex + " is not an immediate");
        }
        int bits = flavour.heapAddressBits();
        pointers[pointerIndex] = ItemPointer.immediate(ItemPointer.id(pointer, bits), value, bits);
    }

    /** The bytes of a segment, position to limit, for its owner to write into at absolute indices. */
    public ByteBuffer segment(int segmentIndex) {
        requireOwned();
        return segments[segmentIndex];
    }

    /**
     * Exchanges a segment; the buffer is sent from where it lies, from position to limit. Where packets leave without being
     * copied first, the next sending makes views of it, a few small objects.
     *
     * @param segmentIndex what {@link HeapBuilder} returned for the item
     * @throws IllegalArgumentException when the length differs, which only the last segment's may, as it moves nothing
     */
    public void setSegment(int segmentIndex, ByteBuffer bytes) {
        requireOwned();
        int change = bytes.remaining() - segments[segmentIndex].remaining();
        if (change != 0 && segmentIndex != segments.length - 1) {
            throw new IllegalArgumentException("segment " + segmentIndex + " has "
                    + segments[segmentIndex].remaining() + " bytes and is not the last, it cannot get "
                    + bytes.remaining());
        }
        HeapBuilder.requireFits(flavour, payloadBytes + change);
        segments[segmentIndex] = bytes;
        Arrays.fill(views[segmentIndex], null);
        payloadBytes += change;
    }

    /** The stream's view; not for others. */
    long[] pointers() {
        return pointers;
    }

    /** The stream's view; not for others. */
    ByteBuffer[] segments() {
        return segments;
    }

    /**
     * A view of a segment for the packet in place {@code place} of a batch, with a position and limit of its own; the same one
     * whenever it is asked for, so that sending makes no garbage. The stream's; not for others.
     */
    ByteBuffer view(int segmentIndex, int place) {
        ByteBuffer[] made = views[segmentIndex];
        if (made.length <= place) {
            made = Arrays.copyOf(made, Math.max(place + 1, 2 * made.length));
            views[segmentIndex] = made;
        }
        if (made[place] == null) {
            made[place] = segments[segmentIndex].duplicate();
        }
        return made[place];
    }

    /** The stream takes the heap over. */
    void take() {
        requireOwned();
        inFlight = true;
    }

    /** The stream gives the heap back. */
    void release() {
        inFlight = false;
    }

    /** Refuses a heap that is in flight. */
    void requireOwned() {
        if (inFlight) {
            throw new IllegalStateException("the heap is being sent");
        }
    }
}
