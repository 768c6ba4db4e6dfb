package org.cbfsdp.recv;

import java.util.function.Consumer;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityDumpPool;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * Gathers the payloads of all streams that belong to one time, and hands dumps on in strictly increasing time.
 *
 * <p>A time that is one of the telescope model's, within the tolerance, belongs to that dump of the model; any other to the dump of
 * exactly that time. Once a dump of the model has come, a time between the model's first and last that is none of them is
 * refused, and one before the first is late.
 *
 * <p>States of a dump: <em>open</em> in the window, then <em>delivered</em>. The oldest open dump is delivered as soon as every
 * stream that has not ended has delivered its payload, or when the window must make room: it holds at most {@code
 * windowDumps} dumps and {@code windowBytes} bytes of payload. Lossy, the window makes room for any heap; lossless, only when
 * every stream that the oldest dump lacks has gone past it, and until then {@link #add} takes no heap that needs room. What comes
 * for a delivered dump is counted as duplicate when the dump had it, as late when not. Called only by the router thread.
 */
final class DumpAssembler {
    private final StreamAccount[] accounts;
    private final DumpGrid grid;
    private final Limits limits;
    private final Consumer<VisibilityDump> sink;
    private final DumpWindow window;
    private final VisibilityDumpPool dumps;
    private final ScanGate scans;
    private final boolean[] streamEnded;
    private final boolean[] waiting;
    private boolean onGrid;
    private boolean anyDelivered;
    private long lastDeliveredKey;

    /**
     * What an assembly may hold.
     *
     * @param windowDumps open dumps, at least 1
     * @param windowBytes payload of open dumps; one dump may have more
     * @param maxJumpTicks how far ahead of all others a dump of the same scan may be; a heap further ahead is refused, lest
     *     a single one make everything after it late
     * @param lossless whether streams that are ahead wait for the others
     */
    record Limits(int windowDumps, long windowBytes, long maxJumpTicks, boolean lossless) {}

    /**
     * Starts with an empty window.
     *
     * @param accounts one a stream
     * @param sink takes over the dump and its reference
     */
    DumpAssembler(StreamAccount[] accounts, DumpGrid grid, Limits limits, Consumer<VisibilityDump> sink) {
        this.accounts = accounts;
        this.grid = grid;
        this.limits = limits;
        this.sink = sink;
        this.window = new DumpWindow(accounts.length);
        this.dumps = new VisibilityDumpPool(accounts.length);
        this.scans = new ScanGate(limits.maxJumpTicks());
        this.streamEnded = new boolean[accounts.length];
        this.waiting = new boolean[accounts.length];
    }

    /**
     * Takes a payload and one reference to it, if there is room.
     *
     * @return false when the stream has to wait; the payload stays the caller's, to be offered again
     */
    boolean add(int stream, VisibilityPayload payload) {
        long ticks = payload.timestampTicks();
        int slot = grid.slotOf(ticks);
        long key = slot == DumpGrid.NO_SLOT ? ticks : grid.ticksOf(slot);
        if (anyDelivered && Long.compareUnsigned(key, lastDeliveredKey) <= 0) {
            drop(stream, payload, afterDelivery(stream, key));
            return true;
        }
        if (slot == DumpGrid.NO_SLOT && onGrid && grid.isBefore(ticks)) {
            drop(stream, payload, StreamCounter.LATE_HEAPS);
            return true;
        }
        boolean offGrid = slot == DumpGrid.NO_SLOT && onGrid && grid.isCovered(ticks);
        if (offGrid || scans.isFarAhead(key, payload.scanId())) {
            drop(stream, payload, StreamCounter.BAD_TIMESTAMP_HEAPS);
            return true;
        }
        if (!assign(stream, payload, key)) {
            return false;
        }
        onGrid |= slot != DumpGrid.NO_SLOT;
        deliverFinished();
        while (!limits.lossless() && isOverfull()) {
            deliverOldest();
        }
        return true;
    }

    /** Says that nothing more will come from a stream. */
    void streamEnded(int stream) {
        streamEnded[stream] = true;
        deliverFinished();
    }

    /** Delivers everything there is. */
    void flush() {
        while (window.size() > 0) {
            deliverOldest();
        }
    }

    /** Puts the payload into its dump, or counts why not; false when the stream has to wait for room. */
    private boolean assign(int stream, VisibilityPayload payload, long key) {
        OpenDump dump = window.find(key);
        if (dump != null && dump.has(stream) && !isDisputed(dump, payload)) {
            drop(stream, payload, StreamCounter.DUPLICATE_HEAPS);
            return true;
        }
        waiting[stream] = dump == null && limits.lossless();
        if (waiting[stream] && !hasRoom(key, payload.dataBytes())) {
            return false;
        }
        waiting[stream] = false;
        ScanGate.Verdict verdict = scans.judge(dump, stream, key, payload.scanId());
        if (verdict == ScanGate.Verdict.WRONG) {
            drop(stream, payload, StreamCounter.BAD_SCAN_HEAPS);
            return true;
        }
        if (verdict != ScanGate.Verdict.FITS && scans.hasCandidate()) {
            discard(scans.refute(), payload.scanId());
            dump = window.find(key);
        }
        if (dump == null) {
            dump = window.open(key, payload.timestampTicks(), payload.scanId());
        }
        if (verdict == ScanGate.Verdict.OPENS) {
            scans.suspect(dump, stream);
        }
        dump.put(stream, payload);
        window.addBytes(payload.dataBytes());
        return true;
    }

    /** Whether what the dump has of the stream may be the wrong one of the two: nothing has confirmed its scan. */
    private boolean isDisputed(OpenDump dump, VisibilityPayload payload) {
        return scans.isCandidate(dump) && dump.scanId() != payload.scanId();
    }

    private StreamCounter afterDelivery(int stream, long key) {
        return window.hadHeap(key, stream) ? StreamCounter.DUPLICATE_HEAPS : StreamCounter.LATE_HEAPS;
    }

    private void drop(int stream, VisibilityPayload payload, StreamCounter reason) {
        accounts[stream].count(reason);
        payload.release();
    }

    /** Whether a dump may be opened; makes room by handing on what no waiting can complete. */
    private boolean hasRoom(long key, long bytes) {
        while (isFull(bytes)) {
            // An older dump than all open ones is not what they wait for.
            if (Long.compareUnsigned(key, window.oldest().key()) < 0) {
                return true;
            }
            if (!isHopeless(window.oldest())) {
                return false;
            }
            deliverOldest();
        }
        return true;
    }

    private boolean isFull(long moreBytes) {
        return window.size() >= limits.windowDumps()
                || (window.size() > 0 && window.bytes() + moreBytes > limits.windowBytes());
    }

    private boolean isOverfull() {
        // A dump that may never have been takes no other's place.
        int dumps = window.size() - (scans.hasCandidate() ? 1 : 0);
        return dumps > limits.windowDumps() || (window.size() > 1 && window.bytes() > limits.windowBytes());
    }

    /** Whether every stream that the dump lacks has ended, or waits with a heap of another dump. */
    private boolean isHopeless(OpenDump dump) {
        for (int i = 0; i < streamEnded.length; i++) {
            if (!dump.has(i) && !streamEnded[i] && !waiting[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isFinished(OpenDump dump) {
        for (int i = 0; i < streamEnded.length; i++) {
            if (!dump.has(i) && !streamEnded[i]) {
                return false;
            }
        }
        return !scans.isCandidate(dump);
    }

    private void deliverFinished() {
        while (window.size() > 0 && isFinished(window.oldest())) {
            deliverOldest();
        }
    }

    private void deliverOldest() {
        if (scans.isCandidate(window.oldest())) {
            scans.believe();
        }
        OpenDump dump = window.removeOldest();
        anyDelivered = true;
        lastDeliveredKey = dump.key();
        for (int i = 0; i < accounts.length; i++) {
            if (dump.has(i)) {
                accounts[i].received(dump.payloads()[i]);
            } else {
                accounts[i].missing(dump.timestampTicks());
            }
        }
        VisibilityDump delivered = dumps.dump(dump.timestampTicks(), dump.scanId(), dump.payloads());
        dump.handOver();
        sink.accept(delivered);
    }

    /** The only heap of this dump was wrong, and there never was such a dump; a heap of the same scan says that its time was. */
    private void discard(OpenDump dump, long refutingScanId) {
        StreamCounter reason =
                dump.scanId() == refutingScanId ? StreamCounter.BAD_TIMESTAMP_HEAPS : StreamCounter.BAD_SCAN_HEAPS;
        for (int i = 0; i < accounts.length; i++) {
            if (dump.has(i)) {
                drop(i, dump.payloads()[i], reason);
            }
        }
        dump.handOver();
        window.discard(dump);
    }
}
