package org.cbfsdp.payload;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that arrived of one dump: the payload of each stream, or null where it never came.
 *
 * <p>Dumps are handed on in strictly increasing time. A dump holds one reference to each payload and gives them back with its
 * own last {@link #release()}; the rules of {@link VisibilityPayload} hold for it as a whole. Immutable but for its
 * reference count, which is thread-safe.
 */
public final class VisibilityDump {
    private final long timestampTicks;
    private final long scanId;
    private final VisibilityPayload[] payloads;
    private final long payloadBytes;
    private final AtomicInteger references = new AtomicInteger(1);

    /**
     * Takes over one reference to each payload.
     *
     * @param timestampTicks time in 2^-32 s since the UNIX epoch, unsigned
     * @param payloads one a stream, null where none came; the array is kept
     */
    public VisibilityDump(long timestampTicks, long scanId, VisibilityPayload[] payloads) {
        this.timestampTicks = timestampTicks;
        this.scanId = scanId;
        this.payloads = payloads;
        long bytes = 0;
        for (VisibilityPayload payload : payloads) {
            if (payload != null) {
                bytes += payload.dataBytes();
            }
        }
        this.payloadBytes = bytes;
    }

    /** Time in 2^-32 s since the UNIX epoch, unsigned; see {@link PayloadTime}. */
    public long timestampTicks() {
        return timestampTicks;
    }

    /** Scan that the dump belongs to, unsigned. */
    public long scanId() {
        return scanId;
    }

    /** Number of streams, whether they delivered or not. */
    public int streamCount() {
        return payloads.length;
    }

    /** What stream {@code index} delivered, or null when it did not. */
    public VisibilityPayload payload(int index) {
        if (references.get() <= 0) {
            throw released();
        }
        return payloads[index];
    }

    /** How many streams delivered. */
    public int payloadCount() {
        int count = 0;
        for (VisibilityPayload payload : payloads) {
            if (payload != null) {
                count++;
            }
        }
        return count;
    }

    /** Bytes of all payloads that were delivered. Computed once, so that it can be asked after the release too. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** Whether every stream delivered. */
    public boolean isComplete() {
        return payloadCount() == payloads.length;
    }

    /** Keeps all payloads valid until the matching {@link #release()}. */
    public void retain() {
        count(1);
    }

    /** Gives the payloads back when nobody else holds them. */
    public void release() {
        if (count(-1) == 0) {
            for (VisibilityPayload payload : payloads) {
                if (payload != null) {
                    payload.release();
                }
            }
            Arrays.fill(payloads, null);
        }
    }

    /** Never leaves 0: a call too many fails, and must not make the next one release the payloads a second time. */
    private int count(int change) {
        int before = references.get();
        while (before > 0) {
            int seen = references.compareAndExchange(before, before + change);
            if (seen == before) {
                return before + change;
            }
            before = seen;
        }
        throw released();
    }

    private IllegalStateException released() {
        return new IllegalStateException("dump of " + PayloadTime.instant(timestampTicks) + " was released");
    }
}
