package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.ReaderSettings.RepeatMode;
import org.junit.jupiter.api.Test;

class DumpScheduleTest {
    private static final double START = 5.0e9;

    @Test
    void shouldSendTheWholeSequenceAgainWithTimeAdvancing() {
        DumpSchedule schedule = new DumpSchedule(source(START, START + 2, START + 6), 3, RepeatMode.SEQUENCE);

        assertThat(schedule.count()).isEqualTo(9);
        assertThat(dumps(schedule)).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(times(schedule)).containsExactly(0.0, 2.0, 6.0, 10.0, 12.0, 16.0, 20.0, 22.0, 26.0);
    }

    @Test
    void shouldSendEachDumpAgainWithTheSameTime() {
        DumpSchedule schedule = new DumpSchedule(source(START, START + 2, START + 6), 2, RepeatMode.DUMP);

        assertThat(schedule.count()).isEqualTo(6);
        assertThat(dumps(schedule)).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(times(schedule)).containsExactly(0.0, 0.0, 2.0, 2.0, 6.0, 6.0);
    }

    @Test
    void shouldAdvanceASingleDumpByItsInterval() {
        DumpSchedule schedule = new DumpSchedule(source(START), 3, RepeatMode.SEQUENCE);

        assertThat(times(schedule)).containsExactly(0.0, 4.0, 8.0);
    }

    @Test
    void shouldGiveTheFirstRoundTheTimesOfTheSetBitForBit() {
        double[] times = {5.0e9 + 0.1, 5.0e9 + 0.949, 5.0e9 + 1.798};
        DumpSchedule schedule = new DumpSchedule(source(times), 2, RepeatMode.SEQUENCE);

        for (int i = 0; i < times.length; i++) {
            assertThat(schedule.timeMjdSeconds(i)).isEqualTo(times[i]);
        }
    }

    @Test
    void shouldCountFurtherThanAnIntDoes() {
        DumpSchedule schedule = new DumpSchedule(source(START, START + 2), Integer.MAX_VALUE, RepeatMode.DUMP);
        long last = schedule.count() - 1;

        assertThat(last).isEqualTo(2L * Integer.MAX_VALUE - 1);
        assertThat(schedule.dump(last)).isEqualTo(1);
        assertThat(schedule.dump(Integer.MAX_VALUE - 1L)).isZero();
    }

    private static FakeSource source(double... times) {
        return new FakeSource(times, 4, 1, new ChannelRange(0, 1), 9);
    }

    private static List<Integer> dumps(DumpSchedule schedule) {
        return LongStream.range(0, schedule.count()).mapToObj(schedule::dump).toList();
    }

    private static List<Double> times(DumpSchedule schedule) {
        return LongStream.range(0, schedule.count())
                .mapToObj(position -> schedule.timeMjdSeconds(position) - START)
                .toList();
    }
}
