package org.cbfsdp.telemetry.sensor;

import java.lang.ref.WeakReference;

/**
 * Changes the status of a sensor that is not set for a while; its value stays. The time of the new reading is that of the
 * last one plus the time-out, so that it does not depend on when somebody looked.
 *
 * <p>Fires once for each silence, not at all when the status is the target already. Held by its sensor, which it holds
 * weakly.
 */
final class TimeoutObserver implements Sensor.Observer {
    private final WeakReference<Sensor<?>> sensor;
    private final SensorStatus target;
    private final long timeoutNanos;
    private final Deadlines deadlines;
    private Deadlines.Deadline deadline;

    private TimeoutObserver(Sensor<?> sensor, SensorStatus target, long timeoutNanos, Deadlines deadlines) {
        this.sensor = new WeakReference<>(sensor);
        this.target = target;
        this.timeoutNanos = timeoutNanos;
        this.deadlines = deadlines;
    }

    /** Attaches a new one, armed when the sensor's status is not {@code target}. */
    static TimeoutObserver attach(Sensor<?> sensor, SensorStatus target, long timeoutNanos, Deadlines deadlines) {
        TimeoutObserver observer = new TimeoutObserver(sensor, target, timeoutNanos, deadlines);
        observer.arm(sensor.reading());
        sensor.attach(observer);
        return observer;
    }

    @Override
    public void updated(Sensor<?> of, Reading<?> before, Reading<?> now) {
        arm(now);
    }

    /** Fires no more, and detaches itself. */
    void cancel() {
        deadlines.cancel(deadline);
        Sensor<?> live = sensor.get();
        if (live != null) {
            live.detach(this);
        }
    }

    private void arm(Reading<?> now) {
        deadlines.cancel(deadline);
        deadline = now.status() == target ? null : deadlines.in(timeoutNanos, this::fire);
    }

    private void fire() {
        Sensor<?> live = sensor.get();
        if (live != null) {
            expire(live);
        }
    }

    private <T> void expire(Sensor<T> live) {
        Reading<T> last = live.reading();
        live.set(last.value(), target, last.unixNanos() + timeoutNanos);
    }
}
