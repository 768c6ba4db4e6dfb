package org.cbfsdp.telemetry.status;

import java.util.Locale;

/** Where a program is in its life. */
public enum ProgramState {
    /** Opening files and sockets. */
    STARTING,
    /** Ready, and no data yet. */
    WAITING,
    /** Data flow. */
    RUNNING,
    /** No more data come; what has come is being finished. */
    DRAINING,
    ENDED,
    FAILED;

    /** Whether data can flow: what {@code /readyz} answers. */
    public boolean isReady() {
        return this == WAITING || this == RUNNING;
    }

    /** Whether a restart would not help: what {@code /healthz} answers. */
    public boolean isHealthy() {
        return this != FAILED;
    }

    /** As shown and sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
