package org.cbfsdp.telemetry.sensor;

import java.util.List;

/**
 * The sensors of a receiver: rx.timestamp, rx.unixtime, rx.missing-unixtime and, of these, rx.device-status. Thread-safe; setting
 * them makes garbage and takes the set's lock, so it is no work for a thread that must not wait.
 */
public final class ReceiveSensors {
    private static final long SHORTEST_TIMEOUT_NANOS = 1_000_000_000;
    private static final int TIMEOUT_DUMPS = 10;

    private final SensorSet set;
    private final Sensor<Long> timestamp;
    private final Sensor<Double> unixTime;
    private final Sensor<Double> missingUnixTime;
    private final Sensor<DeviceStatus> deviceStatus;

    /**
     * Adds the sensors to a set.
     *
     * @param prefix before each name, {@code input0.} for instance; mostly empty
     * @param dumpIntervalNanos between dumps; they time out after ten of them, but not before a second
     */
    public ReceiveSensors(SensorSet set, String prefix, long dumpIntervalNanos) {
        this.set = set;
        timestamp = set.add(
                prefix + "rx.timestamp", "Timestamp of the last dump.", "2^-32 s since 1970", -1L, SensorStatus.ERROR);
        unixTime = set.add(prefix + "rx.unixtime", "Time of the last dump.", "s since 1970", -1.0, SensorStatus.ERROR);
        missingUnixTime = set.add(
                prefix + "rx.missing-unixtime",
                "Time of the dump at which data were last found missing; -1 when none have been.",
                "s since 1970",
                -1.0,
                SensorStatus.NOMINAL);
        deviceStatus = set.addAggregate(
                prefix + "rx.device-status",
                "Whether dumps come, and nothing has gone missing lately.",
                List.of(timestamp, unixTime, missingUnixTime));
        long timeoutNanos = timeoutNanos(dumpIntervalNanos);
        set.timeout(timestamp, SensorStatus.ERROR, timeoutNanos);
        set.timeout(unixTime, SensorStatus.ERROR, timeoutNanos);
        set.timeout(missingUnixTime, SensorStatus.NOMINAL, timeoutNanos);
    }

    /** How long a receiver may be silent before its sensors say so. */
    public static long timeoutNanos(long dumpIntervalNanos) {
        boolean overflows = dumpIntervalNanos > Long.MAX_VALUE / TIMEOUT_DUMPS / 2;
        long dumpsNanos = overflows ? Long.MAX_VALUE / 2 : TIMEOUT_DUMPS * dumpIntervalNanos;
        return Math.max(SHORTEST_TIMEOUT_NANOS, dumpsNanos);
    }

    /**
     * A dump has been delivered.
     *
     * @param ticks its time in units of 2^-32 s since 1970
     * @param unixNanos the same in nanoseconds
     * @param newlyMissing whether more heaps are known to be missing than before it
     */
    public void dumpReceived(long ticks, long unixNanos, boolean newlyMissing) {
        synchronized (set) {
            // The loss first: the other way round the device status would be OK for a moment.
            if (newlyMissing) {
                lossFound(unixNanos);
            }
            timestamp.set(ticks, SensorStatus.NOMINAL, unixNanos);
            unixTime.set(unixNanos / 1e9, SensorStatus.NOMINAL, unixNanos);
        }
    }

    /** More heaps are known to be missing than before; {@code unixNanos} is the time of the dump that showed it. */
    public void lossFound(long unixNanos) {
        missingUnixTime.set(unixNanos / 1e9, SensorStatus.ERROR, unixNanos);
    }

    /** What the other three come to. */
    public DeviceStatus deviceStatus() {
        return deviceStatus.reading().value();
    }
}
