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
    private final Until until;
    private long parkNanos;

    /** What ends a pause. */
    private enum Until {
        /** Its own time, or that of an agent that may not pause as long. */
        TIME,
        /** The time of an agent that knows one, however long; else its own. */
        DUE,
        /** Who brings work. */
        WOKEN
    }

    /** Parks from {@code minParkNanos}, doubling, to {@code maxParkNanos}; is not woken. */
    public IdleStrategy(long minParkNanos, long maxParkNanos) {
        this(minParkNanos, maxParkNanos, Until.TIME);
    }

    private IdleStrategy(long minParkNanos, long maxParkNanos, Until until) {
        if (minParkNanos <= 0 || maxParkNanos < minParkNanos) {
            throw new IllegalArgumentException(
                    "park times must be 0 < min <= max, not " + minParkNanos + " and " + maxParkNanos + " ns");
        }
        this.minParkNanos = minParkNanos;
        this.maxParkNanos = maxParkNanos;
        this.until = until;
        this.parkNanos = minParkNanos;
    }

    /** 50 µs doubling to 1 ms: less than a tenth of what a 4 MiB socket buffer holds at 400 MB/s. */
    public static IdleStrategy backoff() {
        return new IdleStrategy(50_000, 1_000_000);
    }

    /** 4 ms at most, for agents that always say themselves how long they may pause: see {@link Agent#nanosUntilDue()}. */
    public static IdleStrategy asDue() {
        return new IdleStrategy(4_000_000, 4_000_000);
    }

    /**
     * Exactly until an agent is due when there is one that knows, at most 1 ms; like {@link #backoff()} when none does. For senders:
     * a stream that waits for its rate knows when it goes on, one that has nothing to send does not.
     */
    public static IdleStrategy backoffOrDue() {
        return new IdleStrategy(50_000, 1_000_000, Until.DUE);
    }

    /** 10 ms, for a thread that is woken when there is work: see {@link AgentRunner#wake()}. */
    public static IdleStrategy woken() {
        return woken(10_000_000);
    }

    /** The same with parks as long as wanted, for tests. */
    static IdleStrategy woken(long parkNanos) {
        return new IdleStrategy(parkNanos, parkNanos, Until.WOKEN);
    }

    /** Whether somebody ends the pause when there is work; then there must be a last look between saying so and parking. */
    boolean isWoken() {
        return until == Until.WOKEN;
    }

    /** Called after each duty cycle with what it returned. */
    public void idle(int workCount) {
        idle(workCount, Long.MAX_VALUE);
    }

    /**
     * The same, when the agents that know say that pausing for {@code atMostNanos} is harmless; a pause of that length does not
     * lengthen the next one.
     *
     * @param atMostNanos {@link Long#MAX_VALUE} when no agent knows
     */
    public void idle(int workCount, long atMostNanos) {
        if (workCount > 0) {
            parkNanos = minParkNanos;
        } else if (atMostNanos < parkNanos || goesBy(atMostNanos)) {
            LockSupport.parkNanos(Math.max(1, Math.min(atMostNanos, maxParkNanos)));
        } else {
            LockSupport.parkNanos(parkNanos);
            parkNanos = Math.min(parkNanos * 2, maxParkNanos);
        }
    }

    private boolean goesBy(long atMostNanos) {
        return until == Until.DUE && atMostNanos < Long.MAX_VALUE;
    }
}
