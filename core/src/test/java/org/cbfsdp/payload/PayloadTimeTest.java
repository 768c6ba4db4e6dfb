package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTimeTest {
    private static final BigDecimal EPOCH = BigDecimal.valueOf(40587L * 86400L);
    private static final BigDecimal TWO_TO_32 = BigDecimal.valueOf(1L << 32);
    private static final double SECONDS_1970_TO_2100 = 4102444800.0;

    /** Ticks by exact decimal arithmetic: every double is a finite decimal number. */
    private static long exactTicks(double mjdSeconds) {
        return new BigDecimal(mjdSeconds)
                .subtract(EPOCH)
                .multiply(TWO_TO_32)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigIntegerExact()
                .longValue();
    }

    private static double exactMjdSeconds(long ticks) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
        return new BigDecimal(unsigned).divide(TWO_TO_32).add(EPOCH).doubleValue();
    }

    private static void checkBothWays(double mjdSeconds, String context) {
        long ticks = PayloadTime.ticksOfMjdSeconds(mjdSeconds);
        assertThat(ticks).as("ticks of %s, %s", mjdSeconds, context).isEqualTo(exactTicks(mjdSeconds));
        assertThat(PayloadTime.mjdSeconds(ticks))
                .as("back from %s, %s", mjdSeconds, context)
                .isEqualTo(mjdSeconds);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldComeBackToTheSameDoubleFrom1970To2100(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            double mjdSeconds = PayloadTime.UNIX_EPOCH_MJD_SECONDS + random.nextDouble() * SECONDS_1970_TO_2100;
            checkBothWays(mjdSeconds, "seed " + seed + " case " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void shouldComeBackFromTheNeighboursOfWholeAndHalfSeconds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            double whole = PayloadTime.UNIX_EPOCH_MJD_SECONDS + 1 + random.nextInt(Integer.MAX_VALUE) * 1.9;
            double near = Math.floor(whole) + random.nextInt(2) * 0.5;
            checkBothWays(near, "seed " + seed);
            checkBothWays(Math.nextUp(near), "seed " + seed);
            checkBothWays(Math.nextDown(near), "seed " + seed);
        }
    }

    @Test
    void shouldBeExactWhereTheSpacingOfDoublesChanges() {
        double edge = 4294967296.0;
        for (double time : new double[] {Math.nextDown(edge), edge, Math.nextUp(edge)}) {
            checkBothWays(time, "2^32 MJD seconds");
        }
        checkBothWays(PayloadTime.UNIX_EPOCH_MJD_SECONDS, "epoch");
        checkBothWays(Math.nextUp(PayloadTime.UNIX_EPOCH_MJD_SECONDS), "after the epoch");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void shouldGiveTheNearestDoubleOfAnyTimeOnTheWire(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long ticks = random.nextLong();
            assertThat(PayloadTime.mjdSeconds(ticks))
                    .as("seed %d, ticks %s", seed, Long.toUnsignedString(ticks))
                    .isEqualTo(exactMjdSeconds(ticks));
        }
    }

    @Test
    void shouldRoundHalfOfADoubleSpacingToEven() {
        // Beyond 2^32 MJD seconds doubles are 2^-20 s apart: 4096 ticks, of which 2048 are the half.
        long count = 1_700_000_000L;
        for (long fraction : new long[] {2047, 2048, 2049, 4096 + 2047, 4096 + 2048, 4096 + 2049}) {
            long ticks = PayloadTime.ticks(count, fraction);
            long back = PayloadTime.ticksOfMjdSeconds(PayloadTime.mjdSeconds(ticks));
            long even = fraction <= 2048 ? 0 : fraction < 4096 + 2048 ? 4096 : 8192;
            assertThat(PayloadTime.fraction(back)).as("fraction %d", fraction).isEqualTo(even);
        }
    }

    @Test
    void shouldCarryAFractionThatRoundsToTheNextSecond() {
        long ticks = PayloadTime.ticks(1_700_000_000L, 0xFFFF_FFFFL);
        assertThat(PayloadTime.mjdSeconds(ticks)).isEqualTo(PayloadTime.UNIX_EPOCH_MJD_SECONDS + 1_700_000_001.0);
        assertThat(PayloadTime.ticksOfMjdSeconds(PayloadTime.mjdSeconds(ticks)))
                .isEqualTo(PayloadTime.ticks(1_700_000_001L, 0));
    }

    @Test
    void shouldRefuseWhatThirtyTwoBitsOfSecondsCannotSay() {
        double end = PayloadTime.UNIX_EPOCH_MJD_SECONDS + 4294967296.0;
        checkBothWays(Math.nextDown(end), "last");
        for (double time : new double[] {
            end,
            Math.nextDown(PayloadTime.UNIX_EPOCH_MJD_SECONDS),
            0,
            -1,
            1e300,
            -1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        }) {
            assertThatThrownBy(() -> PayloadTime.ticksOfMjdSeconds(time))
                    .as("time %s", time)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be sent");
        }
    }

    @Test
    void shouldTakeTicksApartAndPutThemTogether() {
        long ticks = PayloadTime.ticks(0xFFFF_FFFEL, 0x8000_0001L);
        assertThat(ticks).isEqualTo(0xFFFF_FFFE_8000_0001L);
        assertThat(PayloadTime.count(ticks)).isEqualTo(0xFFFF_FFFEL);
        assertThat(PayloadTime.fraction(ticks)).isEqualTo(0x8000_0001L);
    }

    @Test
    void shouldRoundDurationsToTheNearestTick() {
        assertThat(PayloadTime.ticksOfSeconds(1)).isEqualTo(1L << 32);
        assertThat(PayloadTime.ticksOfSeconds(0.5)).isEqualTo(1L << 31);
        assertThat(PayloadTime.ticksOfSeconds(Math.scalb(1.5, -32))).isEqualTo(2);
        assertThat(PayloadTime.ticksOfSeconds(Math.scalb(1.25, -32))).isEqualTo(1);
        assertThat(PayloadTime.ticksOfSeconds(0)).isZero();
    }

    @Test
    void shouldSayTheTimeForPeople() {
        assertThat(PayloadTime.instant(0)).isEqualTo(Instant.EPOCH);
        assertThat(PayloadTime.instant(PayloadTime.ticks(1_700_000_000L, 0x8000_0000L)))
                .isEqualTo(Instant.parse("2023-11-14T22:13:20.500Z"));
        assertThat(PayloadTime.instant(-1)).isEqualTo(Instant.parse("2106-02-07T06:28:15.999999999Z"));
    }

    @Test
    void shouldCountFromTheModifiedJulianDateOfTheEpoch() {
        // MJD 51544.0 is 2000-01-01.
        assertThat(PayloadTime.instant(PayloadTime.ticksOfMjdSeconds(51544.0 * 86400.0)))
                .isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    }
}
