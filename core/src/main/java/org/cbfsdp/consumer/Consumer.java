package org.cbfsdp.consumer;

import org.cbfsdp.payload.VisibilityDump;

/**
 * Somebody who is given every dump that was received.
 *
 * <p>All methods are called on one thread, the consumer's own, in the order {@link #start}, any number of {@link #consume}
 * and {@link #idle}, {@link #close}. {@code close} is called exactly once if {@code start} was called, whether or not it succeeded.
 * What a method throws ends this consumer: it is closed, the dumps it did not take are counted against it, the reception
 * reports the failure and goes on for the others.
 */
public interface Consumer extends AutoCloseable {
    /**
     * Makes everything ready. Reception begins only after every consumer has started.
     *
     * @throws ConsumerException when the consumer cannot work as asked; reception then does not begin
     */
    void start(ConsumerContext context);

    /**
     * Takes one dump. Dumps come in strictly increasing time; one that lacks payloads lost them on the way.
     *
     * @param dump valid during the call unless retained
     * @param endOfBatch whether no further dump is waiting, a good moment to write what was gathered
     */
    void consume(VisibilityDump dump, boolean endOfBatch);

    /** Called some ten times a second while no dump is waiting; for work that is due by the clock. */
    default void idle() {}

    /** Finishes the work: everything consumed is safe when this returns. */
    @Override
    void close();
}
