package org.cbfsdp.telemetry.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.cbfsdp.telemetry.sensor.DeviceStatus;
import org.cbfsdp.telemetry.sensor.Reading;
import org.cbfsdp.telemetry.sensor.Sensor;
import org.cbfsdp.telemetry.sensor.SensorSet;

/** The sensors of a set as gauges. Thread-safe; reads when somebody looks. */
public final class SensorGauges implements MultiCollector {
    private final SensorSet sensors;

    public SensorGauges(SensorSet sensors) {
        this.sensors = sensors;
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot.Builder values = family(SensorMetric.VALUE);
        GaugeSnapshot.Builder statuses = family(SensorMetric.STATUS);
        for (Sensor<?> sensor : sensors.sensors()) {
            Reading<?> reading = sensor.reading();
            Labels labels = Labels.of("sensor", sensor.name());
            values.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value(number(reading.value()))
                    .build());
            statuses.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels)
                    .value(reading.status().level())
                    .build());
        }
        return MetricSnapshots.of(values.build(), statuses.build());
    }

    private static GaugeSnapshot.Builder family(MetricDeclaration metric) {
        return GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof DeviceStatus status ? status.level() : Double.NaN;
    }
}
