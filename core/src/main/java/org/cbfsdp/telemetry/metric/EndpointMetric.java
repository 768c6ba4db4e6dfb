package org.cbfsdp.telemetry.metric;

import java.util.List;

/** What the HTTP endpoint exports of itself. */
public enum EndpointMetric implements MetricDeclaration {
    REQUESTS("requests", "Requests answered, those answered with an error included."),
    REFUSED_CONNECTIONS("refused_connections", "Connections closed at once because there were too many."),
    SLOW_CONNECTIONS("slow_connections", "Connections closed because a request or its answer took too long."),
    DROPPED_EVENT_CLIENTS("dropped_event_clients", "Clients of /api/events closed because they read too slowly.");

    private final String metricName;
    private final String help;

    EndpointMetric(String name, String help) {
        this.metricName = "emu_telemetry_" + name;
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
        return Kind.COUNTER;
    }

    @Override
    public List<String> labelNames() {
        return List.of();
    }
}
