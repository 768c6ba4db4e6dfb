package org.cbfsdp.transpose;

import java.nio.ByteBuffer;

/**
 * A dump in set order, (baseline, channel, polarisation), in direct buffers from byte 0.
 *
 * @param visibilities complex64 in native byte order
 * @param flags a byte a visibility, 1 = flagged
 * @param fdSums an int64 a baseline in native byte order
 */
public record SetRows(
        ByteBuffer visibilities, ByteBuffer flags, ByteBuffer fdSums, int baselines, int channels, int polarisations) {
    public SetRows {
        if (baselines < 1 || channels < 1 || polarisations < 1) {
            throw new IllegalArgumentException(baselines + " x " + channels + " x " + polarisations);
        }
        requireRoom(
                visibilities, (long) baselines * channels, polarisations * (long) ElementTransposer.VISIBILITY_BYTES);
        requireRoom(flags, (long) baselines * channels, polarisations);
        requireRoom(fdSums, baselines, Long.BYTES);
    }

    private static void requireRoom(ByteBuffer buffer, long count, long bytes) {
        if (!buffer.isDirect() || count > buffer.capacity() / bytes) {
            throw new IllegalArgumentException(count + " times " + bytes + " bytes in " + buffer);
        }
    }
}
