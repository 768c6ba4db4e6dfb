package org.cbfsdp.consumer;

import org.cbfsdp.payload.VisibilityDump;

/**
 * A consumer that is shown the next dump, when one is waiting, before it is given the present one: it may begin with the next on a
 * thread of its own while it is still at work on the present.
 */
public interface PreparingConsumer extends Consumer {
    /**
     * Shows the dump after the one that is given next. Called on the consumer's thread, and at most once for a dump; the dump is
     * later given to {@link #consume}, as the next but one, or else the consumer is closed. Until then it is counted as waiting,
     * but is not dropped for a newer one. A consumer that throws here has failed.
     *
     * @param next valid until {@code consume} of it, or {@code close}, returns: whoever reads it on another thread must have
     *     ended then
     */
    void prepare(VisibilityDump next);
}
