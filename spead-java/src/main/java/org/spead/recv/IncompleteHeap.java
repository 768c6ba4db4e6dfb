package org.spead.recv;

import java.util.List;
import org.spead.item.Flavour;
import org.spead.item.ItemId;
import org.spead.item.RawItem;

/**
 * What is left of a heap that was given up with payload missing. Immutable; its payload memory is already gone.
 *
 * @param cnt the heap's number in its stream
 * @param flavour the flavour of its packets
 * @param heapLength bytes of payload it should have had, or -1 when no packet said so
 * @param receivedLength bytes of payload that arrived
 * @param payloadRanges which bytes arrived, ascending, neighbours merged
 * @param items its immediate items in the order of their values; the others were in the payload
 */
public record IncompleteHeap(
        long cnt,
        Flavour flavour,
        long heapLength,
        long receivedLength,
        List<PayloadRange> payloadRanges,
        List<RawItem> items) {
    public IncompleteHeap {
        payloadRanges = List.copyOf(payloadRanges);
        items = List.copyOf(items);
    }

    /** Whether it carries an immediate stream control item that says start. */
    public boolean isStartOfStream() {
        return hasStreamControl(ItemId.STREAM_CTRL_START);
    }

    /** Whether it carries an immediate stream control item that says stop. */
    public boolean isEndOfStream() {
        return hasStreamControl(ItemId.STREAM_CTRL_STOP);
    }

    private boolean hasStreamControl(long value) {
        return items.stream().anyMatch(item -> item.id() == ItemId.STREAM_CTRL && item.immediateValue() == value);
    }
}
