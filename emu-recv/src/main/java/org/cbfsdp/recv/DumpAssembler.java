package org.cbfsdp.recv;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.cbfsdp.recv.StreamAccount.Refusal;

/**
 * Gathers the payloads of all streams that have the same timestamp, and hands dumps on in strictly increasing time.
 *
 * <p>States of a dump: <em>open</em> in the window, then <em>delivered</em>. The oldest open dump is delivered as soon as
 * every stream that has not ended has delivered its payload, or when the window must make room: it holds at most
 * {@code windowDumps} dumps and {@code windowBytes} bytes of payload. What comes for a delivered dump is counted as
 * duplicate when the dump had it, as late when not; it is never silently dropped. Called only by the router thread.
 */
final class DumpAssembler {
    /** How many delivered dumps are remembered to tell a duplicate from a late heap. */
    private static final int REMEMBERED_DUMPS = 64;

    private final StreamAccount[] accounts;
    private final int windowDumps;
    private final long windowBytes;
    private final long maxJumpTicks;
    private final Consumer<VisibilityDump> sink;
    private final boolean[] streamEnded;
    private final Deque<OpenDump> delivered = new ArrayDeque<>();
    private OpenDump[] window = new OpenDump[8];
    private int open;
    private long openBytes;
    private boolean anySeen;
    private long newestTicks;
    private long newestScanId;
    private boolean anyDelivered;
    private long lastDeliveredTicks;

    /**
     * Starts with an empty window.
     *
     * @param accounts one a stream
     * @param maxJumpTicks how far ahead of all others a dump of the same scan may be; a heap further ahead is refused, lest
     *     a single one make everything after it late
     * @param sink takes over the dump and its reference
     */
    DumpAssembler(
            StreamAccount[] accounts,
            int windowDumps,
            long windowBytes,
            long maxJumpTicks,
            Consumer<VisibilityDump> sink) {
        this.accounts = accounts;
        this.windowDumps = windowDumps;
        this.windowBytes = windowBytes;
        this.maxJumpTicks = maxJumpTicks;
        this.sink = sink;
        this.streamEnded = new boolean[accounts.length];
    }

    /** Takes a payload and one reference to it. */
    void add(int stream, VisibilityPayload payload) {
        long ticks = payload.timestampTicks();
        if (anyDelivered && Long.compareUnsigned(ticks, lastDeliveredTicks) <= 0) {
            countAfterDelivery(stream, ticks);
            payload.release();
            return;
        }
        if (anySeen && payload.scanId() == newestScanId && isFarAhead(ticks)) {
            accounts[stream].refused(Refusal.BAD_TIME);
            payload.release();
            return;
        }
        noteNewest(ticks, payload.scanId());
        OpenDump dump = openDump(ticks, payload.scanId());
        if (dump.payloads[stream] != null) {
            accounts[stream].duplicate();
            payload.release();
        } else if (dump.scanId != payload.scanId()) {
            accounts[stream].refused(Refusal.BAD_SCAN);
            payload.release();
        } else {
            place(dump, stream, payload);
        }
        deliverFinished();
        while (open > windowDumps || (open > 1 && openBytes > windowBytes)) {
            deliverOldest();
        }
    }

    /** Says that nothing more will come from a stream. */
    void streamEnded(int stream) {
        streamEnded[stream] = true;
        deliverFinished();
    }

    /** Delivers everything there is. */
    void flush() {
        while (open > 0) {
            deliverOldest();
        }
    }

    private boolean isFarAhead(long ticks) {
        return Long.compareUnsigned(ticks, newestTicks) > 0
                && Long.compareUnsigned(ticks - newestTicks, maxJumpTicks) > 0;
    }

    private void noteNewest(long ticks, long scanId) {
        if (!anySeen || Long.compareUnsigned(ticks, newestTicks) > 0) {
            anySeen = true;
            newestTicks = ticks;
            newestScanId = scanId;
        }
    }

    private void place(OpenDump dump, int stream, VisibilityPayload payload) {
        long bytes = payload.dataBytes();
        accounts[stream].received(bytes);
        dump.payloads[stream] = payload;
        dump.bytes += bytes;
        openBytes += bytes;
    }

    private void countAfterDelivery(int stream, long ticks) {
        for (OpenDump dump : delivered) {
            if (dump.timestampTicks == ticks) {
                if (dump.present[stream]) {
                    accounts[stream].duplicate();
                } else {
                    accounts[stream].late();
                }
                return;
            }
        }
        accounts[stream].late();
    }

    /** The window is in increasing time; most payloads belong to its last dumps. */
    private OpenDump openDump(long ticks, long scanId) {
        int at = open;
        while (at > 0 && Long.compareUnsigned(window[at - 1].timestampTicks, ticks) > 0) {
            at--;
        }
        if (at > 0 && window[at - 1].timestampTicks == ticks) {
            return window[at - 1];
        }
        if (open == window.length) {
            window = Arrays.copyOf(window, open * 2);
        }
        System.arraycopy(window, at, window, at + 1, open - at);
        window[at] = new OpenDump(ticks, scanId, accounts.length);
        open++;
        return window[at];
    }

    private void deliverFinished() {
        while (open > 0 && isFinished(window[0])) {
            deliverOldest();
        }
    }

    private boolean isFinished(OpenDump dump) {
        for (int i = 0; i < streamEnded.length; i++) {
            if (dump.payloads[i] == null && !streamEnded[i]) {
                return false;
            }
        }
        return true;
    }

    private void deliverOldest() {
        OpenDump dump = window[0];
        open--;
        System.arraycopy(window, 1, window, 0, open);
        window[open] = null;
        openBytes -= dump.bytes;
        anyDelivered = true;
        lastDeliveredTicks = dump.timestampTicks;
        for (int i = 0; i < accounts.length; i++) {
            dump.present[i] = dump.payloads[i] != null;
            if (!dump.present[i]) {
                accounts[i].missing(dump.timestampTicks);
            }
        }
        VisibilityPayload[] payloads = dump.payloads;
        dump.payloads = null;
        if (delivered.size() == REMEMBERED_DUMPS) {
            delivered.removeFirst();
        }
        delivered.addLast(dump);
        sink.accept(new VisibilityDump(dump.timestampTicks, dump.scanId, payloads));
    }

    private static final class OpenDump {
        private final long timestampTicks;
        private final long scanId;
        private final boolean[] present;
        private VisibilityPayload[] payloads;
        private long bytes;

        private OpenDump(long timestampTicks, long scanId, int streams) {
            this.timestampTicks = timestampTicks;
            this.scanId = scanId;
            this.present = new boolean[streams];
            this.payloads = new VisibilityPayload[streams];
        }
    }
}
