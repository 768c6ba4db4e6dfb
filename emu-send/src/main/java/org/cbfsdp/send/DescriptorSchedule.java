package org.cbfsdp.send;

import java.util.function.LongSupplier;

/**
 * When the descriptors of a stream are to be sent again: at fixed intervals from the start, in each stream at another part of the
 * interval, so that the streams do not all send them at once. Confined to one thread.
 */
final class DescriptorSchedule {
    /** Of streams whose descriptors are sent once, or in every heap. */
    static final DescriptorSchedule NEVER = new DescriptorSchedule(0, 0, 1, () -> 0);

    private final long intervalNanos;
    private final long firstNanos;
    private final LongSupplier nanoClock;
    private long dueNanos;

    /**
     * Starts with {@link #start()}.
     *
     * @param intervalNanos 0 for never
     * @param stream of {@code streams}, from 0: its first time is {@code (stream + 1) / streams} of an interval from the start
     */
    DescriptorSchedule(long intervalNanos, int stream, int streams, LongSupplier nanoClock) {
        this.intervalNanos = intervalNanos;
        this.firstNanos = Math.round((double) intervalNanos * (stream + 1) / streams);
        this.nanoClock = nanoClock;
    }

    /** The descriptors are sent for the first time. */
    void start() {
        dueNanos = nanoClock.getAsLong() + firstNanos;
    }

    /** Whether a time has come since it was last asked; if several have, they count as one. */
    boolean isDue() {
        if (intervalNanos == 0) {
            return false;
        }
        long late = nanoClock.getAsLong() - dueNanos;
        if (late < 0) {
            return false;
        }
        dueNanos += (late / intervalNanos + 1) * intervalNanos;
        return true;
    }
}
