package org.cbfsdp.consumer.complete;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;

/**
 * The complete dumps of a reception, for a program that asks for them one by one: every stream delivered, and nothing is marked as
 * missing. Dumps that are not complete are passed over.
 *
 * <p>A dump waits here until the program takes it, and while it waits the reception's own queue fills; what happens to more dumps
 * than that holds is said by {@code reception.consumer_overflow}, and counted. A program that wants the newest rather than the
 * oldest sets {@code drop_oldest}, or asks for dumps from a time on.
 *
 * <p>It serves one reception. The methods of {@link Consumer} are the consumer thread's; the others may be called by any thread. An
 * interrupt ends a wait. What has come is still handed out when the reception has ended; {@link EndOfDumpsException} says that there is
 * no more.
 */
public final class CompleteDumps implements Consumer {
    /** How long {@link #next()} waits, in nanoseconds. */
    public static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int capacityDumps;
    private final Completeness completeness;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<VisibilityDump> waiting = new ArrayDeque<>();
    private Optional<TelescopeModel> model = Optional.empty();
    private boolean claimed;
    private boolean started;
    private boolean ended;
    private boolean stopped;

    /** Of one dump that waits; what has FD 0 is missing. */
    public CompleteDumps() {
        this(1, true);
    }

    /**
     * Decides what is complete.
     *
     * @param capacityDumps most dumps that wait here, besides those in the reception's queue; they hold reception memory
     * @param heedFd whether FD 0 marks a visibility as missing; false for senders that leave the fraction of data empty
     */
    public CompleteDumps(int capacityDumps, boolean heedFd) {
        this(capacityDumps, heedFd, System::nanoTime);
    }

    CompleteDumps(int capacityDumps, boolean heedFd, LongSupplier nanoClock) {
        if (capacityDumps < 1) {
            throw new IllegalArgumentException("at least one dump must be able to wait, not " + capacityDumps);
        }
        this.capacityDumps = capacityDumps;
        this.completeness = heedFd ? Completeness.ALL_DATA : Completeness.ALL_HEAPS;
        this.nanoClock = nanoClock;
    }

    /**
     * Keeps this for one reception, which is about to begin: whoever is refused has not touched it.
     *
     * @throws ConsumerException when another reception has, or had, these
     */
    public void claim() {
        locked(() -> {
            refuseWhen(claimed || started);
            claimed = true;
        });
    }

    /** Refuses a second reception: what it ended, or began again, would not be what the program has. */
    @Override
    public void start(ConsumerContext context) {
        locked(() -> {
            refuseWhen(started);
            started = true;
            model = context.telescopeModel();
        });
    }

    private void refuseWhen(boolean taken) {
        if (taken || ended) {
            throw new ConsumerException("these complete dumps have " + (ended ? "ended" : "a reception already")
                    + ": each reception needs a new CompleteDumps");
        }
    }

    /** Waits while there is no room. */
    @Override
    public void consume(VisibilityDump dump, boolean endOfBatch) {
        locked(() -> {
            while (waiting.size() == capacityDumps && !stopped) {
                room.awaitUninterruptibly();
            }
            if (!stopped) {
                dump.retain();
                waiting.add(dump);
                arrival.signal();
            }
        });
    }

    /** The reception has ended; what waits can still be taken. */
    @Override
    public void close() {
        locked(() -> {
            ended = true;
            arrival.signalAll();
        });
    }

    /** The program wants no more: what waits and what still comes is let go. Idempotent. */
    public void stop() {
        locked(() -> {
            stopped = true;
            ended = true;
            waiting.forEach(VisibilityDump::release);
            waiting.clear();
            arrival.signalAll();
            room.signalAll();
        });
    }

    /** A copy of the next complete dump, whatever its time, within {@link #DEFAULT_TIMEOUT_NANOS}; see {@link #next(long, long)}. */
    public VisibilityDump next() throws InterruptedException, TimeoutException {
        return next(0, DEFAULT_TIMEOUT_NANOS);
    }

    /**
     * A copy of the next complete dump, in memory of its own on the Java heap: it needs no release, and may be kept.
     *
     * @param fromTicks earliest time of the dump in 2^-32 s since the UNIX epoch, unsigned; older ones are passed over
     * @param timeoutNanos longest time to wait; 0 takes a dump only if it is there already
     * @throws TimeoutException when none came in time
     * @throws EndOfDumpsException when none will come
     */
    public VisibilityDump next(long fromTicks, long timeoutNanos) throws InterruptedException, TimeoutException {
        return copy(require(fromTicks, deadline(timeoutNanos)));
    }

    /**
     * The next complete dump itself, in the reception's memory: the caller releases it, and soon, for the reception receives into the
     * same memory. Parameters and errors as of {@link #next(long, long)}.
     */
    public VisibilityDump await(long fromTicks, long timeoutNanos) throws InterruptedException, TimeoutException {
        return require(fromTicks, deadline(timeoutNanos));
    }

    /**
     * Copies of {@code count} complete dumps of one scan between which none is missing; whenever there is a gap, it begins again with
     * the dump after it. Parameters and errors as of {@link #next(long, long)}; the time-out is for all of them together.
     *
     * @throws IllegalStateException when the reception has no data model ({@code reception.datamodel}), which alone says how far
     *     dumps are apart
     */
    public List<VisibilityDump> consecutive(int count, long fromTicks, long timeoutNanos)
            throws InterruptedException, TimeoutException {
        if (count < 1) {
            throw new IllegalArgumentException("at least one dump must be wanted, not " + count);
        }
        DumpSuccession succession = succession();
        long deadlineNanos = deadline(timeoutNanos);
        List<VisibilityDump> row = new ArrayList<>(count);
        while (row.size() < count) {
            VisibilityDump dump = copy(require(fromTicks, deadlineNanos));
            if (!row.isEmpty() && !succession.follows(row.get(row.size() - 1), dump)) {
                row.clear();
            }
            row.add(dump);
        }
        return row;
    }

    /** All complete dumps for a loop, until the reception ends. */
    public DumpIteration iterate() {
        return new DumpIteration(this);
    }

    long deadline(long timeoutNanos) {
        return nanoClock.getAsLong() + timeoutNanos;
    }

    /** Whether a moment that {@link #deadline} gave has passed. */
    boolean isOver(long deadlineNanos) {
        return deadlineNanos - nanoClock.getAsLong() < 0;
    }

    boolean isComplete(VisibilityDump dump) {
        return completeness.holds(dump);
    }

    /** The next dump of all, complete or not, with a reference that is the caller's; null when none came in time or will come. */
    VisibilityDump poll(long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                long left = deadlineNanos - nanoClock.getAsLong();
                if (ended || left <= 0) {
                    return null;
                }
                arrival.awaitNanos(left);
            }
            room.signal();
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    private VisibilityDump require(long fromTicks, long deadlineNanos) throws InterruptedException, TimeoutException {
        // These have come in time, however long it takes to look at them.
        int there = waitingCount();
        long passedOver = 0;
        VisibilityDump dump = poll(deadlineNanos);
        while (dump != null) {
            boolean recent = Long.compareUnsigned(dump.timestampTicks(), fromTicks) >= 0;
            if (recent && isComplete(dump)) {
                return dump;
            }
            dump.release();
            passedOver++;
            dump = passedOver >= there && isOver(deadlineNanos) ? null : poll(deadlineNanos);
        }
        String what = "no complete dump" + (fromTicks == 0 ? "" : " from " + PayloadTime.instant(fromTicks) + " on");
        String others = "; " + passedOver + " others were passed over";
        if (hasEnded()) {
            throw new EndOfDumpsException(what + " will come, the reception has ended" + others);
        }
        throw new TimeoutException(what + " came in time" + others);
    }

    private int waitingCount() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private DumpSuccession succession() {
        lock.lock();
        try {
            return new DumpSuccession(model.filter(known -> known.dumpCount() > 0)
                    .orElseThrow(() -> new IllegalStateException("how far dumps are apart is not known: name a"
                            + " Measurement Set that has dumps in reception.datamodel")));
        } finally {
            lock.unlock();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return ended && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private static VisibilityDump copy(VisibilityDump dump) {
        try {
            return CopiedPayload.of(dump);
        } finally {
            dump.release();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
