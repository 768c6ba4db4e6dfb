package org.cbfsdp.send;

import java.util.Locale;

/**
 * What a transmission did. Immutable.
 *
 * @param sentDumps dumps all of whose heaps left
 * @param wantedDumps dumps that should have been
 * @param streams number of streams
 * @param bytes bytes of all packets, SPEAD headers included
 * @param failedHeaps heaps of which a packet could not be sent
 * @param nanos from the first start-of-stream heap to the last end-of-stream heap
 * @param impaired what was done wrong on purpose, how often; empty when nothing was
 * @param failure what ended it, or kept its end back, in a sentence; empty when nothing did
 * @param stopped whether it was asked to end early
 */
record TransmissionSummary(
        long sentDumps,
        long wantedDumps,
        int streams,
        long bytes,
        long failedHeaps,
        long nanos,
        String impaired,
        String failure,
        boolean stopped) {
    /** Whether all that was to be sent was sent. */
    boolean isComplete() {
        return sentDumps == wantedDumps && failedHeaps == 0 && failure.isEmpty();
    }

    /** The last line of output. */
    String render() {
        double seconds = nanos / 1e9;
        double megabytes = bytes / 1e6;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "Sent %.3f MB in %.3f s (%.3f MB/s): %d of %d dumps in %d streams",
                megabytes,
                seconds,
                megabytes / Math.max(seconds, 1e-9),
                sentDumps,
                wantedDumps,
                streams));
        if (failedHeaps > 0) {
            line.append(", ").append(failedHeaps).append(" heaps failed");
        }
        if (!impaired.isEmpty()) {
            line.append("; impaired on purpose: ").append(impaired);
        }
        if (stopped && sentDumps < wantedDumps) {
            line.append("; it was stopped");
        }
        return failure.isEmpty()
                ? line.toString()
                : line.append("; ").append(failure).toString();
    }
}
