package org.cbfsdp.recv;

import java.util.function.LongSupplier;

/**
 * When a reception has been idle for too long. While dumps wait for a consumer it is not idle, whatever comes: a capture is
 * read no faster than consumers take its dumps. Used by the watching thread.
 */
final class IdleLimit {
    private final long timeoutNanos;
    private final LongSupplier nanoTime;
    private long lastBusyNanos;

    /**
     * A limit that begins now.
     *
     * @param timeoutNanos 0 for none
     */
    IdleLimit(long timeoutNanos, LongSupplier nanoTime) {
        this.timeoutNanos = timeoutNanos;
        this.nanoTime = nanoTime;
        this.lastBusyNanos = nanoTime.getAsLong();
    }

    /**
     * Whether the time has run out; to be asked again and again.
     *
     * @param silentNanos how long no heap has come
     * @param consumersBusy whether a dump waits for a consumer
     */
    boolean isReached(long silentNanos, boolean consumersBusy) {
        long now = nanoTime.getAsLong();
        if (consumersBusy) {
            lastBusyNanos = now;
        }
        return timeoutNanos > 0 && Math.min(silentNanos, now - lastBusyNanos) > timeoutNanos;
    }
}
