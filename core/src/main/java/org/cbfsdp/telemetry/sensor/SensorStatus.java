package org.cbfsdp.telemetry.sensor;

/** How much a value is to worry about, mildest first. */
public enum SensorStatus {
    NOMINAL(0),
    WARN(1),
    ERROR(2);

    private final int level;

    SensorStatus(int level) {
        this.level = level;
    }

    /** As exported: 0 nominal, 1 warn, 2 error. */
    public int level() {
        return level;
    }
}
