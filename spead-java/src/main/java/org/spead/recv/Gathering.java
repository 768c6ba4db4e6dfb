package org.spead.recv;

/**
 * How long a receive thread that has found nothing may leave its packets to gather in the system's buffer: waking costs tens of
 * microseconds, and what has gathered is taken in fewer calls.
 *
 * <p>As long as twice the rate of late takes to fill a quarter of the buffer, so that a pause that lasts longer than it should, or
 * a rate that doubles, is no loss. After a pause in which nothing came there is no rate to go by; then it is the time in
 * which {@value #BURST_BYTES_A_NANO} GB/s would fill all of it twice, as the system counts the buffer double. Never shorter
 * than 50 µs, which would be all waking, nor longer than 1 ms. Confined to the receive thread.
 */
final class Gathering {
    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 1_000_000;
    private static final int BURST_BYTES_A_NANO = 4;

    /** Of the buffer, what the rate of late may fill: a quarter at twice the rate. */
    private static final int SHARES = 8;

    private final long bufferBytes;
    private long lastBytes;
    private long lastNanos;

    /** Of a buffer of so many bytes; 0 when the source has none, and anything goes. */
    Gathering(long bufferBytes) {
        this.bufferBytes = bufferBytes;
    }

    /**
     * The longest pause from now on.
     *
     * @param bytes received so far
     * @param nowNanos the time, of a clock whose origin does not matter
     */
    long pauseNanos(long bytes, long nowNanos) {
        long gainedBytes = bytes - lastBytes;
        long elapsedNanos = nowNanos - lastNanos;
        lastBytes = bytes;
        lastNanos = nowNanos;
        if (bufferBytes == 0) {
            return LONGEST_NANOS;
        }
        double nanos = gainedBytes == 0
                ? 2.0 * bufferBytes / BURST_BYTES_A_NANO
                : (double) bufferBytes / SHARES * elapsedNanos / gainedBytes;
        return Math.max(SHORTEST_NANOS, Math.min((long) nanos, LONGEST_NANOS));
    }
}
