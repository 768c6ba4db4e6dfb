package org.cbfsdp.bench;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityPayload;

/** A payload in memory that is never given back; what does not bear on speed is zero. Immutable. */
record HeapView(ByteBuffer data, int channelCount, int baselineCount, ElementLayout layout)
        implements VisibilityPayload {
    @Override
    public long timestampTicks() {
        return 0;
    }

    @Override
    public int channelId() {
        return 0;
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
        return 0;
    }

    @Override
    public long scanId() {
        return 0;
    }

    @Override
    public long hardwareId() {
        return 0;
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
