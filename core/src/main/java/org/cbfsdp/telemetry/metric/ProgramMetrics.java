package org.cbfsdp.telemetry.metric;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.cbfsdp.telemetry.metric.MetricDeclaration.Kind;
import org.cbfsdp.telemetry.metric.StatsCollector.Registration;

/**
 * The declared metrics of one program, fed by plain suppliers that are called when somebody looks. All series of a stream
 * exist from {@link #addStream} on, at 0 where no supplier is given.
 *
 * <p>Thread-safe; suppliers are called by the thread that looks and must be safe for that. They are held until their
 * registration is closed. For streams whose memory must not be held, use a {@link StatsCollector}.
 */
public final class ProgramMetrics<M extends Enum<M> & MetricDeclaration> {
    private final List<M> ofStreams;
    private final List<M> ofProgram;
    private final StatsCollector streams;
    private final StatsCollector program;
    private final List<Suppliers<M>> held = new ArrayList<>();
    private final Map<M, Map<Labels, DoubleSupplier>> gauges = new LinkedHashMap<>();

    /** Registers all metrics of the enum; a registry takes one program. */
    public ProgramMetrics(Class<M> metrics, MetricsRegistry registry) {
        List<M> counters = constants(metrics, Kind.COUNTER);
        ofStreams = counters.stream().filter(m -> !m.labelNames().isEmpty()).toList();
        ofProgram = counters.stream().filter(m -> m.labelNames().isEmpty()).toList();
        streams = new StatsCollector(byName(ofStreams), List.of("stream"));
        program = new StatsCollector(byName(ofProgram), List.of());
        constants(metrics, Kind.GAUGE).forEach(this::declareGauge);
        registry.register(streams);
        registry.register(program);
        registry.register(this::collectGauges);
    }

    /**
     * Feeds the counters of one stream; a metric that is not named is 0.
     *
     * @param stream the label: the number of the stream
     * @throws IllegalArgumentException when a metric is not one of each stream
     */
    public Registration addStream(String stream, Map<M, LongSupplier> counters) {
        synchronized (gauges) {
            gauges.forEach((metric, series) -> {
                if (!metric.labelNames().isEmpty()) {
                    series.putIfAbsent(Labels.of("stream", stream), () -> 0);
                }
            });
        }
        return hold(streams, ofStreams, counters, stream);
    }

    /**
     * Feeds the counters that have no labels.
     *
     * @throws IllegalArgumentException when a metric has labels
     */
    public Registration addProgram(Map<M, LongSupplier> counters) {
        return hold(program, ofProgram, counters);
    }

    /**
     * Feeds a gauge of one stream, in place of what fed it before.
     *
     * @throws IllegalArgumentException when the metric is none
     */
    public void addGauge(M metric, String stream, DoubleSupplier value) {
        putGauge(metric, List.of("stream"), Labels.of("stream", stream), value);
    }

    /**
     * Feeds a gauge that has no labels, in place of what fed it before.
     *
     * @throws IllegalArgumentException when the metric is none
     */
    public void addGauge(M metric, DoubleSupplier value) {
        putGauge(metric, List.of(), Labels.EMPTY, value);
    }

    private void putGauge(M metric, List<String> labelNames, Labels labels, DoubleSupplier value) {
        synchronized (gauges) {
            Map<Labels, DoubleSupplier> series = gauges.get(metric);
            if (series == null || !metric.labelNames().equals(labelNames)) {
                throw new IllegalArgumentException(
                        metric.exportedName() + " is no gauge with the labels " + labelNames);
            }
            series.put(labels, value);
        }
    }

    /** One without labels is 0 until it is fed. */
    private void declareGauge(M metric) {
        Map<Labels, DoubleSupplier> series = new LinkedHashMap<>();
        if (metric.labelNames().isEmpty()) {
            series.put(Labels.EMPTY, () -> 0);
        }
        gauges.put(metric, series);
    }

    private Registration hold(
            StatsCollector collector, List<M> metrics, Map<M, LongSupplier> counters, String... labels) {
        for (M metric : counters.keySet()) {
            if (!metrics.contains(metric)) {
                throw new IllegalArgumentException(
                        metric.exportedName() + " is none of " + byName(metrics).keySet());
            }
        }
        Suppliers<M> suppliers = new Suppliers<>(Map.copyOf(counters), byName(metrics));
        Registration registration = collector.addStream(suppliers, Suppliers::read, labels);
        synchronized (held) {
            held.add(suppliers);
        }
        return () -> {
            registration.close();
            synchronized (held) {
                held.remove(suppliers);
            }
        };
    }

    private MetricSnapshots collectGauges() {
        List<MetricSnapshot> families = new ArrayList<>();
        synchronized (gauges) {
            gauges.forEach((metric, series) -> {
                GaugeSnapshot.Builder family =
                        GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
                series.forEach((labels, value) -> family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value.getAsDouble())
                        .build()));
                families.add(family.build());
            });
        }
        return new MetricSnapshots(families);
    }

    private static <M extends Enum<M> & MetricDeclaration> List<M> constants(Class<M> metrics, Kind kind) {
        return List.of(metrics.getEnumConstants()).stream()
                .filter(metric -> metric.kind() == kind)
                .toList();
    }

    private static <M extends MetricDeclaration> Map<String, M> byName(List<M> metrics) {
        return metrics.stream()
                .collect(Collectors.toMap(
                        MetricDeclaration::metricName, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /** The suppliers of one stream, as something that a collector reads by name. Compared by identity. */
    private static final class Suppliers<M> {
        private final Map<M, LongSupplier> counters;
        private final Map<String, M> metrics;

        Suppliers(Map<M, LongSupplier> counters, Map<String, M> metrics) {
            this.counters = counters;
            this.metrics = metrics;
        }

        long read(String name) {
            LongSupplier counter = counters.get(metrics.get(name));
            return counter == null ? 0 : counter.getAsLong();
        }
    }
}
