package org.cbfsdp.recv.consumer.mswriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.ConsumerException;

/**
 * Runs the command on finished sets, one at a time, in their order. The process runs by itself; {@link #look}, called now and then,
 * passes on its output and starts the next. Never waits but in {@link #close}. Confined to the consumer's thread.
 */
final class CommandQueue implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(CommandQueue.class);
    private static final long LOOK_NANOS = 10_000_000;
    private static final int FAULTS_TOLD = 3;

    private final SetCommand command;
    private final int capacity;
    private final long timeoutNanos;
    private final LongSupplier nanoClock;
    private final Queue<Path> waiting = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();
    private long sets;
    private long faultCount;
    private RunningCommand running;
    private boolean closed;

    /**
     * Has nothing to run yet.
     *
     * @param capacity sets that may wait for a command that is slower than they come; it does not run on those beyond
     * @param timeoutNanos how long one command may run, 0 = however long
     */
    CommandQueue(SetCommand command, int capacity, long timeoutNanos, LongSupplier nanoClock) {
        this.command = command;
        this.capacity = capacity;
        this.timeoutNanos = timeoutNanos;
        this.nanoClock = nanoClock;
    }

    /** Has the command run on a set when those before it are done. */
    void add(Path set) {
        sets++;
        if (waiting.size() < capacity) {
            waiting.add(set);
        } else {
            fault(set, "not run: " + capacity + " sets were waiting already");
        }
        look();
    }

    /** Looks after the command that runs, and starts the next when it has ended; false when there is nothing left to do. */
    boolean look() {
        if (running != null && running.look(nanoClock.getAsLong())) {
            RunningCommand ended = running;
            running = null;
            ended.fault().ifPresentOrElse(fault -> fault(ended.set(), fault), () -> done(ended.set()));
        }
        while (running == null && !waiting.isEmpty()) {
            start(waiting.remove());
        }
        return running != null;
    }

    /**
     * Waits until the command has run on every set. Does nothing the second time.
     *
     * @throws ConsumerException when it failed on one
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            awaitAll();
        } finally {
            if (running != null) {
                running.close();
            }
        }
        if (faultCount > 0) {
            String more = faultCount > faults.size() ? "; and " + (faultCount - faults.size()) + " more" : "";
            throw new ConsumerException("mswriter.command failed on " + faultCount + " of " + sets
                    + " sets, which are there: " + String.join("; ", faults) + more);
        }
    }

    private void awaitAll() {
        boolean busy = look();
        if (busy) {
            LOG.info("waiting for the command, {} to go; a second Ctrl-C ends it", waiting.size() + 1);
        }
        while (busy) {
            LockSupport.parkNanos(LOOK_NANOS);
            busy = look();
        }
    }

    private void start(Path set) {
        try {
            running = RunningCommand.start(command, set, timeoutNanos, nanoClock.getAsLong());
        } catch (IOException e) {
            fault(set, "cannot be started: " + e.getMessage());
        }
    }

    private static void done(Path set) {
        LOG.info("command on {} has ended", set.getFileName());
    }

    private void fault(Path set, String fault) {
        LOG.warn("command on {} failed: {}", set.getFileName(), fault);
        faultCount++;
        if (faults.size() < FAULTS_TOLD) {
            faults.add(set + ": " + fault);
        }
    }
}
