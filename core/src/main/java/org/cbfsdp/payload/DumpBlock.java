package org.cbfsdp.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.cbfsdp.transpose.SetRows;

/**
 * One dump in the order of a Measurement Set: (baseline, channel, polarisation), polarisation fastest.
 *
 * <p>Direct buffers that are allocated once and reused dump after dump. Confined to one thread at a time.
 */
public final class DumpBlock {
    private static final int CACHE_LINE_BYTES = 64;

    private final int baselines;
    private final int channels;
    private final int polarisations;
    private final ByteBuffer visibilities;
    private final ByteBuffer flags;
    private final ByteBuffer fdSums;
    private final SetRows rows;
    private final boolean[] arrived;

    /**
     * Allocates the buffers, all zero: nothing flagged.
     *
     * @throws IllegalArgumentException when a dump of this shape is empty or exceeds 2 GiB
     */
    public DumpBlock(int baselines, int channels, int polarisations) {
        this.baselines = baselines;
        this.channels = channels;
        this.polarisations = polarisations;
        if (baselines < 1 || channels < 1 || polarisations < 1) {
            throw new IllegalArgumentException("a dump needs at least one of each, not " + baselines + " baselines x "
                    + channels + " channels x " + polarisations + " polarisations");
        }
        // Divided, not multiplied: three large numbers overflow even a long.
        if (!fits(baselines, channels, polarisations)) {
            throw new IllegalArgumentException("a dump of " + baselines + " baselines x " + channels + " channels x "
                    + polarisations + " polarisations exceeds 2 GiB");
        }
        int values = baselines * channels * polarisations;
        this.visibilities = allocate(values * ElementLayout.VISIBILITY_BYTES);
        this.flags = allocate(values);
        this.fdSums = allocate(baselines * Long.BYTES);
        this.rows = new SetRows(visibilities, flags, fdSums, baselines, channels, polarisations);
        this.arrived = new boolean[polarisations];
    }

    /** Whether a block can be as large as this. */
    public static boolean fits(int baselines, int channels, int polarisations) {
        int most = (Integer.MAX_VALUE - CACHE_LINE_BYTES) / ElementLayout.VISIBILITY_BYTES / polarisations;
        return (long) baselines * channels <= most;
    }

    public int baselines() {
        return baselines;
    }

    public int channels() {
        return channels;
    }

    public int polarisations() {
        return polarisations;
    }

    /** complex64 in native byte order, position 0, limit at the end. */
    public ByteBuffer visibilities() {
        return visibilities.clear();
    }

    /** One byte a visibility, 1 = flagged, position 0, limit at the end. */
    public ByteBuffer flags() {
        return flags.clear();
    }

    /** Sum over channels of the fraction of data (0 to 255) that arrived for a baseline. */
    public long fdSum(int baseline) {
        return fdSums.getLong(baseline * Long.BYTES);
    }

    /** Whether any visibility of this polarisation was placed since the block was reset. */
    public boolean hasArrived(int polarisation) {
        return arrived[polarisation];
    }

    /** Index of a visibility in {@link #flags()}; times 8 in {@link #visibilities()}. */
    public int index(int baseline, int channel, int polarisation) {
        return (baseline * channels + channel) * polarisations + polarisation;
    }

    /** Visibilities zero, every flag set: what a dump holds of which nothing has arrived. */
    public void reset() {
        resetBaselines(0, baselines);
        Arrays.fill(arrived, false);
    }

    /**
     * Forgets what arrived but leaves visibilities and flags as they are, for a dump whose payloads replace every one of
     * them: clearing a dump takes as long as placing one.
     */
    public void restart() {
        fill(fdSums, 0, fdSums.capacity(), 0L);
        Arrays.fill(arrived, false);
    }

    /** The same as {@link #reset} for {@code count} baselines from {@code first}. */
    public void resetBaselines(int first, int count) {
        Objects.checkFromIndexSize(first, count, baselines);
        int rowValues = channels * polarisations;
        int rowBytes = rowValues * ElementLayout.VISIBILITY_BYTES;
        fill(visibilities, first * rowBytes, count * rowBytes, 0L);
        fill(flags, first * rowValues, count * rowValues, 0x0101010101010101L);
        fill(fdSums, first * Long.BYTES, count * Long.BYTES, 0L);
    }

    SetRows rows() {
        return rows;
    }

    void setArrived(int polarisation) {
        arrived[polarisation] = true;
    }

    void addFd(int baseline, long sum) {
        fdSums.putLong(baseline * Long.BYTES, fdSum(baseline) + sum);
    }

    /** Begins on a cache line, so that whole lines are written at once. */
    private static ByteBuffer allocate(int bytes) {
        ByteBuffer roomy = ByteBuffer.allocateDirect(bytes + CACHE_LINE_BYTES);
        int past = roomy.alignmentOffset(0, CACHE_LINE_BYTES);
        int start = past == 0 ? 0 : CACHE_LINE_BYTES - past;
        return roomy.slice(start, bytes).order(ByteOrder.nativeOrder());
    }

    private static void fill(ByteBuffer buffer, int offset, int bytes, long pattern) {
        int end = offset + bytes;
        int i = offset;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            buffer.putLong(i, pattern);
        }
        for (; i < end; i++) {
            buffer.put(i, (byte) pattern);
        }
    }
}
