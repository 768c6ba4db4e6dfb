package org.cbfsdp.telemetry.metric;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The page {@code docs/metrics.md}, made from the declarations. */
public final class MetricsMarkdown {
    private static final String INTRODUCTION = """
            # Metrics

            <!-- Made by docs/generate.sh from the declarations in org.cbfsdp.telemetry.metric. Do not edit. -->

            What `GET /metrics` exports beside the `jvm_` and `process_` metrics of the Prometheus client. Every series of a stream
            exists, at 0, before the first packet. Counters also have a `_created` sample: when the series began, in milliseconds since 1970.
            How to turn the endpoint on: [telemetry](telemetry.md).
            """;

    private MetricsMarkdown() {}

    /** The whole page. */
    public static String render() {
        return INTRODUCTION
                + table("emu-recv", ReceiverMetric.values())
                + table("emu-send", SenderMetric.values())
                + table("Sensors, of either program", SensorMetric.values())
                + table("Threads, of either program", AgentMetric.values())
                + table("The endpoint itself", EndpointMetric.values());
    }

    /** Prints the page. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(render());
        out.flush();
    }

    private static String table(String title, MetricDeclaration... metrics) {
        StringBuilder page = new StringBuilder(256)
                .append("\n## ")
                .append(title)
                .append("\n\n| metric | kind | labels | meaning |\n|---|---|---|---|\n");
        for (MetricDeclaration metric : metrics) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            metric.exportedName(),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            String.join(", ", metric.labelNames()),
                            metric.help()));
        }
        return page.toString();
    }
}
