package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** At 1 MB/s a heap of 2000 bytes takes 2 ms. */
class StreamLagTest {
    private static final long MILLI = 1_000_000;

    private long now;
    private final StreamLag lag = new StreamLag(1_000_000, 2000, () -> now);

    @Test
    void shouldNotCountTheTimeThatAHeapTakesAtTheRate() {
        now = 12 * MILLI;
        lag.left(10 * MILLI, 2000);
        assertThat(lag.nanos(StreamLag.UNSCHEDULED)).isZero();
        now = 25 * MILLI;
        lag.left(20 * MILLI, 2000);
        assertThat(lag.nanos(StreamLag.UNSCHEDULED)).isEqualTo(3 * MILLI);
    }

    @Test
    void shouldNotBeAhead() {
        now = 11 * MILLI;
        lag.left(10 * MILLI, 2000);
        assertThat(lag.nanos(StreamLag.UNSCHEDULED)).isZero();
        assertThat(lag.nanos(20 * MILLI)).as("of a dump that is to come").isZero();
    }

    @Test
    void shouldGrowWhileAHeapIsHeldUp() {
        now = 13 * MILLI;
        lag.left(10 * MILLI, 2000);
        now = 30 * MILLI;
        assertThat(lag.nanos(20 * MILLI)).isEqualTo(8 * MILLI);
        now = 130 * MILLI;
        assertThat(lag.nanos(20 * MILLI)).isEqualTo(108 * MILLI);
    }

    @Test
    void shouldHaveNoLagWithoutASchedule() {
        now = 50 * MILLI;
        lag.left(StreamLag.UNSCHEDULED, 2000);
        assertThat(lag.nanos(StreamLag.UNSCHEDULED)).isZero();
    }

    @Test
    void shouldTakeNoTimeForBytesWithoutALimit() {
        StreamLag unlimited = new StreamLag(0, 2000, () -> now);
        now = 12 * MILLI;
        unlimited.left(10 * MILLI, 2000);
        assertThat(unlimited.nanos(StreamLag.UNSCHEDULED)).isEqualTo(2 * MILLI);
    }
}
