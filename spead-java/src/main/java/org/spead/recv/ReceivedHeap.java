package org.spead.recv;

import java.nio.ByteBuffer;
import org.spead.item.Flavour;

/**
 * What a stream delivers: a whole {@link Heap}, or the {@link IncompleteHeap} that is left of one. Whoever takes it closes
 * it, once.
 */
public sealed interface ReceivedHeap extends AutoCloseable permits Heap, IncompleteHeap {
    /** The heap's number in its stream, unsigned of the flavour's address width. */
    long cnt();

    /** The flavour of the heap's packets. */
    Flavour flavour();

    /** Whether the heap is known to carry a stream control item that says start. */
    boolean isStartOfStream();

    /** Whether the heap is known to carry a stream control item that says stop. */
    boolean isEndOfStream();

    /**
     * What came of the payload: a direct buffer from 0 to its limit, valid while the heap is held. Nobody may write.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    ByteBuffer payload();

    /** Gives up the holder's reference: the payload may then be used again. */
    @Override
    void close();
}
