package org.spead.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does between duty cycles that found no work: parks for growing periods.
 *
 * <p>Parking rather than spinning, so that an idle stream leaves its core to others; the longest park bounds how late the
 * next packet is seen. Confined to the thread of its runner.
 */
public final class IdleStrategy {
    private final long minParkNanos;
    private final long maxParkNanos;
    private final boolean woken;
    private long parkNanos;

    /** Parks from {@code minParkNanos}, doubling, to {@code maxParkNanos}; is not woken. */
    public IdleStrategy(long minParkNanos, long maxParkNanos) {
        this(minParkNanos, maxParkNanos, false);
    }

    private IdleStrategy(long minParkNanos, long maxParkNanos, boolean woken) {
        if (minParkNanos <= 0 || maxParkNanos < minParkNanos) {
            throw new IllegalArgumentException(
                    "park times must be 0 < min <= max, not " + minParkNanos + " and " + maxParkNanos + " ns");
        }
        this.minParkNanos = minParkNanos;
        this.maxParkNanos = maxParkNanos;
        this.woken = woken;
        this.parkNanos = minParkNanos;
    }

    /** 50 µs doubling to 1 ms: less than a tenth of what a 4 MiB socket buffer holds at 400 MB/s. */
    public static IdleStrategy backoff() {
        return new IdleStrategy(50_000, 1_000_000);
    }

    /** 1 ms at most, for agents that say themselves how long they may pause: see {@link Agent#nanosUntilDue()}. */
    public static IdleStrategy asDue() {
        return new IdleStrategy(1_000_000, 1_000_000);
    }

    /** 10 ms, for a thread that is woken when there is work: see {@link AgentRunner#wake()}. */
    public static IdleStrategy woken() {
        return woken(10_000_000);
    }

    /** The same with parks as long as wanted, for tests. */
    static IdleStrategy woken(long parkNanos) {
        return new IdleStrategy(parkNanos, parkNanos, true);
    }

    /** Whether somebody ends the pause when there is work; then there must be a last look between saying so and parking. */
    boolean isWoken() {
        return woken;
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
