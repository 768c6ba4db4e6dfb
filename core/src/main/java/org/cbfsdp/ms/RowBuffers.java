package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cbfsdp.payload.Baselines;

/**
 * Direct memory for the rows of one dump, beside the dump's own. Sets that are written one after the other share it: what each
 * would leave behind waits for a collection that hardly ever comes. Used by the thread of the set that is written.
 *
 * @param antennas1 of each baseline
 * @param antennas2 of each baseline
 * @param scalars room for a value a baseline
 * @param perPolarisation room for a value a baseline and polarisation
 * @param uvw room for three values a baseline
 * @param spectrum room for WEIGHT_SPECTRUM, or null
 */
record RowBuffers(
        ByteBuffer antennas1,
        ByteBuffer antennas2,
        ByteBuffer scalars,
        ByteBuffer perPolarisation,
        ByteBuffer uvw,
        ByteBuffer spectrum) {

    static RowBuffers of(WriterOptions options) {
        Baselines baselines = options.model().baselines();
        long rows = baselines.count();
        long values = rows * options.model().polarisationCount();
        RowBuffers buffers = new RowBuffers(
                allocate(rows * Integer.BYTES),
                allocate(rows * Integer.BYTES),
                allocate(rows * Double.BYTES),
                allocate(values * Float.BYTES),
                allocate(rows * 3 * Double.BYTES),
                options.weightSpectrum() ? allocate(values * options.model().channelCount() * Float.BYTES) : null);
        for (int i = 0; i < rows; i++) {
            buffers.antennas1.putInt(i * Integer.BYTES, baselines.antenna1(i));
            buffers.antennas2.putInt(i * Integer.BYTES, baselines.antenna2(i));
        }
        return buffers;
    }

    private static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
