package org.cbfsdp.ms;

import java.io.Serial;

/** There is something of the name that a Measurement Set should have, which may not or cannot be replaced: another name will do. */
public final class OutputTakenException extends MeasurementSetException {
    @Serial
    private static final long serialVersionUID = 1L;

    OutputTakenException(String message) {
        super(message);
    }

    OutputTakenException(String message, Throwable cause) {
        super(message, cause);
    }
}
