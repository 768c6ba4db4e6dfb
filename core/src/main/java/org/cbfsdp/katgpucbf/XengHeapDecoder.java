package org.cbfsdp.katgpucbf;

import java.nio.ByteBuffer;
import java.util.List;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.Spares;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.item.Descriptor;
import org.spead.item.DescriptorMemory;
import org.spead.item.ItemFormatException;
import org.spead.item.ItemId;
import org.spead.item.ScalarLayout;
import org.spead.recv.Heap;

/**
 * Reads the heaps of one stream of baseline correlation products: converts each into a payload of its own, and so keeps no heap.
 *
 * <p>Descriptors are obeyed when they come; until then the types that katgpucbf uses hold: big-endian int32, and numbers of 48 bits.
 * Every heap has all its items; none is remembered. Called by one thread; never throws on what a heap holds; makes no garbage once as
 * many payloads have been made as are in use at once.
 */
public final class XengHeapDecoder {
    private static final int SCALAR_BYTES = 6;

    private final CorrelatorOrder order;
    private final SampleClock clock;
    private final ElementMemory memory;
    private final DescriptorMemory descriptors = new DescriptorMemory();
    private final Spares<XengPayload> payloads = new Spares<>();
    private ScalarLayout timestampLayout = new ScalarLayout(SCALAR_BYTES, false);
    private ScalarLayout frequencyLayout = timestampLayout;
    private RawLayout raw;
    private boolean rawDescribed;
    private long timestamp;
    private long frequency;
    private boolean hasTimestamp;
    private boolean hasFrequency;
    private PayloadFault fault = PayloadFault.NONE;

    /**
     * A decoder that has seen no descriptor.
     *
     * @param memory for the payloads; may be shared by several decoders
     */
    public XengHeapDecoder(CorrelatorOrder order, SampleClock clock, ElementMemory memory) {
        this.order = order;
        this.clock = clock;
        this.memory = memory;
    }

    /**
     * Reads a heap.
     *
     * @param heap stays the caller's, and is not needed by the payload
     * @return the payload, to be released by the caller, or null when the heap has none: see {@link #fault()}
     */
    public VisibilityPayload decode(Heap heap) {
        ByteBuffer payload = heap.payload();
        int rawIndex = -1;
        int descriptorPosition = 0;
        boolean hasOtherData = false;
        for (int i = 0; i < heap.itemCount(); i++) {
            int id = heap.itemId(i);
            if (id == ItemId.DESCRIPTOR && !heap.isImmediate(i)) {
                apply(descriptors.changed(descriptorPosition++, payload, heap.itemOffset(i), heap.itemLength(i)));
            } else if (id == XengItem.XENG_RAW) {
                rawIndex = i;
            } else if (!heap.isImmediate(i) && id != XengItem.TIMESTAMP && id != XengItem.FREQUENCY) {
                hasOtherData = true;
            }
        }
        fault = rawIndex < 0 ? withoutProducts(hasOtherData) : PayloadFault.NONE;
        hasTimestamp = false;
        hasFrequency = false;
        for (int i = 0; i < heap.itemCount(); i++) {
            int id = heap.itemId(i);
            if (id == XengItem.TIMESTAMP && isReadable(heap, i, timestampLayout)) {
                timestamp = value(heap, payload, i, timestampLayout);
                hasTimestamp = true;
            } else if (id == XengItem.FREQUENCY && isReadable(heap, i, frequencyLayout)) {
                frequency = value(heap, payload, i, frequencyLayout);
                hasFrequency = true;
            }
        }
        return fault == PayloadFault.NONE ? converted(heap, payload, rawIndex) : null;
    }

    /** Why the last heap had no payload. */
    public PayloadFault fault() {
        return fault;
    }

    /** Descriptors and scalars may come by themselves; whatever else has a payload was meant to be data. */
    private static PayloadFault withoutProducts(boolean hasOtherData) {
        return hasOtherData ? PayloadFault.NO_CORRELATION_PRODUCTS : PayloadFault.NO_DATA;
    }

    private void apply(List<Descriptor> changed) {
        for (int i = 0; i < changed.size(); i++) {
            Descriptor descriptor = changed.get(i);
            switch (descriptor.id()) {
                case XengItem.TIMESTAMP -> timestampLayout = scalar(descriptor);
                case XengItem.FREQUENCY -> frequencyLayout = scalar(descriptor);
                case XengItem.XENG_RAW -> describe(descriptor);
                default -> {}
            }
        }
    }

    /** An item whose descriptor cannot be read is refused until another descriptor comes. */
    private static ScalarLayout scalar(Descriptor descriptor) {
        try {
            return ScalarLayout.of(descriptor);
        } catch (ItemFormatException e) {
            return null;
        }
    }

    private void describe(Descriptor descriptor) {
        rawDescribed = true;
        try {
            raw = RawLayout.of(descriptor);
        } catch (ItemFormatException e) {
            raw = null;
        }
    }

    private boolean isReadable(Heap heap, int index, ScalarLayout layout) {
        if (layout == null) {
            refuse(PayloadFault.ITEM_TYPE);
            return false;
        }
        int available = heap.isImmediate(index) ? heap.flavour().heapAddressBytes() : heap.itemLength(index);
        if (layout.bytes() > available && !(heap.isImmediate(index) && layout.bytes() == SCALAR_BYTES)) {
            refuse(PayloadFault.SIZE);
            return false;
        }
        return true;
    }

    private static long value(Heap heap, ByteBuffer payload, int index, ScalarLayout layout) {
        return heap.isImmediate(index)
                ? layout.ofImmediate(heap.immediateValue(index))
                : layout.read(payload, heap.itemOffset(index));
    }

    private VisibilityPayload converted(Heap heap, ByteBuffer payload, int rawIndex) {
        if (!hasTimestamp || !hasFrequency) {
            return refuse(PayloadFault.ITEM_MISSING);
        }
        if (rawDescribed && raw == null) {
            return refuse(PayloadFault.ITEM_TYPE);
        }
        long products = (long) order.pairs() * CorrelatorOrder.PRODUCTS;
        int available = heap.isImmediate(rawIndex) ? 0 : heap.itemLength(rawIndex);
        long channels = available / (products * Conversion.PRODUCT_BYTES);
        long elementBytes = channels * order.pairs() * Conversion.ELEMENT_BYTES;
        if (channels < 1
                || channels * products * Conversion.PRODUCT_BYTES != available
                || elementBytes > Integer.MAX_VALUE
                || (raw != null && !raw.fits(channels, products))) {
            return refuse(PayloadFault.SIZE);
        }
        if (frequency < 0 || frequency > Integer.MAX_VALUE - channels || !clock.canSay(timestamp)) {
            return refuse(PayloadFault.VALUE);
        }
        if (!clock.isStartOfDump(timestamp)) {
            return refuse(PayloadFault.OFF_GRID);
        }
        // Before there is memory for it: such a heap fits no stream.
        if (elementBytes > memory.largestBytes()) {
            return refuse(PayloadFault.CHANNELS);
        }
        ElementMemory.Block block = memory.acquire((int) elementBytes);
        if (block == null) {
            return refuse(PayloadFault.NO_MEMORY);
        }
        boolean littleEndian = raw != null && raw.littleEndian();
        Conversion.convert(payload, heap.itemOffset(rawIndex), littleEndian, (int) channels, order, block.elements());
        XengPayload taken = payloads.take();
        if (taken == null) {
            taken = new XengPayload(payloads, memory);
        }
        taken.fill(block, clock.middleTicks(timestamp), (int) frequency, (int) channels, order.pairs());
        return taken;
    }

    private VisibilityPayload refuse(PayloadFault reason) {
        if (fault == PayloadFault.NONE) {
            fault = reason;
        }
        return null;
    }
}
