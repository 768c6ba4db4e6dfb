package org.cbfsdp.telemetry.metric;

import java.util.List;

/**
 * One metric that a program exports; the endpoint, the page of metrics and the tests all read it. Implemented by the enums
 * {@link ReceiverMetric} and {@link SenderMetric}.
 */
public interface MetricDeclaration {
    /** Whether a value only grows. */
    enum Kind {
        COUNTER,
        GAUGE
    }

    /** The name without the {@code _total} of a counter, prefix of the program included. */
    String metricName();

    /** The HELP text: what is in it and what is not, one or two sentences. */
    String help();

    Kind kind();

    /** The names of the labels, in order. */
    List<String> labelNames();

    /** The name as it is scraped. */
    default String exportedName() {
        return kind() == Kind.COUNTER ? metricName() + "_total" : metricName();
    }
}
