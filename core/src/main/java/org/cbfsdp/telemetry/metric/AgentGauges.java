package org.cbfsdp.telemetry.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What a program's threads say of themselves, as gauges. Thread-safe; the suppliers are called by the thread that looks. */
public final class AgentGauges implements MultiCollector {
    private final Map<String, DoubleSupplier> maxCycleSeconds = new LinkedHashMap<>();

    /** From now on there is a series of this thread, in place of one of the same name. */
    public synchronized void add(String agent, DoubleSupplier longestCycleSeconds) {
        maxCycleSeconds.put(agent, longestCycleSeconds);
    }

    @Override
    public synchronized MetricSnapshots collect() {
        GaugeSnapshot.Builder family =
                GaugeSnapshot.builder().name(AgentMetric.MAX_CYCLE.metricName()).help(AgentMetric.MAX_CYCLE.help());
        maxCycleSeconds.forEach((agent, seconds) -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("agent", agent))
                .value(seconds.getAsDouble())
                .build()));
        return MetricSnapshots.of(family.build());
    }
}
