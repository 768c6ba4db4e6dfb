package org.cbfsdp.telemetry.status;

/** Telemetry cannot start as it is set. The message is one sentence that names the setting and its value. */
public final class TelemetryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TelemetryException(String message, Throwable cause) {
        super(message, cause);
    }
}
