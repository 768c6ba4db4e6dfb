package org.spead.send;

/**
 * The time that bytes take at a rate, in whole nanoseconds without losing a fraction.
 *
 * <p>What is less than a nanosecond is kept as a remainder in units of {@code 1 / rate} nanoseconds:
 * {@code bytes * 10^9 + remainder = nanos * rate + newRemainder} holds exactly in integers, so that the sum over any number
 * of calls is less than one nanosecond from the exact time. (At most 2^31 bytes a call: 2^31 * 10^9 + rate, for rates to
 * 2^62, is within a {@code long}.) When the rate changes the remainder is rounded up, which is never faster than the rate.
 */
final class ByteTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long rateBytesPerSecond;
    private long remainder;

    /** The nanoseconds by which so many bytes at this rate, above 0, advance the time. */
    long nanosOf(long bytes, long rate) {
        long roundedUp = 0;
        if (rate != rateBytesPerSecond) {
            roundedUp = remainder > 0 ? 1 : 0;
            remainder = 0;
            rateBytesPerSecond = rate;
        }
        long scaled = Math.addExact(Math.multiplyExact(bytes, NANOS_PER_SECOND), remainder);
        remainder = scaled % rate;
        return scaled / rate + roundedUp;
    }

    /** Forgets the fraction. */
    void forget() {
        remainder = 0;
    }
}
