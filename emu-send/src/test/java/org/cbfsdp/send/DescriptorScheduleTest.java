package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorScheduleTest {
    private static final long START = Long.MAX_VALUE - 2500;

    private long now = START;

    private List<Long> dueTimes(DescriptorSchedule schedule, long until, long step) {
        List<Long> times = new ArrayList<>();
        for (now = START; now - START <= until; now += step) {
            if (schedule.isDue()) {
                times.add(now - START);
            }
        }
        return times;
    }

    private DescriptorSchedule started(long interval, int stream, int streams) {
        now = START;
        DescriptorSchedule schedule = new DescriptorSchedule(interval, stream, streams, () -> now);
        schedule.start();
        return schedule;
    }

    @Test
    void shouldComeAtFixedIntervalsInEachStreamAtItsOwnTime() {
        assertThat(dueTimes(started(1000, 0, 4), 3400, 10)).containsExactly(250L, 1250L, 2250L, 3250L);
        assertThat(dueTimes(started(1000, 2, 4), 3400, 10)).containsExactly(750L, 1750L, 2750L);
        assertThat(dueTimes(started(1000, 3, 4), 3400, 10)).containsExactly(1000L, 2000L, 3000L);
        assertThat(dueTimes(started(1000, 0, 1), 3400, 10)).containsExactly(1000L, 2000L, 3000L);
    }

    @Test
    void shouldCountTimesThatWereMissedAsOneAndKeepToTheGrid() {
        assertThat(dueTimes(started(1000, 1, 2), 9000, 2300)).containsExactly(2300L, 4600L, 6900L);
    }

    @Test
    void shouldNeverComeWithoutAnInterval() {
        assertThat(dueTimes(started(0, 0, 1), 5000, 10)).isEmpty();
        assertThat(DescriptorSchedule.NEVER.isDue()).isFalse();
    }
}
