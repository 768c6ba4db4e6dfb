package org.cbfsdp.send;

import java.util.Locale;

/**
 * What a transmission did. Immutable.
 *
 * @param sentDumps dumps handed to every stream
 * @param wantedDumps dumps that should have been
 * @param streams number of streams
 * @param bytes bytes of all packets, SPEAD headers included
 * @param failedHeaps heaps of which a packet could not be sent
 * @param nanos from the first start-of-stream heap to the last end-of-stream heap
 * @param broken whether a send thread failed
 */
record TransmissionSummary(
        long sentDumps, long wantedDumps, int streams, long bytes, long failedHeaps, long nanos, boolean broken) {
    /** Whether all that was to be sent was sent. */
    boolean isComplete() {
        return sentDumps == wantedDumps && failedHeaps == 0 && !broken;
    }

    /** The last line of output. */
    String render() {
        double seconds = nanos / 1e9;
        double megabytes = bytes / 1e6;
        String line = String.format(
                Locale.ROOT,
                "Sent %.3f MB in %.3f s (%.3f MB/s): %d of %d dumps in %d streams",
                megabytes,
                seconds,
                megabytes / Math.max(seconds, 1e-9),
                sentDumps,
                wantedDumps,
                streams);
        return failedHeaps == 0 ? line : line + ", " + failedHeaps + " heaps failed";
    }
}
