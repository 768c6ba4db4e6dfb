package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.cbfsdp.settings.TransmissionSettings.DumpPacing;
import org.junit.jupiter.api.Test;

class DumpPacerTest {
    private static final long STEP_NANOS = 10_000_000;

    private long now = -1_000_000_000_000L;
    private int looks;

    @Test
    void shouldNotWaitWithoutPacing() {
        DumpPacer pacer = new DumpPacer(DumpPacing.NONE, 0, this::clock);
        long before = now;
        pacer.await(0, 100, () -> false);
        pacer.await(1, 200, () -> false);
        pacer.await(2, 1e9, () -> false);
        assertThat(now - before).isEqualTo(STEP_NANOS);
        assertThat(pacer.dueNanos()).isEqualTo(StreamLag.UNSCHEDULED);
    }

    @Test
    void shouldHoldDumpsAtAFixedIntervalFromTheFirst() {
        DumpPacer pacer = new DumpPacer(DumpPacing.FIXED_INTERVAL, 50_000_000, this::clock);
        pacer.await(0, 100, () -> false);
        long start = now;
        for (int position = 1; position <= 4; position++) {
            pacer.await(position, 0, () -> false);
            assertThat(now - start).as("dump %d", position).isEqualTo(position * 50_000_000L);
        }
    }

    @Test
    void shouldCatchUpAfterADumpThatWasLate() {
        DumpPacer pacer = new DumpPacer(DumpPacing.FIXED_INTERVAL, 50_000_000, this::clock);
        pacer.await(0, 0, () -> false);
        long start = now;
        now += 120_000_000;
        pacer.await(1, 0, () -> false);
        assertThat(pacer.dueNanos()).isEqualTo(start + 50_000_000);
        pacer.await(2, 0, () -> false);
        assertThat(now - start).as("two looks at the clock, no wait").isEqualTo(140_000_000);
        assertThat(pacer.dueNanos()).isEqualTo(start + 100_000_000);
        pacer.await(3, 0, () -> false);
        assertThat(now - start).isEqualTo(150_000_000);
        assertThat(pacer.dueNanos()).isEqualTo(start + 150_000_000);
    }

    @Test
    void shouldHoldDumpsAsFarApartAsTheyWereRecorded() {
        DumpPacer pacer = new DumpPacer(DumpPacing.AS_RECORDED, 0, this::clock);
        pacer.await(0, 5.0e9, () -> false);
        long start = now;
        pacer.await(1, 5.0e9 + 0.25, () -> false);
        assertThat(now - start).isEqualTo(250_000_000);
        pacer.await(2, 5.0e9 + 1.0, () -> false);
        assertThat(now - start).isEqualTo(1_000_000_000);
    }

    @Test
    void shouldLetGoOfADumpWhenStopped() {
        DumpPacer pacer = new DumpPacer(DumpPacing.FIXED_INTERVAL, 3_600_000_000_000L, this::clock);
        pacer.await(0, 0, () -> false);
        looks = 0;
        pacer.await(1, 0, () -> looks > 3);
        assertThat(looks).isEqualTo(4);
    }

    @Test
    void shouldDoSomethingElseMeanwhile() {
        DumpPacer pacer = new DumpPacer(DumpPacing.FIXED_INTERVAL, 50_000_000, this::clock);
        int[] done = new int[1];
        pacer.await(0, 0, () -> false, () -> done[0]++);
        assertThat(done[0]).as("also without a wait").isEqualTo(1);
        pacer.await(1, 0, () -> false, () -> done[0]++);
        assertThat(done[0]).isBetween(4, 7);
    }

    /** Ten milliseconds pass with each look; the permit makes the park that follows return at once. */
    private long clock() {
        looks++;
        now += STEP_NANOS;
        LockSupport.unpark(Thread.currentThread());
        return now;
    }
}
