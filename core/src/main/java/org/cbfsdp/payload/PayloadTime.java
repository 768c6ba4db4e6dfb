package org.cbfsdp.payload;

import java.time.Instant;

/**
 * Exact conversion between the time of a Measurement Set and the time on the wire. Stateless.
 *
 * <p>A set holds MJD seconds (UTC) as a double; the wire holds whole seconds since the UNIX epoch and a fraction in units of
 * 2^-32 s, here together one unsigned 64-bit number of <em>ticks</em>. From 1970 to 2106 an MJD time in seconds is a
 * multiple of 2^-21 s below 2^33, and its distance from the epoch, 40587 * 86400 s, needs no more bits than a double has:
 * the subtraction is exact, the fraction is a whole number of ticks, and the way back rounds once to the double it came
 * from. CSP-SDP interface, items 0x6000 and 0x6001.
 */
public final class PayloadTime {
    /** MJD seconds of 1970-01-01T00:00:00 UTC. */
    public static final double UNIX_EPOCH_MJD_SECONDS = 40587.0 * 86400.0;

    /** Ticks in a second. */
    public static final double TICKS_PER_SECOND = 4294967296.0;

    private static final double SECONDS_PER_TICK = 1.0 / TICKS_PER_SECOND;

    private PayloadTime() {}

    /**
     * Ticks since the UNIX epoch, rounded to the nearest.
     *
     * @param mjdSeconds modified Julian date in seconds
     * @throws IllegalArgumentException outside 1970-01-01 to 2106-02-07, which 32 bits of seconds cannot say
     */
    public static long ticksOfMjdSeconds(double mjdSeconds) {
        double unixSeconds = mjdSeconds - UNIX_EPOCH_MJD_SECONDS;
        double whole = Math.floor(unixSeconds);
        long fraction = Math.round((unixSeconds - whole) * TICKS_PER_SECOND);
        long count = (long) whole + (fraction >>> 32);
        if (!(unixSeconds >= 0) || count >>> 32 != 0) {
            throw new IllegalArgumentException("time " + mjdSeconds
                    + " MJD seconds cannot be sent: the interface counts seconds from 1970-01-01 to 2106-02-07");
        }
        return (count << 32) | (fraction & 0xFFFFFFFFL);
    }

    /** MJD seconds of a time on the wire. */
    public static double mjdSeconds(long ticks) {
        return (UNIX_EPOCH_MJD_SECONDS + count(ticks)) + fraction(ticks) * SECONDS_PER_TICK;
    }

    /** Ticks from the two items of a heap. */
    public static long ticks(long count, long fraction) {
        return (count << 32) | (fraction & 0xFFFFFFFFL);
    }

    /** Whole seconds since the UNIX epoch: item 0x6000. */
    public static long count(long ticks) {
        return ticks >>> 32;
    }

    /** Fraction of a second in units of 2^-32 s: item 0x6001. */
    public static long fraction(long ticks) {
        return ticks & 0xFFFFFFFFL;
    }

    /** A duration in ticks, rounded to the nearest. */
    public static long ticksOfSeconds(double seconds) {
        return Math.round(seconds * TICKS_PER_SECOND);
    }

    /** For people: UTC to the nanosecond. */
    public static Instant instant(long ticks) {
        return Instant.ofEpochSecond(count(ticks), (fraction(ticks) * 1_000_000_000L) >>> 32);
    }
}
