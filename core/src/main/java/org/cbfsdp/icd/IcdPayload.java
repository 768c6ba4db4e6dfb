package org.cbfsdp.icd;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.recv.Heap;

/**
 * A visibility payload in the memory of the heap it came in. Immutable but for its reference count, which is thread-safe: it
 * holds one reference to the heap and gives it back with its own last one.
 */
final class IcdPayload implements VisibilityPayload {
    private final Heap heap;
    private final long[] values;
    private final ElementLayout layout;
    private final ByteBuffer data;
    private final AtomicInteger references = new AtomicInteger(1);

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
        if (references.get() <= 0) {
            throw released();
        }
        return data;
    }

    @Override
    public void retain() {
        references.updateAndGet(count -> {
            if (count <= 0) {
                throw released();
            }
            return count + 1;
        });
    }

    @Override
    public void release() {
        int left = references.updateAndGet(count -> {
            if (count <= 0) {
                throw released();
            }
            return count - 1;
        });
        if (left == 0) {
            heap.release();
        }
    }

    private IllegalStateException released() {
        return new IllegalStateException(
                "payload of " + PayloadTime.instant(timestampTicks()) + ", channel " + channelId() + ", was released");
    }

    private long value(IcdItem item) {
        return values[IcdItem.indexOf(item.id())];
    }
}
