package org.cbfsdp.telemetry.metric;

import java.util.List;

/** What is exported of the threads of either program. */
public enum AgentMetric implements MetricDeclaration {
    MAX_CYCLE(
            "max_cycle_seconds",
            "The longest turn of a thread's work since it began, the one under way included; pauses without work are not. Long"
                    + " ones are stalls: nobody else whom the thread serves was served meanwhile. It never falls; that of a"
                    + " consumer is its slowest dump.");

    private final String metricName;
    private final String help;

    AgentMetric(String name, String help) {
        this.metricName = "emu_agent_" + name;
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
        return List.of("agent");
    }
}
