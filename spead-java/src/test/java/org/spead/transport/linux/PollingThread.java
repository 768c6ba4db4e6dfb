package org.spead.transport.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A thread that makes one call, and of which another can know that it waits in the kernel for a packet: so that a wake-up is
 * known to come while it waits, not before.
 */
final class PollingThread {
    /** The number of ppoll, as the kernel's list for each kind of machine has it. */
    private static final String PPOLL = switch (System.getProperty("os.arch")) {
        case "amd64" -> "271";
        case "aarch64" -> "73";
        default -> throw new AssertionError("the number of ppoll is not known here");
    };

    private final CompletableFuture<Path> task = new CompletableFuture<>();
    private final CompletableFuture<Integer> outcome = new CompletableFuture<>();

    private PollingThread() {}

    static PollingThread start(Callable<Integer> call) {
        PollingThread polling = new PollingThread();
        Thread thread = new Thread(() -> polling.run(call), "polling");
        thread.setDaemon(true);
        thread.start();
        return polling;
    }

    private void run(Callable<Integer> call) {
        try {
            task.complete(Path.of("/proc/thread-self").toRealPath());
            outcome.complete(call.call());
        } catch (Throwable e) {
            task.completeExceptionally(e);
            outcome.completeExceptionally(e);
        }
    }

    /** Returns when the thread waits in the kernel; fails when its call has returned instead. */
    void awaitPolling() throws Exception {
        Path call = task.get(20, TimeUnit.SECONDS).resolve("syscall");
        while (!Files.readString(call).startsWith(PPOLL + " ")) {
            assertThat(outcome).as("the call that should wait").isNotDone();
            Thread.onSpinWait();
        }
    }

    /** What the call returned or threw. */
    CompletableFuture<Integer> outcome() {
        return outcome;
    }
}
