package org.cbfsdp.consumer.complete;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.cbfsdp.payload.VisibilityDump;

/**
 * The complete dumps for a loop, which waits for each:
 *
 * <pre>{@code
 * try (DumpIteration iteration = dumps.iterate().from(ticks)) {
 *     for (TimedDump timed : iteration) { ... }
 * }
 * }</pre>
 *
 * <p>A dump is in the reception's memory and valid until the next step of the loop, unless it is retained. The loop ends with the
 * reception, or when its time is over; one that is left early leaves the dumps after it to whoever asks next. Confined to one thread, and
 * good for one loop.
 */
public final class DumpIteration implements Iterable<TimedDump>, AutoCloseable {
    /** Longer than any reception. */
    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

    private final CompleteDumps dumps;
    private long fromTicks;
    private long limitNanos = FOR_EVER_NANOS;
    private boolean withSkipped;
    private long deadlineNanos;
    private TimedDump next;
    private VisibilityDump shown;

    DumpIteration(CompleteDumps dumps) {
        this.dumps = dumps;
    }

    /** Passes dumps over that are older than this, in 2^-32 s since the UNIX epoch, unsigned. */
    public DumpIteration from(long ticks) {
        fromTicks = ticks;
        return this;
    }

    /** Also reports dumps that came but are not complete, as a time without a dump. */
    public DumpIteration withSkipped() {
        withSkipped = true;
        return this;
    }

    /** Ends the loop this long after it began, whatever may still come. */
    public DumpIteration within(long nanos) {
        limitNanos = Math.min(nanos, FOR_EVER_NANOS);
        return this;
    }

    /** Waits in {@code hasNext}, which throws a {@link CancellationException} when the thread is interrupted (which it then still is). */
    @Override
    public Iterator<TimedDump> iterator() {
        deadlineNanos = dumps.deadline(limitNanos);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return awaitNext();
            }

            @Override
            public TimedDump next() {
                if (!awaitNext()) {
                    throw new NoSuchElementException("no dump follows");
                }
                TimedDump timed = next;
                next = null;
                return timed;
            }
        };
    }

    /** Gives back the dump that was shown last. Idempotent. */
    @Override
    public void close() {
        next = null;
        if (shown != null) {
            shown.release();
            shown = null;
        }
    }

    private boolean awaitNext() {
        if (next != null) {
            return true;
        }
        close();
        try {
            while (next == null && !dumps.isOver(deadlineNanos)) {
                VisibilityDump dump = dumps.poll(deadlineNanos);
                if (dump == null) {
                    return false;
                }
                look(dump);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a dump");
        }
        return next != null;
    }

    private void look(VisibilityDump dump) {
        long ticks = dump.timestampTicks();
        boolean wanted = Long.compareUnsigned(ticks, fromTicks) >= 0;
        if (wanted && dumps.isComplete(dump)) {
            shown = dump;
            next = new TimedDump(ticks, Optional.of(dump));
            return;
        }
        dump.release();
        if (wanted && withSkipped) {
            next = new TimedDump(ticks, Optional.empty());
        }
    }
}
