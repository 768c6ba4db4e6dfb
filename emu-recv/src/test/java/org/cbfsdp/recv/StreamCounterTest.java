package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.cbfsdp.telemetry.metric.ReceiverMetric;
import org.junit.jupiter.api.Test;

class StreamCounterTest {
    /** What the report does not speak of: of the whole program, or no concern of the one who reads it. */
    private static final Set<ReceiverMetric> NOT_REPORTED =
            EnumSet.of(ReceiverMetric.CHUNKS, ReceiverMetric.PACKETS, ReceiverMetric.WORKER_BLOCKED);

    @Test
    void shouldBeOneCounterForEachMetricAndLeaveNoneOut() {
        assertThat(Arrays.stream(StreamCounter.values()).map(StreamCounter::metric))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(NOT_REPORTED)));
    }

    @Test
    void shouldCallARefusalALossAndSaySo() {
        assertThat(StreamCounter.values())
                .filteredOn(StreamCounter::isRefusal)
                .hasSizeGreaterThan(5)
                .allSatisfy(counter -> {
                    assertThat(counter.isLoss()).as("%s", counter).isTrue();
                    assertThat(counter.remark()).as("%s", counter).startsWith("refused: ");
                });
    }
}
