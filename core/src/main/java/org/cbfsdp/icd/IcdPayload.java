package org.cbfsdp.icd;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.recv.Heap;

/** A visibility payload in the memory of the heap it came in. Immutable; references are the heap's, thread-safe. */
final class IcdPayload implements VisibilityPayload {
    private final Heap heap;
    private final long[] values;
    private final ElementLayout layout;
    private final ByteBuffer data;

    /**
     * Takes over one reference to the heap.
     *
     * @param values of the scalar items, in the order of {@link IcdItem}; copied
     */
    IcdPayload(Heap heap, long[] values, ElementLayout layout, ByteBuffer data) {
        this.heap = heap;
        this.values = values.clone();
        this.layout = layout;
        this.data = data;
    }

    @Override
    public long timestampTicks() {
        return PayloadTime.ticks(value(IcdItem.TIMESTAMP_COUNT), value(IcdItem.TIMESTAMP_FRACTION));
    }

    @Override
    public int channelId() {
        return (int) value(IcdItem.CHANNEL_ID);
    }

    @Override
    public int channelCount() {
        return (int) value(IcdItem.CHANNEL_COUNT);
    }

    @Override
    public int baselineCount() {
        return (int) value(IcdItem.BASELINE_COUNT);
    }

    @Override
    public int polarisationId() {
        return (int) value(IcdItem.POLARISATION_ID);
    }

    @Override
    public int phaseBinId() {
        return (int) value(IcdItem.PHASE_BIN_ID);
    }

    @Override
    public int phaseBinCount() {
        return (int) value(IcdItem.PHASE_BIN_COUNT);
    }

    @Override
    public long scanId() {
        return value(IcdItem.SCAN_ID);
    }

    @Override
    public long hardwareId() {
        return value(IcdItem.HARDWARE_ID);
    }

    @Override
    public ElementLayout layout() {
        return layout;
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public void retain() {
        heap.retain();
    }

    @Override
    public void release() {
        heap.release();
    }

    private long value(IcdItem item) {
        return values[IcdItem.indexOf(item.id())];
    }
}
