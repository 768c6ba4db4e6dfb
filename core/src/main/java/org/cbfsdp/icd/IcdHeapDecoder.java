package org.cbfsdp.icd;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.cbfsdp.payload.ElementLayout;
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
 * Reads the heaps of one stream: a view of the heap, no copy.
 *
 * <p>Descriptors are obeyed when they come; until then the interface's own types hold. As in any SPEAD item group, an item
 * that is not sent again keeps its value, so a sender may send constants once. Descriptors that are sent again, as some
 * senders do in every heap, cost a comparison of bytes. Called by one thread; never throws on what a heap holds; makes no
 * garbage once as many payloads have been made as are in use at once.
 */
public final class IcdHeapDecoder {
    private final DescriptorMemory descriptors = new DescriptorMemory();
    private final ScalarLayout[] scalars = Arrays.stream(IcdItem.values())
            .map(item -> new ScalarLayout(item.bytes(), true))
            .toArray(ScalarLayout[]::new);
    private final long[] values = new long[scalars.length];
    private final boolean[] seen = new boolean[scalars.length];
    private CorrelatorOutputLayout output;
    private boolean outputTypeKnown;
    private ElementLayout assumed = ElementLayout.standard(4);
    private PayloadFault fault = PayloadFault.NONE;
    private final Spares<IcdPayload> payloads = new Spares<>();
    private final PayloadViews views = new PayloadViews();

    /** Starts with the interface's own types and the values of items that a sender may leave out. */
    public IcdHeapDecoder() {
        for (IcdItem item : new IcdItem[] {
            IcdItem.POLARISATION_ID, IcdItem.PHASE_BIN_ID, IcdItem.PHASE_BIN_COUNT, IcdItem.SCAN_ID, IcdItem.HARDWARE_ID
        }) {
            seen[IcdItem.indexOf(item.id())] = true;
        }
        values[IcdItem.indexOf(IcdItem.PHASE_BIN_COUNT.id())] = 1;
    }

    /**
     * Reads a heap.
     *
     * @param heap stays the caller's; the payload holds a reference of its own
     * @return the payload, to be released by the caller, or null when the heap has none: see {@link #fault()}
     */
    public VisibilityPayload decode(Heap heap) {
        ByteBuffer payload = heap.payload();
        int descriptorPosition = 0;
        int dataIndex = -1;
        boolean hasOtherData = false;
        for (int i = 0; i < heap.itemCount(); i++) {
            int id = heap.itemId(i);
            if (id == ItemId.DESCRIPTOR) {
                if (!heap.isImmediate(i)) {
                    apply(descriptorPosition++, payload, heap.itemOffset(i), heap.itemLength(i));
                }
            } else if (id == CorrelatorOutputLayout.ID) {
                dataIndex = i;
            } else if (!heap.isImmediate(i) && !IcdItem.isOfInterface(id)) {
                hasOtherData = true;
            }
        }
        fault = dataIndex < 0 ? withoutOutput(hasOtherData) : PayloadFault.NONE;
        for (int i = 0; i < heap.itemCount(); i++) {
            int scalar = IcdItem.indexOf(heap.itemId(i));
            if (scalar >= 0) {
                read(scalar, heap, payload, i);
            }
        }
        return fault == PayloadFault.NONE ? view(heap, payload, dataIndex) : null;
    }

    /** Why the last heap had no payload. */
    public PayloadFault fault() {
        return fault;
    }

    /** Descriptors and scalars may come by themselves; whatever else has a payload was meant to be data. */
    private static PayloadFault withoutOutput(boolean hasOtherData) {
        return hasOtherData ? PayloadFault.NO_CORRELATOR_OUTPUT : PayloadFault.NO_DATA;
    }

    private void apply(int position, ByteBuffer payload, int offset, int length) {
        List<Descriptor> changed = descriptors.changed(position, payload, offset, length);
        for (int i = 0; i < changed.size(); i++) {
            Descriptor descriptor = changed.get(i);
            try {
                int scalar = IcdItem.indexOf(descriptor.id());
                if (scalar >= 0) {
                    scalars[scalar] = ScalarLayout.of(descriptor);
                } else if (descriptor.id() == CorrelatorOutputLayout.ID) {
                    outputTypeKnown = true;
                    output = null;
                    output = CorrelatorOutputLayout.of(descriptor);
                }
            } catch (ItemFormatException e) {
                forget(descriptor.id());
            }
        }
    }

    /** An item whose descriptor cannot be read is refused until another descriptor comes. */
    private void forget(int id) {
        int scalar = IcdItem.indexOf(id);
        if (scalar >= 0) {
            scalars[scalar] = null;
        }
    }

    private void read(int scalar, Heap heap, ByteBuffer payload, int index) {
        ScalarLayout layout = scalars[scalar];
        if (layout == null) {
            fault = fault == PayloadFault.NONE ? PayloadFault.ITEM_TYPE : fault;
        } else if (heap.isImmediate(index)) {
            if (layout.bytes() > heap.flavour().heapAddressBytes()) {
                fault = fault == PayloadFault.NONE ? PayloadFault.SIZE : fault;
                return;
            }
            values[scalar] = layout.ofImmediate(heap.immediateValue(index));
            seen[scalar] = true;
        } else if (heap.itemLength(index) < layout.bytes()) {
            fault = fault == PayloadFault.NONE ? PayloadFault.SIZE : fault;
        } else {
            values[scalar] = layout.read(payload, heap.itemOffset(index));
            seen[scalar] = true;
        }
    }

    private VisibilityPayload view(Heap heap, ByteBuffer payload, int dataIndex) {
        for (boolean known : seen) {
            if (!known) {
                return refuse(PayloadFault.ITEM_MISSING);
            }
        }
        long channels = value(IcdItem.CHANNEL_COUNT);
        long baselines = value(IcdItem.BASELINE_COUNT);
        if (channels < 1
                || baselines < 1
                || channels > Integer.MAX_VALUE
                || baselines > Integer.MAX_VALUE
                || value(IcdItem.CHANNEL_ID) < 0
                || value(IcdItem.CHANNEL_ID) + channels > Integer.MAX_VALUE
                || value(IcdItem.TIMESTAMP_COUNT) >>> 32 != 0
                || value(IcdItem.TIMESTAMP_FRACTION) >>> 32 != 0) {
            return refuse(PayloadFault.VALUE);
        }
        if (outputTypeKnown && output == null) {
            return refuse(PayloadFault.ITEM_TYPE);
        }
        int available = heap.isImmediate(dataIndex) ? 0 : heap.itemLength(dataIndex);
        ElementLayout element = element(channels, baselines, available);
        // The product of two counts below 2^31 is below 2^62, so only the multiplication by the element needs care.
        if (element == null || channels * baselines > available / element.elementBytes()) {
            return refuse(PayloadFault.SIZE);
        }
        int bytes = Math.toIntExact(channels * baselines * element.elementBytes());
        heap.retain();
        IcdPayload taken = payloads.take();
        if (taken == null) {
            taken = new IcdPayload(payloads);
        }
        taken.fill(heap, values, element, views.of(payload, heap.itemOffset(dataIndex), bytes));
        return taken;
    }

    /** What the descriptor says; without one, the interface's layout with as many polarisations as the size allows. */
    private ElementLayout element(long channels, long baselines, int available) {
        if (output != null) {
            return output.fits(channels, baselines) ? output.element() : null;
        }
        long elements = channels * baselines;
        long elementBytes = available / elements;
        long visibilityBytes = elementBytes - ElementLayout.PREFIX_BYTES;
        boolean whole = elementBytes * elements == available
                && visibilityBytes > 0
                && visibilityBytes % ElementLayout.VISIBILITY_BYTES == 0;
        if (!whole) {
            return null;
        }
        int polarisations = (int) (visibilityBytes / ElementLayout.VISIBILITY_BYTES);
        if (assumed.polarisations() != polarisations) {
            assumed = ElementLayout.standard(polarisations);
        }
        return assumed;
    }

    private long value(IcdItem item) {
        return values[IcdItem.indexOf(item.id())];
    }

    private VisibilityPayload refuse(PayloadFault reason) {
        fault = reason;
        return null;
    }
}
