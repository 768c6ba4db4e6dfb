package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.item.RawItem;

/**
 * What is left of a heap that was given up with payload missing.
 *
 * <p>Immutable but for its payload, which is there only when the sink {@linkplain HeapSink#keepsIncompletePayload() wants
 * it} and until {@link #close()}. It has one holder at a time.
 */
public final class IncompleteHeap implements ReceivedHeap {
    private static final ByteBuffer NO_PAYLOAD = ByteBuffer.allocateDirect(0);

    private final long cnt;
    private final Flavour flavour;
    private final long heapLength;
    private final long receivedLength;
    private final List<PayloadRange> payloadRanges;
    private final List<RawItem> items;
    private final ByteBuffer view;
    private final AtomicReference<ByteBuffer> payload;
    private final BufferPool home;

    /** What is left of a heap whose payload is not kept. */
    public IncompleteHeap(
            long cnt,
            Flavour flavour,
            long heapLength,
            long receivedLength,
            List<PayloadRange> payloadRanges,
            List<RawItem> items) {
        this(cnt, flavour, heapLength, receivedLength, payloadRanges, items, null, null);
    }

    /** Takes over {@code payload}, whose limit is the end of what is kept; {@code null} when nothing is. */
    IncompleteHeap(
            long cnt,
            Flavour flavour,
            long heapLength,
            long receivedLength,
            List<PayloadRange> payloadRanges,
            List<RawItem> items,
            ByteBuffer payload,
            BufferPool home) {
        this.cnt = cnt;
        this.flavour = flavour;
        this.heapLength = heapLength;
        this.receivedLength = receivedLength;
        this.payloadRanges = List.copyOf(payloadRanges);
        this.items = List.copyOf(items);
        this.view = payload == null ? NO_PAYLOAD : payload.asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN);
        this.payload = new AtomicReference<>(payload == null ? NO_PAYLOAD : payload);
        this.home = home;
    }

    @Override
    public long cnt() {
        return cnt;
    }

    @Override
    public Flavour flavour() {
        return flavour;
    }

    /** Bytes of payload it should have had, or -1 when no packet said so. */
    public long heapLength() {
        return heapLength;
    }

    /** Bytes of payload that arrived. */
    public long receivedLength() {
        return receivedLength;
    }

    /** Which bytes arrived, ascending, neighbours merged. */
    public List<PayloadRange> payloadRanges() {
        return payloadRanges;
    }

    /** Its immediate items in the order of their values; the others were in the payload. */
    public List<RawItem> items() {
        return items;
    }

    /**
     * What arrived: a read-only direct buffer from 0 to its limit, to be read at absolute positions. Bytes outside {@link
     * #payloadRanges()} are zero. Its limit is the end of the last range, or less when so little of the heap arrived that no
     * memory was committed for the rest; 0 when no payload was to be kept.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public ByteBuffer payload() {
        if (payload.get() == null) {
            throw new IllegalStateException("incomplete heap " + cnt + " was used after it had been closed");
        }
        return view;
    }

    /** Whether it carries an immediate stream control item that says start. */
    @Override
    public boolean isStartOfStream() {
        return hasStreamControl(ItemId.STREAM_CTRL_START);
    }

    /** Whether it carries an immediate stream control item that says stop. */
    @Override
    public boolean isEndOfStream() {
        return hasStreamControl(ItemId.STREAM_CTRL_STOP);
    }

    /** Gives the payload back to its pool. Idempotent; the rest can still be read. */
    @Override
    public void close() {
        ByteBuffer buffer = payload.getAndSet(null);
        if (buffer != null) {
            home.release(buffer);
        }
    }

    private boolean hasStreamControl(long value) {
        return items.stream().anyMatch(item -> item.id() == ItemId.STREAM_CTRL && item.immediateValue() == value);
    }
}
