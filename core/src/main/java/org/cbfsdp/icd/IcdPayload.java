package org.cbfsdp.icd;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.Spares;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.recv.Heap;

/**
 * A visibility payload in the memory of the heap it came in; an object serves one heap after another.
 *
 * <p>It holds one reference to the heap and gives it back with its own last one. Does not change while there is a reference; the
 * count is thread-safe. After the last release every method throws, as long as the object has not become another payload,
 * which happens only after {@value Spares#QUARANTINE} others of its stream were released.
 */
final class IcdPayload implements VisibilityPayload {
    private final AtomicInteger references = new AtomicInteger();
    private final long[] values = new long[IcdItem.values().length];
    private final Spares<IcdPayload> home;
    private Heap heap;
    private ElementLayout layout;
    private ByteBuffer data;

    IcdPayload(Spares<IcdPayload> home) {
        this.home = home;
    }

    /**
     * Makes this object the payload of a heap, with one reference, the caller's. Takes over one reference to the heap.
     *
     * @param scalars of the scalar items, in the order of {@link IcdItem}; copied
     */
    void fill(Heap from, long[] scalars, ElementLayout elementLayout, ByteBuffer elements) {
        heap = from;
        layout = elementLayout;
        data = elements;
        System.arraycopy(scalars, 0, values, 0, values.length);
        references.set(1);
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
        requireHeld();
        return layout;
    }

    @Override
    public ByteBuffer data() {
        requireHeld();
        return data;
    }

    @Override
    public void retain() {
        count(1);
    }

    @Override
    public void release() {
        if (count(-1) == 0) {
            Heap held = heap;
            heap = null;
            data = null;
            held.release();
            home.give(this);
        }
    }

    /** Never leaves 0: a call too many fails, and must not make the next one release the heap a second time. */
    private int count(int change) {
        int before = references.get();
        while (before > 0) {
            int seen = references.compareAndExchange(before, before + change);
            if (seen == before) {
                return before + change;
            }
            before = seen;
        }
        throw released();
    }

    private void requireHeld() {
        if (references.get() <= 0) {
            throw released();
        }
    }

    private IllegalStateException released() {
        long ticks = PayloadTime.ticks(values[0], values[1]);
        return new IllegalStateException("payload of " + PayloadTime.instant(ticks) + ", channel "
                + values[IcdItem.indexOf(IcdItem.CHANNEL_ID.id())] + ", was released");
    }

    private long value(IcdItem item) {
        requireHeld();
        return values[IcdItem.indexOf(item.id())];
    }
}
