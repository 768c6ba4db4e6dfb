package org.cbfsdp.telemetry.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counters of streams as counters of Prometheus. A stream's counters are read when somebody looks; what a stream has counted
 * stays in the totals when the stream is gone.
 *
 * <p>Streams are held weakly, so that a collector keeps no stream's memory. What a stream counts between the last look and
 * its end is lost to the totals unless its {@link Registration} is closed, or {@link #update} called, before it goes.
 *
 * <p>Thread-safe. Counters are read under the collector's lock, on the thread that looks; a stream never waits for it, as
 * it only counts.
 */
public final class StatsCollector implements MultiCollector {
    /**
     * Reads the counter called {@code stat}; must not hold the stream, a method reference of the stream's class does not.
     *
     * @param <S> the stream's type
     */
    @FunctionalInterface
    public interface CounterReader<S> {
        /**
         * The counter's present value; it never goes back. Called by any thread.
         *
         * @throws IllegalArgumentException when the stream has no counter of that name
         */
        long read(S stream, String stat);
    }

    /**
     * Reads a counter of one member of a group.
     *
     * @param <G> the group's type
     */
    @FunctionalInterface
    public interface MemberReader<G> {
        /** As {@link CounterReader#read}, of member {@code index}. */
        long read(G group, int index, String stat);
    }

    /** A stream's place in the collector. Closing folds its last counts into the totals and forgets it; idempotent. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final Map<String, MetricDeclaration> metrics;
    private final List<String> labelNames;
    private final LongSupplier clockMillis;
    private final Map<List<String>, LabelSet> labelSets = new LinkedHashMap<>();

    /**
     * A collector that is yet to be registered. One without labels reads 0 from the start; one with labels has no series
     * until a label set is added.
     *
     * @param metrics the metric of each counter of a stream, by the counter's name
     */
    public StatsCollector(Map<String, ? extends MetricDeclaration> metrics, List<String> labelNames) {
        this(metrics, labelNames, System::currentTimeMillis);
    }

    StatsCollector(
            Map<String, ? extends MetricDeclaration> metrics, List<String> labelNames, LongSupplier clockMillis) {
        this.metrics = new LinkedHashMap<>(metrics);
        this.labelNames = List.copyOf(labelNames);
        this.clockMillis = clockMillis;
        if (labelNames.isEmpty()) {
            addLabelSet();
        }
    }

    /**
     * Lets the series of these labels exist, at 0. Nothing happens when they do already.
     *
     * @throws IllegalArgumentException when their number is not that of the label names
     */
    public synchronized void addLabelSet(String... labels) {
        labelSet(labels);
    }

    /**
     * Counts a stream in: what it has counted already, at once, and what it will. A stream that is added twice counts twice.
     *
     * @throws IllegalArgumentException when the number of labels is wrong, or a counter is missing; nothing is added then
     */
    public synchronized <S> Registration addStream(S stream, CounterReader<? super S> reader, String... labels) {
        checkLabels(labels);
        Source<S> source = new Source<>(stream, reader, metrics.size());
        long[] first = source.read(stream, metrics);
        LabelSet set = labelSet(labels);
        source.fold(first, set.totals);
        set.sources.add(source);
        return () -> remove(set, source);
    }

    /**
     * Counts in each member of a group. The group is what is held weakly, as its members may be views made on demand.
     *
     * @throws IllegalArgumentException as {@link #addStream}
     */
    public synchronized <G> Registration addStreamGroup(
            G group, int members, MemberReader<? super G> reader, String... labels) {
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            int index = i;
            registrations.add(addStream(group, (of, stat) -> reader.read(of, index, stat), labels));
        }
        return () -> registrations.forEach(Registration::close);
    }

    /** Adds to the totals what live streams have counted since the last look, and forgets those that are gone. */
    public synchronized void update() {
        for (LabelSet set : labelSets.values()) {
            for (Iterator<Source<?>> sources = set.sources.iterator(); sources.hasNext(); ) {
                if (!sources.next().update(metrics, set.totals)) {
                    sources.remove();
                }
            }
        }
    }

    @Override
    public synchronized MetricSnapshots collect() {
        update();
        List<MetricSnapshot> families = new ArrayList<>();
        int index = 0;
        for (MetricDeclaration metric : metrics.values()) {
            CounterSnapshot.Builder family =
                    CounterSnapshot.builder().name(metric.metricName()).help(metric.help());
            for (Map.Entry<List<String>, LabelSet> entry : labelSets.entrySet()) {
                family.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of(labelNames, entry.getKey()))
                        .value((double) entry.getValue().totals[index])
                        .createdTimestampMillis(entry.getValue().createdMillis)
                        .build());
            }
            families.add(family.build());
            index++;
        }
        return new MetricSnapshots(families);
    }

    private synchronized void remove(LabelSet set, Source<?> source) {
        if (set.sources.remove(source)) {
            source.update(metrics, set.totals);
        }
    }

    private LabelSet labelSet(String... labels) {
        checkLabels(labels);
        return labelSets.computeIfAbsent(
                List.of(labels), key -> new LabelSet(new long[metrics.size()], clockMillis.getAsLong()));
    }

    private void checkLabels(String... labels) {
        if (labels.length != labelNames.size()) {
            throw new IllegalArgumentException(
                    labels.length + " labels are given; the metrics have " + labelNames.size() + ": " + labelNames);
        }
    }

    /** The series of one set of labels: totals in the order of the metrics, and when the series began. */
    private static final class LabelSet {
        private final long[] totals;
        private final long createdMillis;
        private final List<Source<?>> sources = new ArrayList<>();

        LabelSet(long[] totals, long createdMillis) {
            this.totals = totals;
            this.createdMillis = createdMillis;
        }
    }

    /** One stream, and what it had counted at the last look. */
    private static final class Source<S> {
        private final WeakReference<S> stream;
        private final CounterReader<? super S> reader;
        private final long[] previous;

        Source(S stream, CounterReader<? super S> reader, int counters) {
            this.stream = new WeakReference<>(stream);
            this.reader = reader;
            this.previous = new long[counters];
        }

        /** Whether the stream is still there. */
        boolean update(Map<String, MetricDeclaration> metrics, long[] totals) {
            S live = stream.get();
            if (live == null) {
                return false;
            }
            fold(read(live, metrics), totals);
            return true;
        }

        long[] read(S live, Map<String, MetricDeclaration> metrics) {
            return metrics.keySet().stream()
                    .mapToLong(stat -> reader.read(live, stat))
                    .toArray();
        }

        void fold(long[] present, long[] totals) {
            for (int i = 0; i < present.length; i++) {
                totals[i] += present[i] - previous[i];
                previous[i] = present[i];
            }
        }
    }
}
