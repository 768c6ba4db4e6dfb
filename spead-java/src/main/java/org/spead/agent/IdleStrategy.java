package org.spead.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does between duty cycles that found no work: parks for growing periods.
 *
 * <p>Parking rather than spinning, so that an idle stream leaves its core to others; the longest park bounds how late the
 * next packet is seen. Confined to the thread of its runner.
 */
public final class IdleStrategy {
    /** At 4 bytes a nanosecond a quarter of a buffer takes a sixteenth of its bytes in nanoseconds. */
    private static final int BYTES_A_QUARTER_NANO = 16;

    private final long minParkNanos;
    private final long maxParkNanos;
    private long parkNanos;

    /** Parks from {@code minParkNanos}, doubling, to {@code maxParkNanos}. */
    public IdleStrategy(long minParkNanos, long maxParkNanos) {
        if (minParkNanos <= 0 || maxParkNanos < minParkNanos) {
            throw new IllegalArgumentException(
                    "park times must be 0 < min <= max, not " + minParkNanos + " and " + maxParkNanos + " ns");
        }
        this.minParkNanos = minParkNanos;
        this.maxParkNanos = maxParkNanos;
        this.parkNanos = minParkNanos;
    }

    /** 50 µs doubling to 1 ms: less than a tenth of what a 4 MiB socket buffer holds at 400 MB/s. */
    public static IdleStrategy backoff() {
        return new IdleStrategy(50_000, 1_000_000);
    }

    /**
     * For who empties a buffer of {@code bufferBytes}: waking costs tens of microseconds, and what gathers meanwhile is taken in fewer
     * calls. Parks for the time in which 4 GB/s fill a quarter of it, 500 µs at most and 50 µs at least, and for eight times as
     * long, 1 ms at most, when nothing has come for a while.
     */
    public static IdleStrategy gathering(int bufferBytes) {
        long quarterNanos = bufferBytes / BYTES_A_QUARTER_NANO;
        long minParkNanos = Math.max(50_000, Math.min(quarterNanos, 500_000));
        return new IdleStrategy(minParkNanos, Math.min(8 * minParkNanos, 1_000_000));
    }

    /** 10 ms, for a thread that is woken when there is work: see {@link AgentRunner#wake()}. */
    public static IdleStrategy woken() {
        return new IdleStrategy(10_000_000, 10_000_000);
    }

    /** The shortest and the longest park. */
    @Override
    public String toString() {
        return minParkNanos + " to " + maxParkNanos + " ns";
    }

    /** Called after each duty cycle with what it returned. */
    public void idle(int workCount) {
        idle(workCount, Long.MAX_VALUE);
    }

    /** The same, pausing for at most {@code atMostNanos}; such a shortened pause does not lengthen the next one. */
    public void idle(int workCount, long atMostNanos) {
        if (workCount > 0) {
            parkNanos = minParkNanos;
        } else if (atMostNanos < parkNanos) {
            LockSupport.parkNanos(Math.max(1, atMostNanos));
        } else {
            LockSupport.parkNanos(parkNanos);
            parkNanos = Math.min(parkNanos * 2, maxParkNanos);
        }
    }
}
