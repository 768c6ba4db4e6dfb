package org.cbfsdp.recv;

import java.util.Locale;

/**
 * Every counter of one stream, declared once: the metrics take their names and HELP texts from here, the report at the end its
 * sentences, so that both say the same. Counts are of heaps unless the name says otherwise, and never fall but where the text
 * says so.
 */
enum StreamCounter {
    HEAPS("Data heaps in dumps that were handed on."),
    VISIBILITIES("Visibilities in those heaps: channels times baselines times polarisations."),
    BYTES("Bytes of visibilities, flags and centroids in those heaps."),
    MISSING_HEAPS(
            "Data heaps that dumps lack: dumps that another stream delivered, or that the data model has between two that"
                    + " came, without a heap of this stream. Counted when the dump, or the next after the gap, is handed on."),
    LOST_HEAPS(
            "Heaps of any kind that, by the numbers of the others, were sent and never came whole. May fall: a heap that"
                    + " comes late is not lost."),
    INCOMPLETE_HEAPS("Heaps of which some packets never came.", "incomplete"),
    LATE_HEAPS("Data heaps whose dump had been handed on before they came.", "too late for their dumps"),
    DUPLICATE_HEAPS(
            "Data heaps whose dump already had them; nothing is lost with them.", "received again and not needed"),
    HEAPS_AFTER_END(
            "Heaps that came after the one that ends the stream; nothing is lost with them.",
            "came after the end of the stream and not used"),
    OVERRUN_HEAPS(
            "Heaps for which there was no memory, or that the receiver was too slow for.",
            "lost for want of memory (reception.memory) or because the receiver was too slow"),
    METADATA_HEAPS(
            "Heaps with a correlator output that is no visibility payload of the interface.",
            "refused: not a visibility payload of the interface"),
    BAD_CHANNEL_HEAPS("Data heaps of other channels.", "refused: channels that this stream does not carry"),
    BAD_BASELINE_HEAPS(
            "Data heaps with another number of baselines than the data model.",
            "refused: a number of baselines that is not the model's"),
    BAD_POLARISATION_HEAPS(
            "Data heaps whose polarisations do not go with the data model's.",
            "refused: a number of polarisations that does not go with the data model's"),
    BAD_PHASE_BIN_HEAPS("Data heaps with phase bins.", "refused: phase bins, which this receiver does not take"),
    BAD_SCAN_HEAPS(
            "Data heaps of another scan than the rest of their dump, or than all others before and after.",
            "refused: another scan than the rest of its dump"),
    BAD_TIMESTAMP_HEAPS(
            "Data heaps whose time is none of the data model's, or far ahead of all others of their scan.",
            "refused: a time that is not the data model's (reception.time_tolerance), or far ahead of all others"
                    + " (reception.max_time_jump)");

    private final String help;
    private final String remark;

    StreamCounter(String help) {
        this(help, "");
    }

    StreamCounter(String help, String remark) {
        this.help = help;
        this.remark = remark;
    }

    /** What is counted, and what is not. */
    String help() {
        return help;
    }

    /** What follows "3 heaps" in the report; empty when the report says it otherwise. */
    String remark() {
        return remark;
    }

    /** Why a heap that came whole was not taken into a dump. */
    boolean isRefusal() {
        return switch (this) {
            case METADATA_HEAPS,
                    BAD_CHANNEL_HEAPS,
                    BAD_BASELINE_HEAPS,
                    BAD_POLARISATION_HEAPS,
                    BAD_PHASE_BIN_HEAPS,
                    BAD_SCAN_HEAPS,
                    BAD_TIMESTAMP_HEAPS -> true;
            default -> false;
        };
    }

    /** Whether a count above 0 means that something that was sent is not in the dumps. */
    boolean isLoss() {
        return switch (this) {
            case HEAPS, VISIBILITIES, BYTES, DUPLICATE_HEAPS, HEAPS_AFTER_END -> false;
            default -> true;
        };
    }

    /** The name in lower case, without unit or prefix of any program that shows it. */
    String counterName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
