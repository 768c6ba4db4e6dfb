package org.spead.send;

import java.io.IOException;

/** A heap or group was not queued, because as many heaps as the stream holds are in flight; it may be sent later. */
public final class QueueFullException extends IOException {
    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
