package org.spead.transport;

import java.io.IOException;

/**
 * Something packets are sent to: a socket, a file, memory.
 *
 * <p>Used by one thread at a time.
 */
public interface PacketSink extends AutoCloseable {
    /**
     * A batch of the shape that this sink sends best, for packets of at most {@code maxPacketBytes}, one of which fits its block
     * whole; one that gathers where payload is better left where it lies.
     */
    PacketBatch newBatch(int maxPacketBytes);

    /**
     * Sends packets {@code first} to the last of the batch, in order; when the call returns, a packet that was taken needs its
     * memory no longer.
     *
     * @return how many were taken; fewer than asked when the medium is full for now, never a part of a packet
     * @throws IOException when the first packet was refused; a later one's failure is thrown by the next call, so that what
     *     was taken is always known
     */
    int send(PacketBatch batch, int first) throws IOException;

    /** How often the system reported that nobody listens at the destination. May be asked by any thread. */
    default long unreachableCount() {
        return 0;
    }

    /** Why packets leave one by one where they should leave in segments; empty when nothing is amiss. Any thread. */
    default String segmentsRefused() {
        return "";
    }

    /** Where the packets go, for log lines and thread names. */
    String describe();

    /** Releases the socket or file. Idempotent. */
    @Override
    void close() throws IOException;
}
