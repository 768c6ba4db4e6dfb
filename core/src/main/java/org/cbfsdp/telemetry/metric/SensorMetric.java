package org.cbfsdp.telemetry.metric;

import java.util.List;

/** Sensors as gauges, so that alerts can be made of them. */
public enum SensorMetric implements MetricDeclaration {
    VALUE("emu_sensor_value", "Value of a sensor that is a number; of rx.device-status 0 ok, 1 degraded, 2 fail."),
    STATUS("emu_sensor_status", "Status of a sensor: 0 nominal, 1 warn, 2 error.");

    private final String metricName;
    private final String help;

    SensorMetric(String metricName, String help) {
        this.metricName = metricName;
        this.help = help;
    }

    @Override
    public String metricName() {
        return metricName;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Kind kind() {
        return Kind.GAUGE;
    }

    @Override
    public List<String> labelNames() {
        return List.of("sensor");
    }
}
