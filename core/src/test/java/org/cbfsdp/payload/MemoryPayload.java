package org.cbfsdp.payload;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A payload in memory that counts how often it was kept and given back. */
final class MemoryPayload implements VisibilityPayload {
    final AtomicInteger retained = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    private final int channelCount;
    private final int baselineCount;
    private final ElementLayout layout;
    private final ByteBuffer data;

    MemoryPayload(int channelCount, int baselineCount, ElementLayout layout, ByteBuffer data) {
        this.channelCount = channelCount;
        this.baselineCount = baselineCount;
        this.layout = layout;
        this.data = data;
    }

    static MemoryPayload small() {
        return new MemoryPayload(1, 1, ElementLayout.standard(1), ByteBuffer.allocateDirect(10));
    }

    @Override
    public long timestampTicks() {
        return 0;
    }

    @Override
    public int channelId() {
        return 0;
    }

    @Override
    public int channelCount() {
        return channelCount;
    }

    @Override
    public int baselineCount() {
        return baselineCount;
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
        return 1;
    }

    @Override
    public long hardwareId() {
        return 0;
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
        retained.incrementAndGet();
    }

    @Override
    public void release() {
        released.incrementAndGet();
    }
}
