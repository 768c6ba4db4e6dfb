package org.spead.recv;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.spead.packet.PacketFault;

/**
 * Passes faults to a listener at most once a second for each kind. Confined to the receive thread; the clock is read only
 * when there is a fault.
 */
final class FaultReporter {
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final FaultListener listener;
    private final LongSupplier nanoClock;
    private final Pace[] packetFaults = new Pace[PacketFault.values().length];
    private final Pace[] heapFaults = new Pace[HeapFault.count()];

    FaultReporter(FaultListener listener, LongSupplier nanoClock) {
        this.listener = listener;
        this.nanoClock = nanoClock;
        Arrays.setAll(packetFaults, i -> new Pace());
        Arrays.setAll(heapFaults, i -> new Pace());
    }

    void packetFault(PacketFault fault, long total, String source) {
        if (packetFaults[fault.index()].isDue(nanoClock.getAsLong(), total, source)) {
            listener.packetFault(fault, total, source);
        }
    }

    void heapFault(HeapFault fault, long total, String source) {
        if (heapFaults[fault.index()].isDue(nanoClock.getAsLong(), total, source)) {
            listener.heapFault(fault, total, source);
        }
    }

    void sourceLost(String source, Exception cause) {
        listener.sourceLost(source, cause);
    }

    /** Reports what was held back. */
    void flush() {
        for (PacketFault fault : PacketFault.values()) {
            Pace pace = packetFaults[fault.index()];
            if (pace.takeHeldBack()) {
                listener.packetFault(fault, pace.total, pace.source);
            }
        }
        for (HeapFault fault : HeapFault.values()) {
            Pace pace = heapFaults[fault.index()];
            if (pace.takeHeldBack()) {
                listener.heapFault(fault, pace.total, pace.source);
            }
        }
    }

    /** When a kind of fault was last reported, and what has been held back since. */
    private static final class Pace {
        private boolean everReported;
        private boolean heldBack;
        private long reportedNanos;
        private long total;
        private String source = "";

        boolean isDue(long nowNanos, long newTotal, String newSource) {
            total = newTotal;
            source = newSource;
            heldBack = everReported && nowNanos - reportedNanos < PERIOD_NANOS;
            if (!heldBack) {
                everReported = true;
                reportedNanos = nowNanos;
            }
            return !heldBack;
        }

        boolean takeHeldBack() {
            boolean held = heldBack;
            heldBack = false;
            return held;
        }
    }
}
