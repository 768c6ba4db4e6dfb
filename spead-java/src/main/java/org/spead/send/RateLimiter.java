package org.spead.send;

/**
 * Says when the next burst may be sent. Knows no clock and never waits: every method is told the time, in nanoseconds of
 * any monotonic clock. Confined to one thread.
 *
 * <p><b>Standard schedule.</b> After a burst of {@code b} bytes the schedule advances by {@code b / rate} seconds from where
 * it stood, whenever the burst was really sent. It is kept as whole nanoseconds and a remainder in units of
 * {@code 1 / rate} nanoseconds: {@code b * 10^9 + remainder = advance * rate + newRemainder} holds exactly in integers, so
 * after any number of bursts the schedule is less than one nanosecond from the exact time. (A burst is
 * at most 2^31 bytes and 2^31 * 10^9 + rate, for rates to 2^62, is within a {@code long}.)
 *
 * <p><b>Catching up.</b> A burst that was late is followed sooner, but at most at {@code rate * burstRateRatio}: a second
 * schedule advances at that rate from the time of the burst, and the later of the two counts. It needs no exactness, as
 * it never makes the long-term rate.
 *
 * <p><b>Idle time</b> is not caught up at all: {@link #resume} moves the schedules up to the present.
 *
 * <p><b>Early release.</b> A parked thread wakes about 60 µs late, which at high rates is longer than a burst. A burst may
 * therefore go out up to {@code earlyNanos} before its time; several small ones may go out together. Both schedules keep
 * counting from the times that were due, not from the early ones, so over any period {@code T} the bytes are bounded by
 * {@code rate * burstRateRatio * (T + earlyNanos)} and two bursts.
 */
public final class RateLimiter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long rateBytesPerSecond;
    private final long catchUpBytesPerSecond;
    private final int burstBytes;
    private final long earlyNanos;

    private boolean started;
    private long scheduleNanos;
    private long scheduleRemainder;
    private long catchUpNanos;
    private long bytesInBurst;

    /**
     * Makes a limiter that has sent nothing yet.
     *
     * @param rateBytesPerSecond 0 for no limit
     * @param burstBytes a burst ends with the packet that reaches this
     * @param burstRateRatio at least 1
     */
    public RateLimiter(long rateBytesPerSecond, int burstBytes, double burstRateRatio, long earlyNanos) {
        if (rateBytesPerSecond < 0 || rateBytesPerSecond > 1L << 62 || burstBytes <= 0 || !(burstRateRatio >= 1)) {
            throw new IllegalArgumentException("rate " + rateBytesPerSecond + " bytes/s, bursts of " + burstBytes
                    + " bytes, ratio " + burstRateRatio);
        }
        this.rateBytesPerSecond = rateBytesPerSecond;
        this.catchUpBytesPerSecond = Math.max(rateBytesPerSecond, (long) (rateBytesPerSecond * burstRateRatio));
        this.burstBytes = burstBytes;
        this.earlyNanos = earlyNanos;
    }

    /** Whether there is a limit at all. */
    public boolean isLimited() {
        return rateBytesPerSecond > 0;
    }

    /** How long until the next packet may be sent, 0 when it may go now. */
    public long nanosUntilDue(long nowNanos) {
        if (!isLimited() || !started || bytesInBurst > 0) {
            return 0;
        }
        long wait = Math.max(scheduleNanos - nowNanos, catchUpNanos - nowNanos) - earlyNanos;
        return Math.max(0, wait);
    }

    /** Bytes that may still go back to back: what is left of the burst. */
    public long burstBytesLeft() {
        return isLimited() ? burstBytes - bytesInBurst : Long.MAX_VALUE;
    }

    /** There is something to send after there was nothing: the schedules do not begin before now. */
    public void resume(long nowNanos) {
        if (!started || scheduleNanos - nowNanos < 0) {
            scheduleNanos = nowNanos;
            scheduleRemainder = 0;
        }
        if (!started || catchUpNanos - nowNanos < 0) {
            catchUpNanos = nowNanos;
        }
        started = true;
    }

    /** Bytes were sent, as part of the burst under way or as the beginning of one. */
    public void sent(long bytes, long nowNanos) {
        if (!isLimited()) {
            return;
        }
        if (!started) {
            resume(nowNanos);
        }
        if (bytesInBurst == 0 && catchUpNanos - nowNanos < 0) {
            catchUpNanos = nowNanos;
        }
        bytesInBurst += bytes;
        if (bytesInBurst >= burstBytes) {
            advance();
        }
    }

    private void advance() {
        long scaled = Math.addExact(Math.multiplyExact(bytesInBurst, NANOS_PER_SECOND), scheduleRemainder);
        scheduleNanos += scaled / rateBytesPerSecond;
        scheduleRemainder = scaled % rateBytesPerSecond;
        catchUpNanos += bytesInBurst * NANOS_PER_SECOND / catchUpBytesPerSecond;
        bytesInBurst = 0;
    }
}
