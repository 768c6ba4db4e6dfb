package org.cbfsdp.recv;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityPayload;

/** A payload that counts its references. */
class FakePayload implements VisibilityPayload {
    private final long ticks;
    private final long scanId;
    private int references = 1;

    FakePayload(long ticks, long scanId) {
        this.ticks = ticks;
        this.scanId = scanId;
    }

    FakePayload(long ticks) {
        this(ticks, 1);
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
        return 0;
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
        return 0;
    }

    @Override
    public int phaseBinId() {
        return 0;
    }

    @Override
    public int phaseBinCount() {
        return 1;
    }

    @Override
    public long scanId() {
        return scanId;
    }

    @Override
    public long hardwareId() {
        return 0;
    }

    @Override
    public ElementLayout layout() {
        return ElementLayout.standard(4);
    }

    @Override
    public ByteBuffer data() {
        return ByteBuffer.allocate(2 * 3 * 34);
    }

    @Override
    public void retain() {
        references++;
    }

    @Override
    public void release() {
        references--;
        if (references < 0) {
            throw new IllegalStateException("released too often");
        }
    }
}
