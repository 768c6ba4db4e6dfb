package org.spead.transport;

import java.io.IOException;

/**
 * Something packets arrive from: a socket, a file, memory.
 *
 * <p>Used by one thread at a time. {@link #close()} may be called by another thread only after that thread has stopped.
 */
public interface PacketSource extends AutoCloseable {
    /** Returned by {@link #receive} when there will never be another packet. */
    int END = -1;

    /** A batch of the shape that this source fills best. */
    PacketBatch newBatch();

    /**
     * Clears the batch and fills it with what is there.
     *
     * @param timeoutNanos how long to wait for the first packet; 0 does not wait
     * @return packets in the batch, 0 when none came in time, or {@link #END}
     * @throws IOException when the source is lost; a packet that is merely odd never throws
     */
    int receive(PacketBatch batch, long timeoutNanos) throws IOException;

    /**
     * Whether the last {@link #receive} took all that was there, so that the next would find what has come since, if anything. False
     * when that is not known.
     */
    default boolean wasEmptied() {
        return false;
    }

    /** Packets left out because no stream could take them, such as empty or oversized ones. May be asked by any thread. */
    default long refusedPackets() {
        return 0;
    }

    /** Of {@link #refusedPackets()}, those of no bytes. May be asked by any thread. */
    default long emptyPackets() {
        return 0;
    }

    /** Bytes passed over because no packet has them; always 0 where packets have bounds. May be asked by any thread. */
    default long skippedBytes() {
        return 0;
    }

    /** Packets of which only the beginning came before the end of the source: 0 or 1. May be asked by any thread. */
    default long truncatedPackets() {
        return 0;
    }

    /**
     * How often the system dropped something because its buffer was full: a packet, or a run of packets that came as one message
     * from a sender on the same machine or through a card that joins them. May be asked by any thread, also after a close.
     */
    default long kernelDrops() {
        return 0;
    }

    /**
     * Bytes of buffer that the system granted for packets that wait, to be compared with what was asked for; 0 where there is
     * no such buffer.
     */
    default int effectiveBufferBytes() throws IOException {
        return 0;
    }

    /**
     * Makes a {@link #receive} that waits, or the next one that would, return early. May be called by any thread, also after
     * {@link #close()}; without effect where receiving does not wait for long.
     */
    default void wake() {}

    /** Where the packets come from, for log lines and thread names. */
    String describe();

    /** Releases the socket or file. Idempotent. */
    @Override
    void close() throws IOException;
}
