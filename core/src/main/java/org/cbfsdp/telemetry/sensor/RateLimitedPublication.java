package org.cbfsdp.telemetry.sensor;

import java.util.function.BiConsumer;

/**
 * Publishes readings of one sensor, at most one a period. A reading that comes too early is published at the end of the
 * period, unless a newer one takes its place.
 */
final class RateLimitedPublication implements Sensor.Observer {
    private final long periodNanos;
    private final Deadlines deadlines;
    private final BiConsumer<Sensor<?>, Reading<?>> publisher;
    private boolean published;
    private long lastNanos;
    private Deadlines.Deadline pending;

    RateLimitedPublication(long periodNanos, Deadlines deadlines, BiConsumer<Sensor<?>, Reading<?>> publisher) {
        this.periodNanos = periodNanos;
        this.deadlines = deadlines;
        this.publisher = publisher;
    }

    @Override
    public void updated(Sensor<?> sensor, Reading<?> before, Reading<?> now) {
        if (pending != null) {
            return;
        }
        long waitNanos = published ? lastNanos + periodNanos - deadlines.nowNanos() : 0;
        if (waitNanos <= 0) {
            publish(sensor);
        } else {
            pending = deadlines.in(waitNanos, () -> publish(sensor));
        }
    }

    private void publish(Sensor<?> sensor) {
        pending = null;
        published = true;
        lastNanos = deadlines.nowNanos();
        publisher.accept(sensor, sensor.reading());
    }
}
