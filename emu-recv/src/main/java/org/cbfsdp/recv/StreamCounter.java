package org.cbfsdp.recv;

import org.cbfsdp.telemetry.metric.ReceiverMetric;

/**
 * Every counter of one stream that the report at the end speaks of. What is counted is said once, by the metric: the report and the
 * metrics are two views of the same counts. Counts are of heaps unless the name says otherwise.
 */
enum StreamCounter {
    HEAPS(ReceiverMetric.HEAPS),
    VISIBILITIES(ReceiverMetric.VISIBILITIES),
    BYTES(ReceiverMetric.BYTES),
    MISSING_HEAPS(ReceiverMetric.MISSING_HEAPS),
    LOST_HEAPS(ReceiverMetric.LOST_HEAPS),
    INCOMPLETE_HEAPS(ReceiverMetric.INCOMPLETE_HEAPS, "incomplete"),
    LATE_HEAPS(ReceiverMetric.TOO_OLD_HEAPS, "too late for their dumps"),
    DUPLICATE_HEAPS(ReceiverMetric.DUPLICATE_HEAPS, "received again and not needed"),
    HEAPS_AFTER_END(ReceiverMetric.HEAPS_AFTER_END, "not used: complete only after the end of the stream"),
    OVERRUN_HEAPS(
            ReceiverMetric.OVERRUN_HEAPS,
            "lost for want of memory (reception.memory) or because the receiver was too slow"),
    METADATA_HEAPS(ReceiverMetric.METADATA_HEAPS, "refused: not a visibility payload"),
    BAD_CHANNEL_HEAPS(ReceiverMetric.BAD_CHANNEL_HEAPS, "refused: channels that this stream does not carry"),
    BAD_BASELINE_HEAPS(ReceiverMetric.BAD_BASELINE_HEAPS, "refused: a number of baselines that is not the model's"),
    BAD_POLARISATION_HEAPS(
            ReceiverMetric.BAD_POLARISATION_HEAPS,
            "refused: a number of polarisations that does not go with the data model's"),
    BAD_PHASE_BIN_HEAPS(ReceiverMetric.BAD_PHASE_BIN_HEAPS, "refused: phase bins, which this receiver does not take"),
    BAD_SCAN_HEAPS(ReceiverMetric.BAD_SCAN_HEAPS, "refused: another scan than the rest of its dump"),
    BAD_TIMESTAMP_HEAPS(
            ReceiverMetric.BAD_TIMESTAMP_HEAPS,
            "refused: a time that is not the data model's (reception.time_tolerance), or far ahead of all others"
                    + " (reception.max_time_jump)"),
    KERNEL_DROPS(ReceiverMetric.KERNEL_DROPS);

    private final ReceiverMetric metric;
    private final String remark;

    StreamCounter(ReceiverMetric metric) {
        this(metric, "");
    }

    StreamCounter(ReceiverMetric metric, String remark) {
        this.metric = metric;
        this.remark = remark;
    }

    /** Under which name it is exported; its HELP text says what is counted and what is not. */
    ReceiverMetric metric() {
        return metric;
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
}
