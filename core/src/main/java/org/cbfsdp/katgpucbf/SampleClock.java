package org.cbfsdp.katgpucbf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What time a count of samples is. Immutable; makes no garbage.
 *
 * <p>A dump's timestamp is that of its first sample, and the dump's time, like that of a Measurement Set, is in its middle, half
 * {@code samplesPerDump} later. Samples become ticks of 2^-32 s by division of whole numbers, rounded once to the nearest; the sync
 * time is rounded likewise, once for all. A time is so wrong by one tick at most, and never more with a later one.
 */
public final class SampleClock {
    private static final BigDecimal TICKS_PER_SECOND = BigDecimal.valueOf(1L << 32);
    private static final long LAST_SECOND = 0xFFFF_FFFFL;
    private static final int HALF_BITS = 16;

    /** A remainder of half samples is then below 2^47, and has room for half a fraction in 63 bits. */
    private static final long MOST = 1L << 46;

    private final long syncTicks;
    private final long halfSamplesPerSecond;
    private final long samplesPerDump;

    /**
     * Starts the count.
     *
     * @param syncUnixSeconds when sample 0 was taken
     * @param samplesPerSecond rate of the digitisers
     * @param samplesPerDump distance from one dump to the next
     * @throws IllegalArgumentException when a number is not positive, or larger than any telescope's
     */
    public SampleClock(BigDecimal syncUnixSeconds, long samplesPerSecond, long samplesPerDump) {
        BigInteger ticks = syncUnixSeconds
                .multiply(TICKS_PER_SECOND)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
        if (ticks.signum() < 0 || ticks.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("no sync time: " + syncUnixSeconds);
        }
        if (samplesPerSecond < 1 || samplesPerSecond > MOST || samplesPerDump < 1 || samplesPerDump > MOST) {
            throw new IllegalArgumentException(
                    "no such clock: " + samplesPerSecond + " samples a second, " + samplesPerDump + " a dump");
        }
        this.syncTicks = ticks.longValue();
        this.halfSamplesPerSecond = 2 * samplesPerSecond;
        this.samplesPerDump = samplesPerDump;
    }

    /** Whether a dump can begin with this sample. */
    public boolean isStartOfDump(long sample) {
        return sample >= 0 && sample % samplesPerDump == 0;
    }

    /** Whether the time of a dump can be said, which ends with the year 2106. */
    public boolean canSay(long sample) {
        return sample >= 0 && sample < 1L << 48 && seconds(sample) + (syncTicks >>> 32) < LAST_SECOND;
    }

    /** The middle of the dump that begins with a sample, in 2^-32 s since the UNIX epoch, unsigned. */
    public long middleTicks(long sample) {
        // In half samples, so that the middle of an odd number is a whole one. Sixteen bits of the fraction at a time:
        // a remainder
        // is below 2^47, so that nothing overflows.
        long rest = halfSamples(sample) % halfSamplesPerSecond;
        long high = (rest << HALF_BITS) / halfSamplesPerSecond;
        rest = (rest << HALF_BITS) % halfSamplesPerSecond;
        long low = (rest << HALF_BITS) / halfSamplesPerSecond;
        rest = (rest << HALF_BITS) % halfSamplesPerSecond;
        long rounding = 2 * rest >= halfSamplesPerSecond ? 1 : 0;
        return syncTicks + (seconds(sample) << 32) + (high << HALF_BITS | low) + rounding;
    }

    private long seconds(long sample) {
        return halfSamples(sample) / halfSamplesPerSecond;
    }

    private long halfSamples(long sample) {
        return 2 * sample + samplesPerDump;
    }
}
