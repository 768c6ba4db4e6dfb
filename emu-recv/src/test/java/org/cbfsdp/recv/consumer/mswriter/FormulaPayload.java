package org.cbfsdp.recv.consumer.mswriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.VisibilityPayload;

/** A payload by formula: real part dump * 1000 + baseline, imaginary part channel + polarisation / 8; never zero for dump 1 on. */
record FormulaPayload(
        long timestampTicks,
        int channelId,
        int channelCount,
        int baselineCount,
        int polarisations,
        long scanId,
        ByteBuffer data)
        implements VisibilityPayload {

    /**
     * Fills the elements.
     *
     * @param firstChannel of the set, for the formula
     * @param fd of every element but those of baseline 0, which is {@code fdOfFirst}
     */
    static FormulaPayload of(
            int dump,
            long ticks,
            int channelId,
            int firstChannel,
            int channels,
            int polarisations,
            int fdOfFirst,
            int fd) {
        int baselines = 36;
        ByteBuffer data = ByteBuffer.allocateDirect(channels * baselines * (2 + 8 * polarisations))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int c = firstChannel; c < firstChannel + channels; c++) {
            for (int b = 0; b < baselines; b++) {
                data.put((byte) 0).put((byte) (b == 0 ? fdOfFirst : fd));
                for (int p = 0; p < polarisations; p++) {
                    data.putFloat(dump * 1000f + b).putFloat(c + p / 8f);
                }
            }
        }
        return new FormulaPayload(ticks, channelId, channels, baselines, polarisations, 7, data);
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
    public long hardwareId() {
        return 0;
    }

    @Override
    public ElementLayout layout() {
        return ElementLayout.standard(polarisations);
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
