package org.cbfsdp.send;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.cbfsdp.settings.TransmissionSettings.DumpPacing;

/**
 * Holds each dump back until its time: a schedule from the first dump on, so that lateness of one dump does not move the
 * next. Confined to one thread.
 */
final class DumpPacer {
    private static final long LONGEST_PARK_NANOS = 100_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DumpPacing pacing;
    private final long intervalNanos;
    private final LongSupplier nanoClock;
    private final Waiting waiting;
    private long startNanos;
    private double firstTimeSeconds;
    private long dueNanos = StreamLag.UNSCHEDULED;

    /**
     * Starts with the first dump waited for.
     *
     * @param intervalNanos between dumps, when pacing is {@code FIXED_INTERVAL}
     */
    DumpPacer(DumpPacing pacing, long intervalNanos, LongSupplier nanoClock) {
        this(pacing, intervalNanos, nanoClock, Waiting.PARKED);
    }

    /** The same with a time of one's own. */
    DumpPacer(DumpPacing pacing, long intervalNanos, LongSupplier nanoClock, Waiting waiting) {
        this.pacing = pacing;
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        this.waiting = waiting;
    }

    /** Waits until dump {@code position}, of the given time, is due or {@code stopped} says so. */
    void await(long position, double timeSeconds, BooleanSupplier stopped) {
        await(position, timeSeconds, stopped, () -> {});
    }

    /** The same, doing something at least once, and again and again while it waits. */
    void await(long position, double timeSeconds, BooleanSupplier stopped, Runnable meanwhile) {
        if (position == 0) {
            startNanos = nanoClock.getAsLong();
            firstTimeSeconds = timeSeconds;
        }
        long offsetNanos = offsetNanos(position, timeSeconds);
        dueNanos = pacing == DumpPacing.NONE ? StreamLag.UNSCHEDULED : startNanos + offsetNanos;
        meanwhile.run();
        long wait = offsetNanos == 0 ? 0 : dueNanos - nanoClock.getAsLong();
        while (wait > 0 && !stopped.getAsBoolean()) {
            waiting.pass(Math.min(wait, LONGEST_PARK_NANOS));
            meanwhile.run();
            wait = dueNanos - nanoClock.getAsLong();
        }
    }

    /** When the last dump was due, by the clock; {@link StreamLag#UNSCHEDULED} when dumps are not held back. */
    long dueNanos() {
        return dueNanos;
    }

    private long offsetNanos(long position, double timeSeconds) {
        return switch (pacing) {
            case NONE -> 0;
            case FIXED_INTERVAL -> position * intervalNanos;
            case AS_RECORDED -> Math.round((timeSeconds - firstTimeSeconds) * NANOS_PER_SECOND);
        };
    }
}
