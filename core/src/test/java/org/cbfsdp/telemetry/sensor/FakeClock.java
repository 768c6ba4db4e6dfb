package org.cbfsdp.telemetry.sensor;

import java.util.function.LongSupplier;

/** A clock that is set by hand. It begins near the end of the range, so that code that compares rather than subtracts fails. */
final class FakeClock implements LongSupplier {
    static final long SECOND = 1_000_000_000;

    private long nanos = Long.MAX_VALUE - 3 * SECOND;

    void advanceMillis(long millis) {
        nanos += millis * 1_000_000;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
