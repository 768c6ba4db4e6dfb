package org.cbfsdp.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Waits for what another process says. Used by one thread. */
final class Awaiting {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_MILLIS = 50;

    private Awaiting() {}

    /** Waits for a line in a process's output; one that ends or stays silent is a failure. */
    static void line(Process process, Path log, String beginning) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (Files.readAllLines(log).stream().anyMatch(line -> line.startsWith(beginning))) {
                return;
            }
            if (ended || System.nanoTime() > deadline) {
                throw new AssertionError("no line '" + beginning + "' in: " + Files.readString(log));
            }
        }
    }
}
