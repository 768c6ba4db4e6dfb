package org.cbfsdp.payload;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that arrived of one dump: the payload of each stream, or null where it never came.
 *
 * <p>Dumps are handed on in strictly increasing time. A dump holds one reference to each payload and gives them back with its
 * own last {@link #release()}; the rules of {@link VisibilityPayload} hold for it as a whole: after the last release every
 * method throws {@link IllegalStateException}, as long as the object has not become another dump, which happens only after
 * {@value Spares#QUARANTINE} others were released. Does not change while there is a reference; the count is thread-safe.
 */
public final class VisibilityDump {
    private final VisibilityPayload[] payloads;
    private final Spares<VisibilityDump> home;
    private final AtomicInteger references = new AtomicInteger();
    private long timestampTicks;
    private long scanId;
    private long payloadBytes;
    private int payloadCount;

    /**
     * A dump that is used once. Takes over one reference to each payload.
     *
     * @param timestampTicks time in 2^-32 s since the UNIX epoch, unsigned
     * @param payloads one a stream, null where none came
     */
    public VisibilityDump(long timestampTicks, long scanId, VisibilityPayload[] payloads) {
        this(payloads.length, null);
        fill(timestampTicks, scanId, payloads);
    }

    /** An empty dump that goes home with its last release. */
    VisibilityDump(int streams, Spares<VisibilityDump> home) {
        this.payloads = new VisibilityPayload[streams];
        this.home = home;
    }

    /** Makes this object that dump; the first reference is the caller's. */
    void fill(long ticks, long scan, VisibilityPayload[] arrived) {
        timestampTicks = ticks;
        scanId = scan;
        payloadBytes = 0;
        payloadCount = 0;
        for (int i = 0; i < payloads.length; i++) {
            VisibilityPayload payload = arrived[i];
            payloads[i] = payload;
            if (payload != null) {
                payloadBytes += payload.dataBytes();
                payloadCount++;
            }
        }
        references.set(1);
    }

    /** Time in 2^-32 s since the UNIX epoch, unsigned; see {@link PayloadTime}. */
    public long timestampTicks() {
        requireHeld();
        return timestampTicks;
    }

    /** Scan that the dump belongs to, unsigned. */
    public long scanId() {
        requireHeld();
        return scanId;
    }

    /** Number of streams, whether they delivered or not. */
    public int streamCount() {
        return payloads.length;
    }

    /** What stream {@code index} delivered, or null when it did not. */
    public VisibilityPayload payload(int index) {
        requireHeld();
        return payloads[index];
    }

    /** How many streams delivered. */
    public int payloadCount() {
        requireHeld();
        return payloadCount;
    }

    /** Bytes of all payloads that were delivered. */
    public long payloadBytes() {
        requireHeld();
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
            if (home != null) {
                home.give(this);
            }
        }
    }

    private void requireHeld() {
        if (references.get() <= 0) {
            throw released();
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
