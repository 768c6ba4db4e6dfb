package org.cbfsdp.katgpucbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleClockTest {
    private static final BigDecimal TICK = BigDecimal.ONE.divide(BigDecimal.valueOf(1L << 32));

    @ParameterizedTest
    @CsvSource({
        // sync, rate, dump, sample, seconds and 2^-32 s of the middle
        "0, 4, 4, 0, 0, 2147483648",
        "1700000000, 1712000000, 1712000000, 3424000000, 1700000002, 2147483648",
        "1700000000.25, 8, 8, 16, 1700000002, 3221225472",
        // An odd number of samples has its middle between two.
        "10, 2, 3, 3, 12, 1073741824",
        // A third of a second is rounded down, two thirds up.
        "0, 3, 2, 0, 0, 1431655765",
        "0, 3, 4, 0, 0, 2863311531"
    })
    void shouldSayTheMiddleOfADump(String sync, long rate, long dump, long sample, long seconds, long fraction) {
        SampleClock clock = new SampleClock(new BigDecimal(sync), rate, dump);
        assertThat(clock.canSay(sample)).isTrue();
        long ticks = clock.middleTicks(sample);
        assertThat(ticks >>> 32).isEqualTo(seconds);
        assertThat(ticks & 0xFFFFFFFFL).isEqualTo(fraction);
    }

    /** Against numbers of any size. */
    @Test
    void shouldBeWrongByOneTickAtMost() {
        Random random = new Random(20);
        for (int i = 0; i < 20_000; i++) {
            long rate = 1 + (random.nextLong() >>> (18 + random.nextInt(30)));
            long dump = 1 + (random.nextLong() >>> (18 + random.nextInt(30)));
            long sample = random.nextLong() >>> (16 + random.nextInt(30));
            BigDecimal sync = new BigDecimal(new BigInteger(50, random), 6);
            SampleClock clock = new SampleClock(sync, rate, dump);
            BigDecimal seconds = sync.add(BigDecimal.valueOf(2)
                    .multiply(BigDecimal.valueOf(sample))
                    .add(BigDecimal.valueOf(dump))
                    .divide(BigDecimal.valueOf(2).multiply(BigDecimal.valueOf(rate)), new MathContext(60)));
            boolean fits = seconds.compareTo(BigDecimal.valueOf(0xFFFFFFFFL)) < 0;
            if (!clock.canSay(sample)) {
                // The second before the end may be refused.
                assertThat(seconds).as("seed 20, %d", i).isGreaterThan(BigDecimal.valueOf(0xFFFFFFFFL - 1));
                continue;
            }
            assertThat(fits).as("seed 20, %d", i).isTrue();
            BigDecimal said =
                    new BigDecimal(new BigInteger(Long.toUnsignedString(clock.middleTicks(sample)))).multiply(TICK);
            assertThat(said.subtract(seconds).abs()).as("seed 20, %d", i).isLessThanOrEqualTo(TICK);
        }
    }

    @Test
    void shouldKnowWhereDumpsBegin() {
        SampleClock clock = new SampleClock(BigDecimal.ZERO, 10, 6);
        assertThat(clock.isStartOfDump(0)).isTrue();
        assertThat(clock.isStartOfDump(12)).isTrue();
        assertThat(clock.isStartOfDump(11)).isFalse();
        assertThat(clock.isStartOfDump(-6)).isFalse();
        assertThat(clock.canSay(-6)).isFalse();
        assertThat(clock.canSay(1L << 48)).isFalse();
    }

    @Test
    void shouldRefuseClocksThatCannotBe() {
        assertThatThrownBy(() -> new SampleClock(BigDecimal.ONE.negate(), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SampleClock(BigDecimal.valueOf(1L << 32), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SampleClock(BigDecimal.ONE, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SampleClock(BigDecimal.ONE, 1, 1L << 60))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
