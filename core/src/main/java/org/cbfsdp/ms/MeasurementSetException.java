package org.cbfsdp.ms;

import java.io.Serial;

/** A Measurement Set is missing, is not as it must be, or could not be written; the message is one sentence for the user. */
public class MeasurementSetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MeasurementSetException(String message) {
        super(message);
    }

    MeasurementSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
