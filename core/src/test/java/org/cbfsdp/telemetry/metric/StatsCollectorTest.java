package org.cbfsdp.telemetry.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatsCollectorTest {
    private static final String HEAPS = "emu_recv_input_heaps_total";
    private static final String OLD = "emu_recv_input_too_old_heaps_total";

    private final AtomicLong clockMillis = new AtomicLong(5_000);
    private final MetricsRegistry registry = new MetricsRegistry();

    @Test
    void shouldListAnEmptyLabelledCollectorWithoutSamples() {
        collector("stream");
        MetricsText text = scrape();
        assertThat(text.samples()).isEmpty();
    }

    @Test
    void shouldReadZeroWithoutLabelsBeforeAnyStream() {
        collector();
        MetricsText text = scrape();
        assertThat(text.value(HEAPS)).isZero();
        assertThat(text.value(OLD)).isZero();
        assertThat(text.help().get(HEAPS)).isEqualTo(ReceiverMetric.HEAPS.help());
        assertThat(text.types()).containsEntry(HEAPS, "counter");
    }

    @Test
    void shouldRefuseAWrongNumberOfLabels() {
        StatsCollector collector = collector("stream");
        assertThatThrownBy(() -> collector.addStream(new Counts(), Counts::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 labels are given; the metrics have 1: [stream]");
        assertThatThrownBy(() -> collector.addLabelSet("0", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(scrape().samples()).isEmpty();
    }

    @Test
    void shouldRefuseAStreamThatLacksACounter() {
        StatsCollector collector = collector();
        Counts counts = new Counts();
        counts.values.remove("too_old_heaps");
        counts.values.put("heaps", 7L);
        assertThatThrownBy(() -> collector.addStream(counts, Counts::read))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too_old_heaps");
        assertThat(scrape().value(HEAPS)).as("nothing is added of it").isZero();
    }

    @Test
    void shouldCountWhatAStreamHadAndWhatItGets() {
        StatsCollector collector = collector("stream");
        Counts counts = new Counts().add("heaps", 7).add("too_old_heaps", 2);
        collector.addStream(counts, Counts::read, "3");
        clockMillis.set(9_000);
        MetricsText first = scrape();
        assertThat(first.value(HEAPS + "{stream=\"3\"}")).isEqualTo(7);
        assertThat(first.value("emu_recv_input_heaps_created{stream=\"3\"}")).isEqualTo(5_000);
        counts.add("heaps", 5);
        MetricsText second = scrape();
        assertThat(second.since(first, HEAPS + "{stream=\"3\"}")).isEqualTo(5);
        assertThat(second.value("emu_recv_input_heaps_created{stream=\"3\"}"))
                .as("begins once")
                .isEqualTo(5_000);
        collector.addLabelSet("3");
        assertThat(scrape().value(HEAPS + "{stream=\"3\"}")).isEqualTo(12);
    }

    @Test
    void shouldKeepTotalsOfStreamsThatAreCollected() {
        StatsCollector collector = collector();
        WeakReference<Counts> gone = addAndForget(collector, 11);
        awaitCollection(gone);
        assertThat(scrape().value(HEAPS)).isEqualTo(11);
        addAndForget(collector, 4);
        assertThat(scrape().value(HEAPS)).isEqualTo(15);
    }

    @Test
    void shouldAddUpTheMembersOfAGroupAndKeepTheirTotals() {
        StatsCollector collector = collector();
        Counts[] group = {new Counts().add("heaps", 1), new Counts().add("heaps", 20)};
        collector.addStreamGroup(group, 2, (of, index, stat) -> of[index].read(stat));
        assertThat(scrape().value(HEAPS)).isEqualTo(21);
        group[1].add("heaps", 300);
        collector.update();
        WeakReference<Counts[]> gone = new WeakReference<>(group);
        group = null;
        awaitCollection(gone);
        assertThat(scrape().value(HEAPS)).isEqualTo(321);
    }

    @Test
    void shouldFoldTheLastCountsWhenARegistrationIsClosed() {
        StatsCollector collector = collector();
        Counts counts = new Counts();
        StatsCollector.Registration registration = collector.addStream(counts, Counts::read);
        counts.add("heaps", 6);
        registration.close();
        counts.add("heaps", 100);
        registration.close();
        assertThat(scrape().value(HEAPS)).isEqualTo(6);
    }

    @Test
    void shouldCountTwiceWhatIsAddedTwice() {
        StatsCollector collector = collector();
        Counts counts = new Counts().add("heaps", 6);
        collector.addStream(counts, Counts::read);
        collector.addStream(counts, Counts::read);
        assertThat(scrape().value(HEAPS)).isEqualTo(12);
    }

    private StatsCollector collector(String... labelNames) {
        Map<String, ReceiverMetric> metrics = new LinkedHashMap<>();
        metrics.put("heaps", ReceiverMetric.HEAPS);
        metrics.put("too_old_heaps", ReceiverMetric.TOO_OLD_HEAPS);
        StatsCollector collector = new StatsCollector(metrics, List.of(labelNames), clockMillis::get);
        registry.register(collector);
        return collector;
    }

    private MetricsText scrape() {
        return MetricsText.parse(registry.scrape());
    }

    private static WeakReference<Counts> addAndForget(StatsCollector collector, long heaps) {
        Counts counts = new Counts();
        collector.addStream(counts, Counts::read);
        counts.add("heaps", heaps);
        collector.update();
        return new WeakReference<>(counts);
    }

    /** The collector of garbage is asked until it has done its work; it is not bound to a time. */
    private static void awaitCollection(WeakReference<?> reference) {
        while (reference.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }
    }

    /** A stream as far as the collector sees it. */
    private static final class Counts {
        private final Map<String, Long> values = new HashMap<>(Map.of("heaps", 0L, "too_old_heaps", 0L));

        Counts add(String stat, long amount) {
            values.merge(stat, amount, Long::sum);
            return this;
        }

        long read(String stat) {
            Long value = values.get(stat);
            if (value == null) {
                throw new IllegalArgumentException("there is no statistic called " + stat);
            }
            return value;
        }
    }
}
