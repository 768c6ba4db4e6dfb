package org.cbfsdp.telemetry.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The sensors of a program and the clock of their time-outs. Thread-safe: one lock for all. It has no thread of its own;
 * time-outs and late publications happen when {@link #poll} is called, a few times a second.
 */
public final class SensorSet {
    /** The least time between two publications of one sensor. */
    public static final long PUBLICATION_PERIOD_NANOS = 1_000_000_000;

    private final Deadlines deadlines;
    private final List<Sensor<?>> sensors = new ArrayList<>();
    private final List<BiConsumer<Sensor<?>, Reading<?>>> publishers = new ArrayList<>();

    /** An empty set. */
    public SensorSet() {
        this(System::nanoTime);
    }

    /** @param clockNanos of time-outs; only differences count */
    public SensorSet(LongSupplier clockNanos) {
        this.deadlines = new Deadlines(clockNanos);
    }

    /**
     * Adds a sensor.
     *
     * @throws IllegalArgumentException when there is one of that name
     */
    public synchronized <T> Sensor<T> add(String name, String description, String unit, T value, SensorStatus status) {
        if (sensors.stream().anyMatch(sensor -> sensor.name().equals(name))) {
            throw new IllegalArgumentException("there are two sensors called " + name);
        }
        Sensor<T> sensor = new Sensor<>(this, name, description, unit, new Reading<>(value, status, 0));
        sensors.add(sensor);
        publishers.forEach(publisher -> publish(sensor, publisher));
        return sensor;
    }

    /**
     * Adds a sensor that is WARN and DEGRADED while any of {@code members} is worse than NOMINAL, else NOMINAL and OK. It
     * changes only when a status does, and never to FAIL.
     */
    public synchronized Sensor<DeviceStatus> addAggregate(String name, String description, List<Sensor<?>> members) {
        List<Sensor<?>> followed = List.copyOf(members);
        boolean healthy = allNominal(followed);
        Sensor<DeviceStatus> aggregate = add(name, description, "", deviceStatus(healthy), sensorStatus(healthy));
        Sensor.Observer observer = (sensor, before, now) -> {
            if (before.status() != now.status()) {
                boolean nominal = allNominal(followed);
                aggregate.set(deviceStatus(nominal), sensorStatus(nominal), now.unixNanos());
            }
        };
        followed.forEach(member -> member.attach(observer));
        return aggregate;
    }

    /** Sets {@code target} on a sensor that is not set for that long. */
    public synchronized void timeout(Sensor<?> sensor, SensorStatus target, long timeoutNanos) {
        TimeoutObserver.attach(sensor, target, timeoutNanos, deadlines);
    }

    /**
     * Publishes the readings of all sensors, those added later too, each at most once a second.
     *
     * @param publisher called under the set's lock, by the thread that sets the sensor or polls: it must be quick
     */
    public synchronized void publish(BiConsumer<Sensor<?>, Reading<?>> publisher) {
        publishers.add(publisher);
        sensors.forEach(sensor -> publish(sensor, publisher));
    }

    private void publish(Sensor<?> sensor, BiConsumer<Sensor<?>, Reading<?>> publisher) {
        sensor.attach(new RateLimitedPublication(PUBLICATION_PERIOD_NANOS, deadlines, publisher));
    }

    /** Lets time-outs happen that are due. */
    public synchronized void poll() {
        deadlines.poll();
    }

    /** The sensors, in the order in which they were added. */
    public synchronized List<Sensor<?>> sensors() {
        return List.copyOf(sensors);
    }

    Deadlines deadlines() {
        return deadlines;
    }

    private static boolean allNominal(List<Sensor<?>> sensors) {
        return sensors.stream().allMatch(sensor -> sensor.reading().status() == SensorStatus.NOMINAL);
    }

    private static DeviceStatus deviceStatus(boolean healthy) {
        return healthy ? DeviceStatus.OK : DeviceStatus.DEGRADED;
    }

    private static SensorStatus sensorStatus(boolean healthy) {
        return healthy ? SensorStatus.NOMINAL : SensorStatus.WARN;
    }
}
