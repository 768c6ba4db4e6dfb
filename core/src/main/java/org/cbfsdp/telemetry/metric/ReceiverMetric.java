package org.cbfsdp.telemetry.metric;

import java.util.List;

/** What emu-recv exports. A chunk is one dump, of all streams. Each heap that is refused is in one of the refusals alone. */
public enum ReceiverMetric implements MetricDeclaration {
    HEAPS("input_heaps", "Data heaps that are in delivered dumps. Start and end heaps and refused ones are not."),
    CHUNKS("input_chunks", "Dumps delivered with at least one heap. Dumps of which nothing came are not.", false),
    VISIBILITIES("input_visibilities", "Visibilities in delivered heaps: channels x baselines x polarisations."),
    BYTES("input_bytes", "Bytes of payload in delivered heaps, without headers of packets."),
    PACKETS(
            "input_packets",
            "Packets taken from the network or the capture file, those that are then refused included."),
    MISSING_HEAPS(
            "input_missing_heaps",
            "Heaps expected since the first dump that are in no delivered dump: lost, incomplete or refused alike. A gap shows"
                    + " when a later dump arrives; what is missing before the first dump is not counted."),
    INCOMPLETE_HEAPS(
            "input_incomplete_heaps",
            "Heaps given up with packets missing, whether pushed out by others or left at the end. Also in missing heaps."),
    TOO_OLD_HEAPS("input_too_old_heaps", "Whole heaps that came after their dump had been delivered."),
    DUPLICATE_HEAPS("input_duplicate_heaps", "Whole heaps whose place in the dump was filled already; not used."),
    METADATA_HEAPS(
            "input_metadata_heaps",
            "Whole heaps that are no data: descriptors, start and end of stream, and those whose items are missing or unsound."),
    BAD_TIMESTAMP_HEAPS("input_bad_timestamp_heaps", "Data heaps refused: their time is none of the data model's."),
    BAD_CHANNEL_HEAPS("input_bad_channel_heaps", "Data heaps refused: their channels are not those of the stream."),
    BAD_BASELINE_HEAPS("input_bad_baseline_heaps", "Data heaps refused: they have another number of baselines."),
    BAD_SCAN_HEAPS("input_bad_scan_heaps", "Data heaps refused: they belong to another scan than the current one."),
    FLAGGED_VISIBILITIES(
            "input_flagged_visibilities",
            "Visibilities of delivered heaps that are flagged by their fraction of data. Those of missing heaps are not."),
    KERNEL_DROPS(
            "input_kernel_drops",
            "Packets that the kernel threw away because the socket's buffer was full. Always 0 where it does not tell."),
    WORKER_BLOCKED("worker_blocked", "Times that the receive thread found no free buffer or no room to hand over.");

    private final String metricName;
    private final String help;
    private final boolean eachStream;

    ReceiverMetric(String name, String help) {
        this(name, help, true);
    }

    ReceiverMetric(String name, String help, boolean eachStream) {
        this.metricName = "emu_recv_" + name;
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
        return Kind.COUNTER;
    }

    @Override
    public List<String> labelNames() {
        return eachStream ? List.of("stream") : List.of();
    }
}
