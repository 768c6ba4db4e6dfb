package org.cbfsdp.consumer.complete;

/** A dump was asked for, and none will come any more: the reception has ended, or the program wants no more. */
public final class EndOfDumpsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndOfDumpsException(String message) {
        super(message);
    }
}
