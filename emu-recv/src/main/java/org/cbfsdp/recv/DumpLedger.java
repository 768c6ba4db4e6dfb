package org.cbfsdp.recv;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;

/**
 * Counts the dumps on their way from the assembly to the consumers, and finds those of which nothing came: between two dumps
 * that the telescope model knows, every dump of the model must have been delivered. Called by the router thread only.
 */
final class DumpLedger implements Consumer<VisibilityDump> {
    private static final Logger LOG = LogManager.getLogger(DumpLedger.class);

    private final Optional<TelescopeModel> model;
    private final double timeToleranceFraction;
    private final StreamAccount[] accounts;
    private final List<ConsumerAgent> consumers;
    private long dumps;
    private long completeDumps;
    private long unknownDumps;
    private int lastKnownIndex = -1;

    DumpLedger(
            Optional<TelescopeModel> model,
            double timeToleranceFraction,
            StreamAccount[] accounts,
            List<ConsumerAgent> consumers) {
        this.model = model;
        this.timeToleranceFraction = timeToleranceFraction;
        this.accounts = accounts;
        this.consumers = List.copyOf(consumers);
    }

    @Override
    public void accept(VisibilityDump dump) {
        dumps++;
        LOG.debug(
                "dump of {}: {} of {} streams",
                PayloadTime.instant(dump.timestampTicks()),
                dump.payloadCount(),
                dump.streamCount());
        completeDumps += dump.isComplete() ? 1 : 0;
        model.ifPresent(known -> countSkipped(known, dump));
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

    /** Dumps to which every stream contributed. */
    long completeDumps() {
        return completeDumps;
    }

    /** Dumps whose time the model does not know. */
    long unknownDumps() {
        return unknownDumps;
    }

    private void countSkipped(TelescopeModel known, VisibilityDump dump) {
        double time = PayloadTime.mjdSeconds(dump.timestampTicks());
        DumpMetadata metadata = known.matchingData(time, timeToleranceFraction);
        if (metadata == null) {
            unknownDumps++;
            return;
        }
        if (lastKnownIndex >= 0) {
            for (int skipped = lastKnownIndex + 1; skipped < metadata.index(); skipped++) {
                long ticks = PayloadTime.ticksOfMjdSeconds(known.dump(skipped).timeMjdSeconds());
                for (StreamAccount account : accounts) {
                    account.missing(ticks);
                }
            }
        }
        lastKnownIndex = metadata.index();
    }
}
