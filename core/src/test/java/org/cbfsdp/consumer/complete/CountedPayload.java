package org.cbfsdp.consumer.complete;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityPayload;

/** Two channels of three baselines whose bytes are known; counts its references, and cannot be read after the last. */
final class CountedPayload implements VisibilityPayload {
    private static final int ELEMENTS = 6;
    private static final int ELEMENT_BYTES = 34;

    private final long ticks;
    private final long scanId;
    private final int channelId;
    private final ByteBuffer data = ByteBuffer.allocateDirect(ELEMENTS * ELEMENT_BYTES);
    private int references = 1;

    CountedPayload(long ticks, long scanId, int channelId) {
        this.ticks = ticks;
        this.scanId = scanId;
        this.channelId = channelId;
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) (i % 127 + 1));
        }
    }

    /** Says that there are no data for one element. */
    CountedPayload withoutData(int element) {
        data.put(element * ELEMENT_BYTES + 1, (byte) 0);
        return this;
    }

    int references() {
        return references;
    }

    @Override
    public long timestampTicks() {
        return ticks;
    }

    @Override
    public int channelId() {
        return channelId;
    }

    @Override
    public int channelCount() {
        return 2;
    }

    @Override
    public int baselineCount() {
        return 3;
    }

    @Override
    public int polarisationId() {
        return 4;
    }

    @Override
    public int phaseBinId() {
        return 5;
    }

    @Override
    public int phaseBinCount() {
        return 6;
    }

    @Override
    public long scanId() {
        return scanId;
    }

    @Override
    public long hardwareId() {
        return 7;
    }

    @Override
    public ElementLayout layout() {
        return ElementLayout.standard(4);
    }

    @Override
    public synchronized ByteBuffer data() {
        if (references == 0) {
            throw new IllegalStateException("released");
        }
        return data;
    }

    @Override
    public synchronized void retain() {
        references++;
    }

    @Override
    public synchronized void release() {
        references--;
        if (references < 0) {
            throw new IllegalStateException("released too often");
        }
    }
}
