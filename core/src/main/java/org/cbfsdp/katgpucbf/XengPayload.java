package org.cbfsdp.katgpucbf;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.Spares;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * A converted heap; an object serves one after another.
 *
 * <p>It holds one block of memory and gives it back with its own last reference. Does not change while there is a reference; the count
 * is thread-safe. After the last release every method throws, as long as the object has not become another payload, which happens only
 * after {@value Spares#QUARANTINE} others of its stream were released.
 */
final class XengPayload implements VisibilityPayload {
    private static final ElementLayout LAYOUT = ElementLayout.standard(CorrelatorOrder.PRODUCTS);

    /** What the correlator does not say: one scan, without phase bins. */
    private static final long SCAN_ID = 1;

    private final AtomicInteger references = new AtomicInteger();
    private final Spares<XengPayload> home;
    private final ElementMemory memory;
    private ElementMemory.Block block;
    private long timestampTicks;
    private int channelId;
    private int channelCount;
    private int baselineCount;

    XengPayload(Spares<XengPayload> home, ElementMemory memory) {
        this.home = home;
        this.memory = memory;
    }

    /** Makes this object the payload in a block, with one reference, the caller's. Takes the block over. */
    void fill(ElementMemory.Block elements, long ticks, int firstChannel, int channels, int baselines) {
        block = elements;
        timestampTicks = ticks;
        channelId = firstChannel;
        channelCount = channels;
        baselineCount = baselines;
        references.set(1);
    }

    @Override
    public long timestampTicks() {
        requireHeld();
        return timestampTicks;
    }

    @Override
    public int channelId() {
        requireHeld();
        return channelId;
    }

    @Override
    public int channelCount() {
        requireHeld();
        return channelCount;
    }

    @Override
    public int baselineCount() {
        requireHeld();
        return baselineCount;
    }

    @Override
    public int polarisationId() {
        requireHeld();
        return 0;
    }

    @Override
    public int phaseBinId() {
        requireHeld();
        return 0;
    }

    @Override
    public int phaseBinCount() {
        requireHeld();
        return 1;
    }

    @Override
    public long scanId() {
        requireHeld();
        return SCAN_ID;
    }

    @Override
    public long hardwareId() {
        requireHeld();
        return 0;
    }

    @Override
    public ElementLayout layout() {
        requireHeld();
        return LAYOUT;
    }

    @Override
    public ByteBuffer data() {
        requireHeld();
        return block.view();
    }

    @Override
    public void retain() {
        count(1);
    }

    @Override
    public void release() {
        if (count(-1) == 0) {
            ElementMemory.Block held = block;
            block = null;
            memory.release(held);
            home.give(this);
        }
    }

    /** Never leaves 0: a call too many fails, and must not make the next one give the block back a second time. */
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
        return new IllegalStateException(
                "payload of " + PayloadTime.instant(timestampTicks) + ", channel " + channelId + ", was released");
    }
}
