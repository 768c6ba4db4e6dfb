package org.cbfsdp.recv.consumer.mswriter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.ProcessSession;

/**
 * A command at work on one set. It has to be looked after, and costs no thread of ours. One that takes too long has ended only when
 * all that it has started has: nothing of it runs on beside the next. Confined to one thread.
 */
final class RunningCommand {
    private static final Logger LOG = LogManager.getLogger(RunningCommand.class);
    private static final File NOTHING = new File("/dev/null");
    private static final int BYTES_A_LOOK = 1 << 18;
    /** From asking a command to end to ending it. */
    private static final long GRACE_NANOS = 5_000_000_000L;

    private final Path set;
    private final Process process;
    private final ProcessSession session;
    private final CommandOutput output;
    private final long timeoutNanos;
    private final long startNanos;
    private boolean overdue;

    private RunningCommand(Path set, Process process, long timeoutNanos, long nowNanos) {
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
        LOG.info("command on {} starts", set.getFileName());
        Process process = new ProcessBuilder(command.on(set))
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .start();
        return new RunningCommand(set, process, timeoutNanos, nowNanos);
    }

    Path set() {
        return set;
    }

    /** Passes on what it has printed, ends it when its time is over, and says whether it has ended. */
    boolean look(long nowNanos) {
        boolean alive = process.isAlive() || (overdue && !session.running().isEmpty());
        try {
            output.drain(alive ? BYTES_A_LOOK : Integer.MAX_VALUE);
        } catch (IOException e) {
            LOG.warn("command on {}: its output cannot be read: {}", set.getFileName(), e.getMessage());
        }
        if (alive) {
            endWhenOverdue(nowNanos);
        } else {
            output.end();
            session.close();
        }
        return !alive;
    }

    /** What went wrong with one that has ended, in a few words. */
    Optional<String> fault() {
        if (overdue) {
            return Optional.of("ended because it took longer than mswriter.command_timeout");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of("exit code " + process.exitValue());
    }

    private void endWhenOverdue(long nowNanos) {
        long ranNanos = nowNanos - startNanos;
        if (timeoutNanos == 0 || ranNanos < timeoutNanos) {
            return;
        }
        if (!overdue) {
            overdue = true;
            session.running().forEach(ProcessHandle::destroy);
        } else if (ranNanos - timeoutNanos >= GRACE_NANOS) {
            session.running().forEach(ProcessHandle::destroyForcibly);
        }
    }
}
