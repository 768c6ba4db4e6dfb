package org.cbfsdp.telemetry.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Things to be done at a later time, unless they are cancelled. It has no thread: whoever polls it does them. Thread-safe
 * under the lock of its {@link SensorSet}; the few that wait are gone through one by one.
 */
final class Deadlines {
    /** One thing to be done. */
    static final class Deadline {
        private final long atNanos;
        private final Runnable action;

        private Deadline(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }
    }

    private final LongSupplier clockNanos;
    private final List<Deadline> waiting = new ArrayList<>();

    Deadlines(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
    }

    long nowNanos() {
        return clockNanos.getAsLong();
    }

    Deadline in(long delayNanos, Runnable action) {
        Deadline deadline = new Deadline(nowNanos() + delayNanos, action);
        waiting.add(deadline);
        return deadline;
    }

    /** Nothing happens when it is null, was done already or is cancelled already. */
    void cancel(Deadline deadline) {
        waiting.remove(deadline);
    }

    /** Does what is due. */
    void poll() {
        long now = nowNanos();
        for (Deadline deadline : List.copyOf(waiting)) {
            // An action may have cancelled one that was due as well.
            if (deadline.atNanos - now <= 0 && waiting.remove(deadline)) {
                deadline.action.run();
            }
        }
    }

    int waiting() {
        return waiting.size();
    }
}
