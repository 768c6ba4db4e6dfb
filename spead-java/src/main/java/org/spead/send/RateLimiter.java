package org.spead.send;

/**
 * Says when the next burst may be sent. Knows no clock and never waits: every method is told the time, in nanoseconds of
 * any monotonic clock. Confined to one thread.
 *
 * <p><b>Standard schedule.</b> After a burst of {@code b} bytes the schedule advances by {@code b / rate} seconds from where
 * it stood, whenever the burst was really sent. It is exact: see {@link ByteTime}.
 *
 * <p><b>Heaps with a rate of their own</b> share the schedule: it advances by the time their bytes take at their rate. Bytes
 * without limit advance nothing.
 *
 * <p><b>Catching up.</b> A burst that was late is followed sooner, but at most at {@code rate * burstRateRatio}: a second
 * schedule advances at that rate from the time of the burst, and the later of the two counts. It needs no exactness, as
 * it never makes the long-term rate.
 *
 * <p><b>Idle time</b> is not caught up at all: {@link #resume} moves the schedules up to the present.
 *
 * <p><b>Early release.</b> A parked thread wakes about 60 µs late, which at high rates is longer than a burst. A burst may
 * therefore go out up to {@code earlyNanos} before its time; several small ones may go out together. When the next would
 * be earlier than that, nothing goes out until a quarter of {@code earlyNanos} is due again: else a thread that comes back at
 * once would find one packet due each time, make a system call for it and never park. Both schedules keep counting from the
 * times that were due, not from the early ones, so over any period {@code T} the bytes are bounded by {@code rate *
 * burstRateRatio * (T + earlyNanos)} and two bursts.
 */
public final class RateLimiter {
    /** Largest rate in bytes/s. */
    public static final long MAX_RATE = 1L << 62;

    private final long rateBytesPerSecond;
    private final double burstRateRatio;
    private final int burstBytes;
    private final long earlyNanos;
    private final long resumeNanos;

    private boolean started;
    private long scheduleNanos;
    private long catchUpNanos;
    private long bytesInBurst;
    private long nanosOfBurst;
    private boolean wasFree;

    /** Whether as much went out early as may, so that the next burst waits until several are due. */
    private boolean waiting;

    private final ByteTime ownTime = new ByteTime();
    private final ByteTime otherTime = new ByteTime();

    /**
     * Makes a limiter that has sent nothing yet.
     *
     * @param rateBytesPerSecond 0 for no limit
     * @param burstBytes a burst ends with the packet that reaches this
     * @param burstRateRatio at least 1
     */
    public RateLimiter(long rateBytesPerSecond, int burstBytes, double burstRateRatio, long earlyNanos) {
        if (rateBytesPerSecond < 0 || rateBytesPerSecond > MAX_RATE || burstBytes <= 0 || !(burstRateRatio >= 1)) {
            throw new IllegalArgumentException("rate " + rateBytesPerSecond + " bytes/s, bursts of " + burstBytes
                    + " bytes, ratio " + burstRateRatio);
        }
        this.rateBytesPerSecond = rateBytesPerSecond;
        this.burstRateRatio = burstRateRatio;
        this.burstBytes = burstBytes;
        this.earlyNanos = earlyNanos;
        this.resumeNanos = earlyNanos - earlyNanos / 4;
    }

    /** Whether bytes have a limit unless they have a rate of their own. */
    public boolean isLimited() {
        return rateBytesPerSecond > 0;
    }

    /** How long until the next packet may be sent, 0 when it may go now. */
    public long nanosUntilDue(long nowNanos) {
        if (!started || bytesInBurst > 0) {
            return 0;
        }
        return Math.max(0, nanosAhead(nowNanos) - (waiting ? resumeNanos : earlyNanos));
    }

    /**
     * How long to pause: {@link #nanosUntilDue}, or, when as much went out early as may, up to a quarter of that allowance longer, so
     * that streams of one allowance are due at the same moments and a thread wakes less often for them. At least half of the allowance
     * is then still ahead.
     */
    public long pauseNanos(long nowNanos) {
        long nanos = nanosUntilDue(nowNanos);
        long step = earlyNanos / 4;
        return nanos == 0 || step == 0 || !waiting
                ? nanos
                : nanos + step - 1 - Math.floorMod(nowNanos + nanos - 1, step);
    }

    /** How much later than now the next burst would be if none could be early. */
    private long nanosAhead(long nowNanos) {
        return Math.max(scheduleNanos - nowNanos, catchUpNanos - nowNanos);
    }

    /** Bytes that may still go back to back: what is left of the burst. */
    public long burstBytesLeft() {
        return isLimited() ? burstBytes - bytesInBurst : Long.MAX_VALUE;
    }

    /** There is something to send after there was nothing: the schedules do not begin before now. */
    public void resume(long nowNanos) {
        if (!started || scheduleNanos - nowNanos < 0) {
            scheduleNanos = nowNanos;
            ownTime.forget();
            otherTime.forget();
        }
        if (!started || catchUpNanos - nowNanos < 0) {
            catchUpNanos = nowNanos;
        }
        started = true;
    }

    /** Bytes were sent, as part of the burst under way or as the beginning of one. */
    public void sent(long bytes, long nowNanos) {
        sent(bytes, HeapReference.STREAM_RATE, nowNanos);
    }

    /**
     * The same for bytes with a rate of their own.
     *
     * @param ownRateBytesPerSecond negative for the limiter's rate, 0 for no limit
     */
    public void sent(long bytes, long ownRateBytesPerSecond, long nowNanos) {
        boolean own = ownRateBytesPerSecond >= 0;
        long rate = own ? ownRateBytesPerSecond : rateBytesPerSecond;
        if (rate == 0) {
            wasFree = !isLimited();
            return;
        }
        if (!started) {
            resume(nowNanos);
        }
        if (bytesInBurst == 0) {
            startBurst(nowNanos);
        }
        bytesInBurst += bytes;
        nanosOfBurst += (own ? otherTime : ownTime).nanosOf(bytes, rate);
        if (bytesInBurst >= burstBytes) {
            scheduleNanos += nanosOfBurst;
            catchUpNanos += (long) (nanosOfBurst / burstRateRatio);
            bytesInBurst = 0;
            nanosOfBurst = 0;
            waiting = nanosAhead(nowNanos) > earlyNanos;
        }
    }

    private void startBurst(long nowNanos) {
        if (catchUpNanos - nowNanos < 0) {
            catchUpNanos = nowNanos;
        }
        if (wasFree && scheduleNanos - nowNanos < 0) {
            // There is nothing to catch up with after bytes that the stream did not pace.
            scheduleNanos = nowNanos;
        }
        wasFree = false;
    }
}
