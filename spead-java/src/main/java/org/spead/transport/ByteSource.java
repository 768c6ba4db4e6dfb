package org.spead.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Something bytes arrive from without any bounds between packets: a connection, a pipe.
 *
 * <p>Finding packets in the bytes is the receiver's business, since transports do not look into packets. Used by one thread
 * at a time. {@link #close()} may be called by another thread only after that thread has stopped.
 */
public interface ByteSource extends AutoCloseable {
    /** Returned by {@link #read} when there will never be another byte. */
    int END = -1;

    /**
     * Appends bytes at the position of {@code into}, up to its limit; moves the position.
     *
     * @param timeoutNanos how long to wait for the first byte; 0 does not wait
     * @return how many bytes, 0 when none came in time or there is no room, or {@link #END}
     * @throws IOException when the source is lost
     */
    int read(ByteBuffer into, long timeoutNanos) throws IOException;

    /**
     * Waits for another peer to take the place of the one whose bytes have ended, because they were no packets.
     *
     * @return the address of the peer that was let go; empty when there can be no other, and the end stays the end
     * @throws IOException when no other can be waited for, though there could be one
     */
    default Optional<String> awaitAnother() throws IOException {
        return Optional.empty();
    }

    /** The address of the peer whose bytes are read now; empty while there is none, or it has no address. */
    default Optional<String> peer() {
        return Optional.empty();
    }

    /** Where the bytes come from, for log lines and thread names. */
    String describe();

    /** Releases the connection. Idempotent. */
    @Override
    void close() throws IOException;
}
