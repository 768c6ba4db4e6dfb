package org.cbfsdp.telemetry.sensor;

import java.util.ArrayList;
import java.util.List;

/**
 * A named value with a status and a time. Made by its {@link SensorSet}, whose lock guards it; any thread may set and read.
 *
 * @param <T> the value's type: Long, Double or {@link DeviceStatus}
 */
public final class Sensor<T> {
    /** Told of every reading, on the thread that set it and under the set's lock: it must be quick. */
    @FunctionalInterface
    public interface Observer {
        /** The reading may equal the one before. */
        void updated(Sensor<?> sensor, Reading<?> before, Reading<?> now);
    }

    private final Object lock;
    private final String name;
    private final String description;
    private final String unit;
    private final List<Observer> observers = new ArrayList<>();
    private Reading<T> reading;

    Sensor(Object lock, String name, String description, String unit, Reading<T> initial) {
        this.lock = lock;
        this.name = name;
        this.description = description;
        this.unit = unit;
        this.reading = initial;
    }

    public String name() {
        return name;
    }

    /** What the value is, one sentence. */
    public String description() {
        return description;
    }

    /** Of the value; empty when it has none. */
    public String unit() {
        return unit;
    }

    /** The last reading. */
    public Reading<T> reading() {
        synchronized (lock) {
            return reading;
        }
    }

    /** Sets a new reading and tells the observers, in the order in which they were attached. */
    public void set(T value, SensorStatus status, long unixNanos) {
        synchronized (lock) {
            Reading<T> before = reading;
            reading = new Reading<>(value, status, unixNanos);
            for (Observer observer : List.copyOf(observers)) {
                observer.updated(this, before, reading);
            }
        }
    }

    /** From now on {@code observer} is told. */
    public void attach(Observer observer) {
        synchronized (lock) {
            observers.add(observer);
        }
    }

    /** From now on {@code observer} is told no more. */
    public void detach(Observer observer) {
        synchronized (lock) {
            observers.remove(observer);
        }
    }

    @Override
    public String toString() {
        return name + " = " + reading();
    }
}
