package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.Transposition;
import org.cbfsdp.payload.VisibilityPayload;

/** A dump on its way: as the interface lays it out, and back into a set's order. */
record HeapPayload(ByteBuffer data, int channelCount, int baselineCount, ElementLayout layout)
        implements VisibilityPayload {
    /** Sends {@code from} and receives it into {@code to}, both of one shape. */
    static void transmit(DumpBlock from, DumpBlock to) {
        transmit(from, to, 0, from.channels());
    }

    /** Sends only some channels; the others stay as nothing that came. */
    static void transmit(DumpBlock from, DumpBlock to, int firstChannel, int channels) {
        ElementLayout layout = ElementLayout.standard(from.polarisations());
        ByteBuffer data = ByteBuffer.allocateDirect(channels * from.baselines() * layout.elementBytes());
        int[] map = IntStream.range(0, from.polarisations()).toArray();
        Transposition.toHeapOrder(from, firstChannel, channels, map, true, data);
        to.reset();
        Transposition.toSetOrder(
                new HeapPayload(data, channels, from.baselines(), layout), to, firstChannel, map, true);
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
    public void retain() {
        // nobody else holds it
    }

    @Override
    public void release() {
        // nobody else holds it
    }
}
