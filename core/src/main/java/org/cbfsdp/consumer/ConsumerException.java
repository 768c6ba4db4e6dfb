package org.cbfsdp.consumer;

/** A consumer cannot do what it was asked to; the message is one sentence for the user. */
public class ConsumerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConsumerException(String message) {
        super(message);
    }

    public ConsumerException(String message, Throwable cause) {
        super(message, cause);
    }
}
