package org.cbfsdp.recv;

import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.VisibilityDump;

/**
 * Counts the dumps on their way from the assembly to the consumers, and finds those of which nothing came: between two dumps
 * that the telescope model knows, every dump of the model must have been delivered. Called by the router thread only; the
 * counts may be read by any thread.
 */
final class DumpLedger implements Consumer<VisibilityDump> {
    private static final Logger LOG = LogManager.getLogger(DumpLedger.class);

    private final DumpGrid grid;
    private final StreamAccount[] accounts;
    private final ConsumerAgent[] consumers;
    private volatile long dumps;
    private volatile long completeDumps;
    private volatile long unknownDumps;
    private volatile long lastTicks;
    private volatile long lossyDumps;
    private volatile long lastLossTicks;
    private volatile int lastSlot = DumpGrid.NO_SLOT;

    DumpLedger(DumpGrid grid, StreamAccount[] accounts, List<ConsumerAgent> consumers) {
        this.grid = grid;
        this.accounts = accounts;
        this.consumers = consumers.toArray(ConsumerAgent[]::new);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    public void accept(VisibilityDump dump) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "dump of {}: {} of {} streams",
                    PayloadTime.instant(dump.timestampTicks()),
                    dump.payloadCount(),
                    dump.streamCount());
        }
        boolean skipped = grid.slotCount() > 0 && countSkipped(dump);
        if (skipped || !dump.isComplete()) {
            lastLossTicks = dump.timestampTicks();
            lossyDumps++;
        }
        // Times before counts: who has seen a new count sees its time, or a later one.
        lastTicks = dump.timestampTicks();
        completeDumps += dump.isComplete() ? 1 : 0;
        dumps++;
        for (ConsumerAgent consumer : consumers) {
            dump.retain();
            consumer.offer(dump);
        }
        dump.release();
    }

    /** Dumps delivered, whole or not. */
    long dumps() {
        return dumps;
    }

    /** Time of the last dump delivered, in ticks; of no meaning before the first. */
    long lastTicks() {
        return lastTicks;
    }

    /** Dumps at which heaps were found missing: in them, or in the gap before them. */
    long lossyDumps() {
        return lossyDumps;
    }

    /** Time of the last of those; of no meaning before the first. */
    long lastLossTicks() {
        return lastLossTicks;
    }

    /** Dumps to which every stream contributed. */
    long completeDumps() {
        return completeDumps;
    }

    /** Dumps whose time the model does not know. */
    long unknownDumps() {
        return unknownDumps;
    }

    /** Whether the model's last dump has been delivered. */
    boolean isAtEndOfModel() {
        return lastSlot >= 0 && lastSlot == grid.slotCount() - 1;
    }

    /**
     * Counts what a stream that fell silent before its end owes: the dumps of the model after the last that was delivered. Of a
     * stream that ended as it should, the sender itself said how much there was. Called when the router has ended.
     */
    void accountTruncatedTails() {
        for (StreamAccount account : accounts) {
            for (int slot = lastSlot + 1; lastSlot >= 0 && !account.hasEnded() && slot < grid.slotCount(); slot++) {
                account.missing(grid.ticksOf(slot));
            }
        }
    }

    /** Whether there was a gap before this dump. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private boolean countSkipped(VisibilityDump dump) {
        int slot = grid.slotOf(dump.timestampTicks());
        if (slot == DumpGrid.NO_SLOT) {
            unknownDumps++;
            return false;
        }
        boolean gap = false;
        for (int skipped = lastSlot + 1; lastSlot >= 0 && skipped < slot; skipped++) {
            gap = true;
            for (StreamAccount account : accounts) {
                account.missing(grid.ticksOf(skipped));
            }
        }
        lastSlot = slot;
        return gap;
    }
}
