package org.cbfsdp.payload;

import java.nio.ByteBuffer;

/**
 * The visibilities of one heap: some channels of all baselines at one time. A read-only view of memory that circulates.
 *
 * <p>Valid while its holder is in the call that handed it over; whoever keeps it longer calls {@link #retain()} before the
 * call ends and {@link #release()} once when done, from any thread. After the last release every method but
 * {@code toString} may throw {@link IllegalStateException}.
 */
public interface VisibilityPayload {
    /** Time of the dump in 2^-32 s since the UNIX epoch, unsigned; see {@link PayloadTime}. */
    long timestampTicks();

    /** First channel of this payload. */
    int channelId();

    /** Channels in this payload. */
    int channelCount();

    /** Baselines in this payload. */
    int baselineCount();

    int polarisationId();

    int phaseBinId();

    int phaseBinCount();

    /** Scan that the dump belongs to, unsigned. */
    long scanId();

    /** Number of the equipment that sent it, unsigned. */
    long hardwareId();

    /** Where the parts of an element lie. */
    ElementLayout layout();

    /**
     * The elements, (channel, baseline) in C order, element (0, 0) at byte 0, at least
     * {@code channelCount * baselineCount * layout().elementBytes()} bytes. Use absolute gets only: the buffer may be shared
     * by several threads.
     */
    ByteBuffer data();

    /** Bytes of all elements. */
    default long dataBytes() {
        return (long) channelCount() * baselineCount() * layout().elementBytes();
    }

    /** Keeps the memory valid until the matching {@link #release()}. */
    void retain();

    /** Gives the memory back. */
    void release();
}
