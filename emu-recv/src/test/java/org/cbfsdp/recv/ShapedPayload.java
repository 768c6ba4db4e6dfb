package org.cbfsdp.recv;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityPayload;

/** A payload of a given shape, all zero. */
record ShapedPayload(int channelId, int channelCount, int baselineCount, int polarisations)
        implements VisibilityPayload {
    @Override
    public long timestampTicks() {
        return 1;
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
        return ElementLayout.standard(polarisations);
    }

    @Override
    public ByteBuffer data() {
        return ByteBuffer.allocate(channelCount * baselineCount * layout().elementBytes());
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
