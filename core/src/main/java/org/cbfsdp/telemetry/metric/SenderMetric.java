package org.cbfsdp.telemetry.metric;

import java.util.List;

/** What emu-send exports. */
public enum SenderMetric implements MetricDeclaration {
    HEAPS(
            "output_heaps",
            Kind.COUNTER,
            "Data heaps handed whole to the network. Start and end heaps, descriptors and failed heaps are not."),
    BYTES("output_bytes", Kind.COUNTER, "Bytes of payload in these heaps, without headers of packets."),
    VISIBILITIES(
            "output_visibilities", Kind.COUNTER, "Visibilities in these heaps: channels x baselines x polarisations."),
    TIME_ERROR(
            "time_error_seconds",
            Kind.GAUGE,
            "Now less the time at which the last heap should have been sent: the lag of the sender, 0 when it is not paced.");

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
