package org.spead.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does between duty cycles that found no work: parks, for growing periods, until an agent is due, or until it is woken.
 *
 * <p>Parking rather than spinning, so that an idle stream leaves its core to others; the longest park bounds how late the
 * next packet is seen. Confined to the thread of its runner.
 */
public final class IdleStrategy {
    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 1_000_000;
    private static final long LONGEST_GATHERING_NANOS = 4_000_000;

    private final long minParkNanos;
    private final long maxParkNanos;
    private final Until until;
    private long parkNanos;

    /** What ends a pause. */
    private enum Until {
        /** Its own time, or that of an agent that may not pause as long. */
        TIME,
        /** The time of the first agent that knows one, at most the longest park; else its own time. */
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
        return new IdleStrategy(SHORTEST_NANOS, LONGEST_NANOS);
    }

    /** 4 ms at most, for agents that always say themselves how long they may pause: see {@link Agent#nanosUntilDue()}. */
    public static IdleStrategy asDue() {
        return new IdleStrategy(LONGEST_GATHERING_NANOS, LONGEST_GATHERING_NANOS, Until.DUE);
    }

    /**
     * Until the first agent that knows is due, at most 1 ms; like {@link #backoff()} while none knows. For senders: a stream that waits
     * for its rate knows when it goes on, one that has nothing to send does not, and when others of its thread do, it waits with them.
     */
    public static IdleStrategy backoffOrDue() {
        return backoffOrDue(SHORTEST_NANOS, LONGEST_NANOS);
    }

    /** The same with other parks, for tests. */
    static IdleStrategy backoffOrDue(long minParkNanos, long maxParkNanos) {
        return new IdleStrategy(minParkNanos, maxParkNanos, Until.DUE);
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
     * The same, when the agents that know say that pausing for {@code atMostNanos} is harmless to them; a pause of that length does not
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
