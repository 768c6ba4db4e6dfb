package org.cbfsdp.telemetry.metric;

import java.util.List;

/** What emu-send exports. */
public enum SenderMetric implements MetricDeclaration {
    HEAPS(
            "output_heaps",
            Kind.COUNTER,
            "Data heaps handed whole to the network. Start and end heaps, descriptors and failed heaps are not."),
    BYTES("output_bytes", Kind.COUNTER, "Bytes of visibilities, flags and centroids in these heaps, without headers."),
    VISIBILITIES(
            "output_visibilities", Kind.COUNTER, "Visibilities in these heaps: channels x baselines x polarisations."),
    FAILED_HEAPS(
            "output_failed_heaps",
            Kind.COUNTER,
            "Heaps of any kind of which a packet could not be sent, or that were given up."),
    TIME_ERROR(
            "time_error_seconds",
            Kind.GAUGE,
            "How much later than it should have the last data heap left: now minus the time of its dump by the schedule that the"
                    + " first one began, minus what the heap takes at the stream's rate; of the heap that is under way, when it"
                    + " is later already. 0 when dumps have no schedule (transmission.time_interval below 0): a rate is a limit.");

    private final String metricName;
    private final Kind kind;
    private final String help;

    SenderMetric(String name, Kind kind, String help) {
        this.metricName = "emu_send_" + name;
        this.kind = kind;
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
        return kind;
    }

    @Override
    public List<String> labelNames() {
        return List.of("stream");
    }
}
