package org.cbfsdp.telemetry.sensor;

/** How the whole fares. */
public enum DeviceStatus {
    OK(0),
    DEGRADED(1),
    FAIL(2);

    private final int level;

    DeviceStatus(int level) {
        this.level = level;
    }

    /** As exported: 0 ok, 1 degraded, 2 fail. */
    public int level() {
        return level;
    }
}
