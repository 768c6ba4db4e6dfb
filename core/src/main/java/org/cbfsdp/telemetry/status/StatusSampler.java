package org.cbfsdp.telemetry.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cbfsdp.telemetry.status.StatusSnapshot.Rate;

/** Makes snapshots with rates of a program's plain counters. Called by one thread, the telemetry's. */
public final class StatusSampler {
    private final Supplier<ProgramStatus> source;
    private final LongSupplier nanoClock;
    private final LongSupplier unixNanoClock;
    private Map<String, ProgramStatus.Stream> previous = Map.of();
    private long previousNanos;
    private long firstNanos;
    private boolean started;

    public StatusSampler(Supplier<ProgramStatus> source, LongSupplier nanoClock, LongSupplier unixNanoClock) {
        this.source = source;
        this.nanoClock = nanoClock;
        this.unixNanoClock = unixNanoClock;
    }

    /** Asks the program. Rates of a stream are 0 at its first appearance. */
    public StatusSnapshot sample() {
        ProgramStatus status = source.get();
        long now = nanoClock.getAsLong();
        if (!started) {
            started = true;
            firstNanos = now;
            previousNanos = now;
        }
        double seconds = (now - previousNanos) / 1e9;
        List<Rate> rates = new ArrayList<>();
        Map<String, ProgramStatus.Stream> present = new HashMap<>();
        for (ProgramStatus.Stream stream : status.streams()) {
            rates.add(rate(previous.get(stream.label()), stream, seconds));
            present.put(stream.label(), stream);
        }
        previous = present;
        previousNanos = now;
        return new StatusSnapshot(unixNanoClock.getAsLong(), now - firstNanos, status, rates);
    }

    private static Rate rate(ProgramStatus.Stream before, ProgramStatus.Stream now, double seconds) {
        if (before == null || seconds <= 0) {
            return Rate.ZERO;
        }
        return new Rate((now.heaps() - before.heaps()) / seconds, (now.bytes() - before.bytes()) / seconds);
    }
}
