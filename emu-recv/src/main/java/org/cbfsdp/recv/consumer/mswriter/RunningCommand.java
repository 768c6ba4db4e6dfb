package org.cbfsdp.recv.consumer.mswriter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.ProcessSession;

/**
 * A command at work on one set. It has to be looked after, and costs no thread of ours. One that takes too long has ended only when
 * all that it has started has: nothing of it runs on beside the next, but for what cannot be killed, which is named and left. Confined
 * to one thread.
 */
final class RunningCommand implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(RunningCommand.class);
    private static final File NOTHING = new File("/dev/null");
    private static final int BYTES_A_LOOK = 1 << 18;
    /** From asking a command to end to ending it. */
    private static final long GRACE_NANOS = 5_000_000_000L;
    /** From ending what is left of it to leaving that, which nobody may or can end. */
    private static final long LEAVE_NANOS = 5_000_000_000L;
    /** Between looks at the list of processes, while dumps wait to be written. */
    private static final long SCAN_NANOS = 100_000_000L;

    private final Path set;
    private final Process process;
    private final ProcessSession session;
    private final CommandOutput output;
    private final long timeoutNanos;
    private final long startNanos;
    private boolean overdue;
    private List<ProcessHandle> left = List.of();
    private long scannedNanos;
    private OptionalLong killedNanos = OptionalLong.empty();

    /** Looks after a process that was started at {@code nowNanos} and leads a session, or soon will. */
    RunningCommand(Path set, Process process, long timeoutNanos, long nowNanos) {
        this.set = set;
        this.process = process;
        this.session = new ProcessSession(process.toHandle());
        this.output = new CommandOutput(
                process.getInputStream(), line -> LOG.info("command on {}: {}", set.getFileName(), line));
        this.timeoutNanos = timeoutNanos;
        this.startNanos = nowNanos;
    }

    /**
     * Starts it; it has no input, and its errors come with its output.
     *
     * @param timeoutNanos how long it may run, 0 = however long
     */
    static RunningCommand start(SetCommand command, Path set, long timeoutNanos, long nowNanos) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command.on(set)).redirectInput(NOTHING).redirectErrorStream(true);
        Lock starts = ProcessSession.starts();
        starts.lock();
        try {
            LOG.info("command on {} starts", set.getFileName());
            return new RunningCommand(set, builder.start(), timeoutNanos, nowNanos);
        } finally {
            starts.unlock();
        }
    }

    Path set() {
        return set;
    }

    /** Passes on what it has printed, ends it when its time is over, and says whether it has ended or was left. */
    boolean look(long nowNanos) {
        boolean done = overdue ? isGone(nowNanos) || isLeft(nowNanos) : !process.isAlive();
        try {
            output.drain(done && left.isEmpty() ? Integer.MAX_VALUE : BYTES_A_LOOK);
        } catch (IOException e) {
            LOG.warn("command on {}: its output cannot be read: {}", set.getFileName(), e.getMessage());
        }
        if (done) {
            output.end();
            close();
        } else if (!overdue && timeoutNanos > 0 && nowNanos - startNanos >= timeoutNanos) {
            overdue = true;
            scan(nowNanos);
            left.forEach(ProcessHandle::destroy);
        }
        return done;
    }

    /** What went wrong with one that has ended, in a few words. */
    Optional<String> fault() {
        if (!left.isEmpty()) {
            return Optional.of("took longer than mswriter.command_timeout and cannot be ended; left running: process "
                    + left.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(", ")));
        }
        if (overdue) {
            return Optional.of("ended because it took longer than mswriter.command_timeout");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of("exit code " + process.exitValue());
    }

    /** Looks after it no more, whether or not it has ended. Idempotent. */
    @Override
    public void close() {
        session.close();
    }

    /** Whether nothing is left of one that is overdue; kills what is when that had its time to heed. */
    private boolean isGone(long nowNanos) {
        if (nowNanos - scannedNanos >= SCAN_NANOS) {
            scan(nowNanos);
            if (nowNanos - startNanos - timeoutNanos >= GRACE_NANOS && !left.isEmpty()) {
                left.forEach(ProcessHandle::destroyForcibly);
                killedNanos = OptionalLong.of(killedNanos.orElse(nowNanos));
            }
        }
        return left.isEmpty();
    }

    /** Whether it was killed so long ago that it will not end. */
    private boolean isLeft(long nowNanos) {
        return killedNanos.isPresent() && nowNanos - killedNanos.getAsLong() >= LEAVE_NANOS;
    }

    private void scan(long nowNanos) {
        left = session.running();
        scannedNanos = nowNanos;
    }
}
