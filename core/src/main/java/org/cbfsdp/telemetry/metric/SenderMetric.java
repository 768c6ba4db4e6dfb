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
            "How late the last dump was handed to the streams, by the schedule that its first one began; 0 when dumps are not"
                    + " paced. It grows when a stream cannot keep up.",
            false);

    private final String metricName;
    private final Kind kind;
    private final String help;
    private final boolean eachStream;

    SenderMetric(String name, Kind kind, String help) {
        this(name, kind, help, true);
    }

    SenderMetric(String name, Kind kind, String help, boolean eachStream) {
        this.metricName = "emu_send_" + name;
        this.kind = kind;
        this.help = help;
        this.eachStream = eachStream;
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
        return eachStream ? List.of("stream") : List.of();
    }
}
