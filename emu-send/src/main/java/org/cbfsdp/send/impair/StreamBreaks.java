package org.cbfsdp.send.impair;

import java.util.function.LongSupplier;
import org.cbfsdp.settings.ImpairSettings;

/** When one stream falls silent: for a while, and for good. Confined to the stream's thread. */
final class StreamBreaks {
    private static final long NEVER = -1;

    private final long stallDump;
    private final long stallNanos;
    private final long cutDump;
    private final LongSupplier nanoClock;
    private boolean isStalled;
    private boolean hasStalled;
    private long stallBeganNanos;

    /** As the settings have it for this stream. */
    StreamBreaks(ImpairSettings settings, int stream, LongSupplier nanoClock) {
        this.stallDump = is(settings.stallStream().orElse(-1), stream) ? settings.stallAfterDumps() : NEVER;
        this.stallNanos = settings.stallNanos();
        this.cutDump = is(settings.cutStream().orElse(-1), stream) ? settings.cutAfterDumps() : NEVER;
        this.nanoClock = nanoClock;
    }

    private static boolean is(int chosen, int stream) {
        return chosen == stream;
    }

    /** Whether a silence is still to come. */
    boolean mayStall() {
        return stallDump != NEVER && !hasStalled && !isStalled;
    }

    /** Whether the silence comes before this dump's heap. */
    boolean stallsBefore(long dump) {
        return mayStall() && dump == stallDump;
    }

    void beginStall() {
        isStalled = true;
        stallBeganNanos = nanoClock.getAsLong();
    }

    /** Whether the stream is silent now. */
    boolean isStalled() {
        if (isStalled && nanoClock.getAsLong() - stallBeganNanos >= stallNanos) {
            isStalled = false;
            hasStalled = true;
        }
        return isStalled;
    }

    /** How long it is silent, in nanoseconds. */
    long stallNanos() {
        return stallNanos;
    }

    /** Whether the stream ends in the middle of this dump's heap. */
    boolean cutsIn(long dump) {
        return dump == cutDump;
    }
}
