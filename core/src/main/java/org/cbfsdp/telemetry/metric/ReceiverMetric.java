package org.cbfsdp.telemetry.metric;

import java.util.List;

/**
 * What emu-recv exports; the report at its end has its counts under the same meanings. A chunk is one dump, of all streams. Counts
 * are of heaps unless the name says otherwise.
 */
public enum ReceiverMetric implements MetricDeclaration {
    HEAPS("input_heaps", "Data heaps in dumps that were handed on. Start and end heaps and refused ones are not."),
    CHUNKS(
            "input_chunks",
            "Dumps handed on with at least one heap. Dumps of which nothing came are not.",
            Kind.COUNTER,
            false),
    VISIBILITIES("input_visibilities", "Visibilities in those heaps: channels x baselines x polarisations."),
    BYTES("input_bytes", "Bytes of visibilities, flags and centroids in those heaps, without headers."),
    PACKETS(
            "input_packets",
            "Packets taken from the network or the capture file that decoded, those of heaps that are then refused included."),
    MISSING_HEAPS(
            "input_missing_heaps",
            "Data heaps that dumps lack: dumps that another stream delivered, or that the data model has between two that came,"
                    + " without a heap of this stream. Counted when the dump, or the next after the gap, is handed on; what is"
                    + " missing before the first dump is not."),
    LOST_HEAPS(
            "input_lost_heaps",
            "Heaps of any kind that, by the numbers of the others, were sent and never came whole. May fall: a heap that"
                    + " comes late is not lost.",
            Kind.GAUGE,
            true),
    INCOMPLETE_HEAPS(
            "input_incomplete_heaps",
            "Heaps given up with packets missing, whether pushed out by others or left at the end."),
    TOO_OLD_HEAPS("input_too_old_heaps", "Data heaps whose dump had been handed on before they came."),
    DUPLICATE_HEAPS("input_duplicate_heaps", "Data heaps whose dump already had them; nothing is lost with them."),
    HEAPS_AFTER_END(
            "input_heaps_after_end",
            "Heaps that were complete only after the one that ends the stream, and not used; what a dump lacks for that is"
                    + " counted among the missing or lost heaps."),
    OVERRUN_HEAPS("input_overrun_heaps", "Heaps for which there was no memory, or that the receiver was too slow for."),
    METADATA_HEAPS(
            "input_metadata_heaps",
            "Heaps with data that are no visibility payload, because their layout is another than payload.method names or is not"
                    + " kept. Heaps of descriptors and constants alone, start and end heaps are not counted."),
    BAD_CHANNEL_HEAPS("input_bad_channel_heaps", "Data heaps refused: their channels are not those of the stream."),
    BAD_BASELINE_HEAPS(
            "input_bad_baseline_heaps", "Data heaps refused: another number of baselines than the data model."),
    BAD_POLARISATION_HEAPS(
            "input_bad_polarisation_heaps", "Data heaps refused: their polarisations do not go with the data model's."),
    BAD_PHASE_BIN_HEAPS("input_bad_phase_bin_heaps", "Data heaps refused: they have phase bins."),
    BAD_SCAN_HEAPS(
            "input_bad_scan_heaps",
            "Data heaps refused: another scan than the rest of their dump, or than all others before and after."),
    BAD_TIMESTAMP_HEAPS(
            "input_bad_timestamp_heaps",
            "Data heaps refused: their time is none of the data model's, or far ahead of all others of their scan."),
    KERNEL_DROPS(
            "input_kernel_drops",
            "Times that the kernel dropped a packet, or a run of packets that came as one, because the socket's buffer was"
                    + " full. Always 0 where it does not tell."),
    WORKER_BLOCKED("worker_blocked", "Times that the receive thread waited because there was no room to hand over.");

    private final String metricName;
    private final String help;
    private final Kind kind;
    private final boolean eachStream;

    ReceiverMetric(String name, String help) {
        this(name, help, Kind.COUNTER, true);
    }

    ReceiverMetric(String name, String help, Kind kind, boolean eachStream) {
        this.metricName = "emu_recv_" + name;
        this.help = help;
        this.kind = kind;
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
