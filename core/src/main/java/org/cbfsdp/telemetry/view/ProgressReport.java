package org.cbfsdp.telemetry.view;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cbfsdp.telemetry.status.StatusSnapshot;

/**
 * Writes snapshots for whoever watches the program: on a terminal one block that is refreshed in its place, elsewhere a line each.
 * Called by the telemetry's thread; {@link #close} when that calls no more.
 *
 * <p>The cursor rests on an empty line above the block. What others write there, such as a line of the log, stays, and the next
 * block is drawn below it.
 */
public final class ProgressReport implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final String ERASE_BELOW = "\u001b[J";

    private final PrintStream out;
    private final boolean onTerminal;
    private boolean drawn;

    /**
     * Writes nothing yet.
     *
     * @param onTerminal whether {@code out} understands escape codes, and somebody may be looking
     */
    public ProgressReport(PrintStream out, boolean onTerminal) {
        this.out = out;
        this.onTerminal = onTerminal;
    }

    /** One on standard error. */
    public static ProgressReport onStandardError() {
        return new ProgressReport(System.err, standardErrorIsTerminal());
    }

    /** Whether standard error goes to a terminal. */
    public static boolean standardErrorIsTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes one snapshot. */
    public void show(StatusSnapshot snapshot) {
        if (onTerminal) {
            String block = "\n" + TerminalView.render(snapshot);
            long lines = block.chars().filter(c -> c == '\n').count();
            out.print("\r" + ERASE_BELOW + block + "\u001b[" + lines + "A");
            drawn = true;
        } else {
            out.println(LineView.render(snapshot));
        }
        out.flush();
    }

    /** Makes room for what the program says at its end. Idempotent. */
    @Override
    public void close() {
        if (drawn) {
            drawn = false;
            out.print("\r" + ERASE_BELOW);
            out.flush();
        }
    }
}
