package org.cbfsdp.send;

import java.util.function.LongSupplier;

/**
 * How far a stream is behind the schedule of its dumps. A heap should have left when its dump's time had come and as much time had
 * passed as its packets take at the stream's rate.
 *
 * <p>Told by the stream's thread of what has left; any thread may ask.
 */
final class StreamLag {
    /** In place of a time: the dump has none. */
    static final long UNSCHEDULED = Long.MIN_VALUE;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private final LongSupplier nanoClock;
    private volatile long lastNanos;
    private volatile long heapBytes;

    /**
     * Begins at 0.
     *
     * @param rateBytesPerSecond of the stream; 0 when it has no limit
     * @param heapBytes about how long a heap is, until one has left
     * @param nanoClock by which dumps are scheduled
     */
    StreamLag(long rateBytesPerSecond, long heapBytes, LongSupplier nanoClock) {
        this.nanosPerByte = rateBytesPerSecond == 0 ? 0 : NANOS_PER_SECOND / rateBytesPerSecond;
        this.heapBytes = heapBytes;
        this.nanoClock = nanoClock;
    }

    /** A heap of a dump that was due then has left, whole or not, in packets of so many bytes. */
    void left(long dueNanos, long bytes) {
        if (dueNanos != UNSCHEDULED) {
            heapBytes = bytes;
            lastNanos = Math.max(0, lateNanos(dueNanos));
        }
    }

    /**
     * How late the last heap left; or, when it is more, how late the next one is already.
     *
     * @param nextDueNanos when the dump was due whose heap is under way
     */
    long nanos(long nextDueNanos) {
        long last = lastNanos;
        return nextDueNanos == UNSCHEDULED ? last : Math.max(last, lateNanos(nextDueNanos));
    }

    private long lateNanos(long dueNanos) {
        return nanoClock.getAsLong() - dueNanos - Math.round(heapBytes * nanosPerByte);
    }
}
