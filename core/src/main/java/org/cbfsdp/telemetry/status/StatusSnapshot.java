package org.cbfsdp.telemetry.status;

import java.util.List;

/**
 * The counters of a program with the rates since the snapshot before. Immutable; what {@code /api/status}, the page and the
 * terminal show.
 *
 * @param unixNanos when it was taken, since 1970
 * @param upNanos since the first snapshot
 * @param rates one for each stream of the status, in their order
 */
public record StatusSnapshot(long unixNanos, long upNanos, ProgramStatus status, List<Rate> rates) {
    public StatusSnapshot {
        rates = List.copyOf(rates);
        if (rates.size() != status.streams().size()) {
            throw new IllegalArgumentException(
                    rates.size() + " rates of " + status.streams().size() + " streams");
        }
    }

    /** How fast one stream flows. */
    public record Rate(double heapsPerSecond, double bytesPerSecond) {
        static final Rate ZERO = new Rate(0, 0);

        Rate plus(Rate other) {
            return new Rate(heapsPerSecond + other.heapsPerSecond, bytesPerSecond + other.bytesPerSecond);
        }
    }

    /** The rate of all streams. */
    public Rate totalRate() {
        return rates.stream().reduce(Rate.ZERO, Rate::plus);
    }

    /** The counters of all streams added up; it has ended when there are some and all have. */
    public ProgramStatus.Stream total() {
        ProgramStatus.Stream sum = new ProgramStatus.Stream(
                "total", "", 0, 0, 0, 0, 0, 0, !status.streams().isEmpty());
        for (ProgramStatus.Stream stream : status.streams()) {
            sum = new ProgramStatus.Stream(
                    sum.label(),
                    sum.place(),
                    sum.heaps() + stream.heaps(),
                    sum.bytes() + stream.bytes(),
                    sum.packets() + stream.packets(),
                    sum.missingHeaps() + stream.missingHeaps(),
                    sum.incompleteHeaps() + stream.incompleteHeaps(),
                    sum.refusedHeaps() + stream.refusedHeaps(),
                    sum.ended() && stream.ended());
        }
        return sum;
    }
}
