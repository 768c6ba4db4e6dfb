package org.spead.recv;

/**
 * How long a receive thread that has emptied its sockets may leave packets to gather in the system's buffer: waking costs tens of
 * microseconds, and what has gathered is taken in fewer calls.
 *
 * <p>As long as twice the rate of late takes to fill a quarter of the buffer, so that a pause that lasts longer than it should, or
 * a rate that doubles, is no loss; and no longer than a burst of {@value #BURST_BYTES_A_NANO} GB/s takes to fill all of it:
 * what the system grants beyond that is for its own account of each packet. Never shorter than 50 µs, which would be all waking, nor
 * longer than 1 ms, or, since a thread with many slow streams finds little in each then, up to 4 ms while a burst of {@value
 * #LARGE_BURST_BYTES_A_NANO} GB/s does not fill the buffer: with 32 MiB. Confined to the receive thread.
 */
final class Gathering {
    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 1_000_000;
    private static final long LONGEST_LARGE_NANOS = 4_000_000;
    private static final int BURST_BYTES_A_NANO = 1;
    private static final int LARGE_BURST_BYTES_A_NANO = 8;

    /** Of the buffer, what the rate of late may fill: a quarter at twice the rate. */
    private static final int SHARES = 8;

    private final long bufferBytes;
    private final long burstNanos;
    private long lastBytes;
    private long lastNanos;

    /**
     * Begins now.
     *
     * @param bufferBytes 0 when the source has no buffer, and anything goes
     * @param nowNanos the time, of a clock whose origin does not matter
     */
    Gathering(long bufferBytes, long nowNanos) {
        this.bufferBytes = bufferBytes;
        this.burstNanos = longestNanos(bufferBytes);
        this.lastNanos = nowNanos;
    }

    private static long longestNanos(long bufferBytes) {
        if (bufferBytes == 0) {
            return LONGEST_NANOS;
        }
        long largeNanos = Math.min(bufferBytes / LARGE_BURST_BYTES_A_NANO, LONGEST_LARGE_NANOS);
        return Math.min(bufferBytes / BURST_BYTES_A_NANO, Math.max(LONGEST_NANOS, largeNanos));
    }

    /** The longest pause from now on, when so many bytes have been received so far. */
    long pauseNanos(long bytes, long nowNanos) {
        long gainedBytes = bytes - lastBytes;
        long elapsedNanos = nowNanos - lastNanos;
        lastBytes = bytes;
        lastNanos = nowNanos;
        if (bufferBytes == 0 || gainedBytes == 0) {
            return Math.max(SHORTEST_NANOS, burstNanos);
        }
        double nanos = (double) bufferBytes / SHARES * elapsedNanos / gainedBytes;
        return Math.max(SHORTEST_NANOS, Math.min((long) nanos, burstNanos));
    }
}
