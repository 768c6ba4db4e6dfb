package org.cbfsdp.send;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.spead.send.SendStream;

/**
 * A time that passes when nothing can be sent, as a pacing by rate or interval would have it, but without waiting for it.
 *
 * <p>Drives the streams itself: whoever waits makes them send what is due, and when nothing is, the time goes on to what is
 * due next. One thread does everything, so that the same input gives the same times. Confined to that thread, but that any may ask
 * for the time.
 */
final class SimulatedTime implements Waiting {
    /** What passes when a sink takes nothing, which does not say until when. */
    private static final long FULL_NANOS = 100_000;

    private final List<SendStream> streams = new ArrayList<>();
    private final long epochNanos;
    private final boolean inRealTime;
    private volatile long nowNanos;
    private long realStartNanos;

    /**
     * Starts at nanosecond 0.
     *
     * @param epochNanos what that is since 1970
     * @param inRealTime whether the thread waits for as long as passes
     */
    SimulatedTime(long epochNanos, boolean inRealTime) {
        this.epochNanos = epochNanos;
        this.inRealTime = inRealTime;
        this.realStartNanos = System.nanoTime();
    }

    /** Drives this stream too. */
    void add(SendStream stream) {
        streams.add(stream);
    }

    /** Monotonic nanoseconds, from 0. */
    long nanoTime() {
        return nowNanos;
    }

    /** Nanoseconds since 1970. */
    long epochNanos() {
        return epochNanos + nowNanos;
    }

    /** Sends what is due now, or else lets time pass until something is, or {@code nanos} have passed. */
    @Override
    public void pass(long nanos) {
        int sent = 0;
        for (SendStream stream : streams) {
            sent += Math.max(0, stream.doWork());
        }
        if (sent == 0) {
            long untilDue = nanosUntilDue();
            advance(Math.min(nanos, untilDue == 0 ? FULL_NANOS : untilDue));
        }
    }

    /** Makes the streams send all that they have. */
    void drain() {
        while (!isDrained()) {
            pass(Long.MAX_VALUE);
        }
    }

    private boolean isDrained() {
        return streams.stream().allMatch(SendStream::isDrained);
    }

    private long nanosUntilDue() {
        long soonest = Long.MAX_VALUE;
        for (SendStream stream : streams) {
            if (!stream.isDrained()) {
                soonest = Math.min(soonest, stream.nanosUntilDue());
            }
        }
        return soonest;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private void advance(long nanos) {
        nowNanos += nanos;
        if (inRealTime) {
            long wait = realStartNanos + nowNanos - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = realStartNanos + nowNanos - System.nanoTime();
            }
        }
    }
}
