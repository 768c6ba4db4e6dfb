package org.spead.agent;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the duty cycles of one thread take: a long one is a stall, in which nobody else on that thread was served. Told by the
 * thread itself; {@link #longestNanos} may be asked by any.
 */
final class DutyCycles {
    /** In place of a time, while the thread is in no duty cycle. */
    private static final long NONE = Long.MIN_VALUE;

    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong beganNanos = new AtomicLong(NONE);

    /** A cycle begins. */
    void begin(long nowNanos) {
        // One writer: what others see of it may be late, but is never torn.
        beganNanos.setOpaque(nowNanos);
    }

    /** It has ended. */
    void end(long nowNanos) {
        long nanos = nowNanos - beganNanos.getPlain();
        if (nanos > longestNanos.getPlain()) {
            longestNanos.setOpaque(nanos);
        }
    }

    /** The thread pauses, or has ended. */
    void pause() {
        beganNanos.setOpaque(NONE);
    }

    /** The longest so far, the one under way included. */
    long longestNanos(long nowNanos) {
        long longest = longestNanos.getOpaque();
        long began = beganNanos.getOpaque();
        return began == NONE ? longest : Math.max(longest, nowNanos - began);
    }
}
