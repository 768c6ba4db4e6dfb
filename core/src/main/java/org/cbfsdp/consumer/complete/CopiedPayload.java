package org.cbfsdp.consumer.complete;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * A payload in memory of its own, on the Java heap, which nobody has to give back. Immutable; valid for ever, however often it is
 * retained and released.
 */
record CopiedPayload(
        long timestampTicks,
        int channelId,
        int channelCount,
        int baselineCount,
        int polarisationId,
        int phaseBinId,
        int phaseBinCount,
        long scanId,
        long hardwareId,
        ElementLayout layout,
        ByteBuffer data)
        implements VisibilityPayload {

    /** A copy of a dump that is held; absent payloads stay absent. */
    static VisibilityDump of(VisibilityDump dump) {
        VisibilityPayload[] copies = new VisibilityPayload[dump.streamCount()];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = dump.payload(i) == null ? null : of(dump.payload(i));
        }
        return new VisibilityDump(dump.timestampTicks(), dump.scanId(), copies);
    }

    private static CopiedPayload of(VisibilityPayload payload) {
        byte[] bytes = new byte[Math.toIntExact(payload.dataBytes())];
        payload.data().get(0, bytes);
        return new CopiedPayload(
                payload.timestampTicks(),
                payload.channelId(),
                payload.channelCount(),
                payload.baselineCount(),
                payload.polarisationId(),
                payload.phaseBinId(),
                payload.phaseBinCount(),
                payload.scanId(),
                payload.hardwareId(),
                payload.layout(),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
