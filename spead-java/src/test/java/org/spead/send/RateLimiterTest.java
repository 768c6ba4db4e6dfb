package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    /** Exact nanoseconds for so many bytes, rounded down. */
    private static long nanos(BigInteger bytes, long rate) {
        return bytes.multiply(BigInteger.valueOf(SECOND))
                .divide(BigInteger.valueOf(rate))
                .longValueExact();
    }

    @ParameterizedTest
    @CsvSource({
        "999999937, 65536, 1472",
        "3, 1, 1",
        "12500000000, 65536, 8968",
        "1000000007, 2147483647, 65000",
        "123456789, 1, 1472"
    })
    void shouldKeepTheScheduleToTheNanosecondForHours(long rate, int burst, int packet) {
        long start = Long.MAX_VALUE - 5 * SECOND;
        RateLimiter limiter = new RateLimiter(rate, burst, 1.05, 0);
        limiter.resume(start);
        long now = start;
        BigInteger bytes = BigInteger.ZERO;
        BigInteger hours = BigInteger.valueOf(rate).multiply(BigInteger.valueOf(4 * 3600));
        BigInteger limit = hours.min(BigInteger.valueOf(packet).multiply(BigInteger.valueOf(2_000_000)));
        while (bytes.compareTo(limit) < 0) {
            now += limiter.nanosUntilDue(now);
            do {
                limiter.sent(packet, now);
                bytes = bytes.add(BigInteger.valueOf(packet));
            } while (limiter.burstBytesLeft() != burst);
        }
        // The clock has wrapped on the way; differences have not.
        long due = now + limiter.nanosUntilDue(now) - start;
        assertThat(due).isBetween(nanos(bytes, rate), nanos(bytes, rate) + 1);
    }

    @Test
    void shouldNotDriftOverHoursWithBigBursts() {
        long rate = 999_999_937;
        RateLimiter limiter = new RateLimiter(rate, 1 << 30, 1.05, 0);
        long now = 0;
        BigInteger bytes = BigInteger.ZERO;
        limiter.resume(now);
        while (now < 100 * 3600 * SECOND) {
            now += limiter.nanosUntilDue(now);
            limiter.sent((1 << 30) + 17, now);
            bytes = bytes.add(BigInteger.valueOf((1 << 30) + 17));
        }
        assertThat(now + limiter.nanosUntilDue(now)).isBetween(nanos(bytes, rate), nanos(bytes, rate) + 1);
    }

    @Test
    void shouldCatchUpALateBurstAtTheRatioAndNoFaster() {
        RateLimiter limiter = new RateLimiter(1_000_000, 1000, 1.25, 0);
        limiter.resume(0);
        limiter.sent(1000, 0);
        assertThat(limiter.nanosUntilDue(0)).isEqualTo(1_000_000);

        // Half a millisecond late: the schedule is at 2 ms, catching up would be at 1.5 + 0.8 ms.
        limiter.sent(1000, 1_500_000);
        assertThat(limiter.nanosUntilDue(1_500_000)).isEqualTo(800_000);
        limiter.sent(1000, 2_300_000);
        assertThat(limiter.nanosUntilDue(2_300_000)).isEqualTo(800_000);
        limiter.sent(1000, 3_100_000);
        // The schedule, at 4 ms, is now the later one.
        assertThat(limiter.nanosUntilDue(3_100_000)).isEqualTo(900_000);
    }

    @Test
    void shouldNotCatchUpIdleTime() {
        RateLimiter limiter = new RateLimiter(1_000_000, 1000, 1.25, 0);
        limiter.resume(0);
        limiter.sent(1000, 0);
        limiter.resume(SECOND);
        assertThat(limiter.nanosUntilDue(SECOND)).isZero();
        limiter.sent(1000, SECOND);

        assertThat(limiter.nanosUntilDue(SECOND)).isEqualTo(1_000_000);
        // Nor does a pause shorter than the burst earn anything.
        limiter.resume(SECOND + 400_000);
        assertThat(limiter.nanosUntilDue(SECOND + 400_000)).isEqualTo(600_000);
    }

    @Test
    void shouldPaceWholeBursts() {
        RateLimiter limiter = new RateLimiter(1_000_000, 3000, 1.05, 0);
        limiter.resume(0);
        limiter.sent(1472, 0);
        assertThat(limiter.nanosUntilDue(0)).isZero();
        assertThat(limiter.burstBytesLeft()).isEqualTo(1528);
        limiter.sent(1472, 0);
        limiter.sent(1472, 0);

        assertThat(limiter.nanosUntilDue(0)).isEqualTo(3 * 1_472_000);
        assertThat(limiter.burstBytesLeft()).isEqualTo(3000);
    }

    @Test
    void shouldReleaseSmallBurstsTogetherWithinTheAllowance() {
        RateLimiter limiter = new RateLimiter(1_000_000_000, 1000, 1.05, 10_000);
        limiter.resume(0);
        int released = 0;
        while (limiter.nanosUntilDue(0) == 0) {
            limiter.sent(1000, 0);
            released++;
        }
        assertThat(released).isEqualTo(11);
        assertThat(limiter.nanosUntilDue(0)).as("until 2500 ns more are due").isEqualTo(3500);
        assertThat(limiter.nanosUntilDue(3499)).isEqualTo(1);
        released = 0;
        while (limiter.nanosUntilDue(3500) == 0) {
            limiter.sent(1000, 3500);
            released++;
        }
        assertThat(released).isEqualTo(3);
    }

    @Test
    void shouldPauseUntilMomentsThatAllOfOneAllowanceHaveInCommon() {
        long seed = 20261127;
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long start = random.nextLong();
            RateLimiter limiter = new RateLimiter(1 + random.nextInt(1_000_000_000), 1472, 1.05, 4_000_000);
            limiter.resume(start);
            while (limiter.nanosUntilDue(start) == 0) {
                limiter.sent(1472, start);
            }
            long due = limiter.nanosUntilDue(start);
            long pause = limiter.pauseNanos(start);
            assertThat(pause).as("seed %d, limiter %d", seed, i).isBetween(due, due + 999_999);
            assertThat(Math.floorMod(start + pause, 1_000_000L))
                    .as("seed %d, limiter %d", seed, i)
                    .isZero();
        }
    }

    @Test
    void shouldPauseAsLongAsItIsNotDueWithoutAnAllowance() {
        RateLimiter limiter = new RateLimiter(1_000_000, 1000, 1.05, 0);
        limiter.resume(0);
        assertThat(limiter.pauseNanos(0)).isZero();
        limiter.sent(1000, 0);
        assertThat(limiter.pauseNanos(0)).isEqualTo(1_000_000);
    }

    /** A thread that looks every 2 µs and parks exactly as long as it is told. */
    @Test
    void shouldReleaseManyPacketsAtATimeHoweverSmallTheBursts() {
        RateLimiter limiter = new RateLimiter(1_000_000_000, 10, 1.05, 100_000);
        limiter.resume(0);
        long now = 0;
        long packets = 0;
        long releases = 0;
        long looks = 0;
        while (now < SECOND) {
            looks++;
            releases += limiter.nanosUntilDue(now) == 0 ? 1 : 0;
            while (limiter.nanosUntilDue(now) == 0) {
                limiter.sent(1472, now);
                packets++;
            }
            now += 2000;
            now += limiter.nanosUntilDue(now);
        }
        assertThat(packets * 1472).isBetween(1_000_000_000L, 1_000_000_000L + 102_000);
        assertThat(packets / releases).isGreaterThanOrEqualTo(17);
        assertThat(looks).as("each look finds something due").isEqualTo(releases);
    }

    /** A thread that always oversleeps by up to 90 µs still makes the rate, and never exceeds the bound. */
    @Test
    void shouldMakeItsRateWithCoarseParks() {
        long seed = 5;
        Random random = new Random(seed);
        long rate = 1_000_000_000;
        int burst = 65_536;
        long early = 100_000;
        double ratio = 1.05;
        RateLimiter limiter = new RateLimiter(rate, burst, ratio, early);
        limiter.resume(0);
        long now = 0;
        long bytes = 0;
        double level = 0;
        long before = 0;
        while (now < 10 * SECOND) {
            long wait = limiter.nanosUntilDue(now);
            if (wait > 0) {
                boolean stall = random.nextInt(20_000) == 0;
                now += wait + (stall ? 5_000_000 : random.nextInt(90_000));
                continue;
            }
            level = Math.max(0, level - (now - before) / 1e9 * rate * ratio);
            before = now;
            limiter.sent(burst, now);
            bytes += burst;
            level += burst;
            // What a bucket that leaks at the catch-up rate would hold.
            assertThat(level).as("seed %d at %d", seed, now).isLessThan(rate * ratio * early / 1e9 + 2 * burst);
        }
        assertThat(bytes / 10.0).as("seed %d", seed).isBetween(rate * 0.9995, rate * 1.0005);
    }

    @Test
    void shouldNotLimitWithoutARate() {
        RateLimiter limiter = new RateLimiter(0, 65_536, 1.05, 0);
        limiter.resume(0);
        for (int i = 0; i < 1000; i++) {
            limiter.sent(1 << 30, 0);
            assertThat(limiter.nanosUntilDue(0)).isZero();
        }
        assertThat(limiter.burstBytesLeft()).isEqualTo(Long.MAX_VALUE);
        assertThat(limiter.isLimited()).isFalse();
    }

    @Test
    void shouldRefuseNonsense() {
        assertThatThrownBy(() -> new RateLimiter(-1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimiter(1, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RateLimiter(1, 1, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Two rates that no nanosecond divides, in bursts that mix them. */
    @Test
    void shouldKeepTheScheduleWithTwoRates() {
        long seed = 9;
        Random random = new Random(seed);
        long own = 999_999_937;
        long other = 777_777_777;
        RateLimiter limiter = new RateLimiter(own, 20_000, 1.0, 0);
        limiter.resume(0);
        BigInteger ownBytes = BigInteger.ZERO;
        BigInteger otherBytes = BigInteger.ZERO;
        long now = 0;
        for (int i = 0; i < 200_000 || limiter.burstBytesLeft() != 20_000; i++) {
            now += limiter.nanosUntilDue(now);
            int bytes = 1 + random.nextInt(9000);
            if (random.nextBoolean()) {
                limiter.sent(bytes, now);
                ownBytes = ownBytes.add(BigInteger.valueOf(bytes));
            } else {
                limiter.sent(bytes, other, now);
                otherBytes = otherBytes.add(BigInteger.valueOf(bytes));
            }
            limiter.sent(1_000_000, 0, now);
        }
        long exact = nanos(ownBytes, own) + nanos(otherBytes, other);
        assertThat(now + limiter.nanosUntilDue(now)).as("seed %d", seed).isBetween(exact - 1, exact + 1);
    }
}
