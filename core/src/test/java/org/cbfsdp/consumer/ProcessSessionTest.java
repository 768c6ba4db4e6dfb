package org.cbfsdp.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command whose first process ends and leaves another behind, which is nobody's descendant then and heeds no SIGTERM. */
@Timeout(60)
class ProcessSessionTest {
    @TempDir
    Path folder;

    private ProcessSession session;
    private Process first;
    private ProcessHandle orphan;

    @BeforeEach
    void orphan() throws Exception {
        first = new ProcessBuilder(
                        "setsid",
                        "sh",
                        "-c",
                        "sh -c 'trap \"\" TERM; echo $$ > new; mv new pid; until [ -e gate ]; do sleep 0.01; done' &"
                                + " until [ -e pid ]; do sleep 0.01; done")
                .directory(folder.toFile())
                .start();
        session = new ProcessSession(first.toHandle());
        assertThat(first.waitFor()).isZero();
        orphan = ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .orElseThrow();
        assertThat(first.descendants()).isEmpty();
    }

    @AfterEach
    void end() {
        // Not by the gate, which is gone with the folder before the process has looked.
        ProcessSession.killAll();
        if (session != null) {
            session.close();
        }
        if (orphan != null) {
            orphan.destroyForcibly();
        }
    }

    @Test
    void shouldFindWhatHasLostItsParentAndForgetWhatHasEnded() throws IOException {
        assertThat(session.running()).contains(orphan).doesNotContain(first.toHandle(), ProcessHandle.current());
        Files.writeString(folder.resolve("gate"), "open");
        await(() -> session.running().isEmpty());
    }

    @Test
    void shouldKillWhatIsLeftWhenTheProgramIsToBeGone() {
        ProcessSession.killAll();
        await(() -> session.running().isEmpty());
    }

    @Test
    void shouldNotWaitForEverForAStartThatHangs() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        Thread starting = new Thread(() -> {
            ProcessSession.starts().lock();
            try {
                held.countDown();
                killed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                ProcessSession.starts().unlock();
            }
        });
        starting.start();
        held.await();
        long begunNanos = System.nanoTime();
        Thread.currentThread().interrupt();
        ProcessSession.killAllForGood();
        assertThat(Thread.interrupted()).as("still told").isTrue();
        assertThat(System.nanoTime() - begunNanos).as("waited in spite of it").isGreaterThan(900_000_000);
        await(() -> session.running().isEmpty());
        killed.countDown();
        starting.join();
    }

    @Test
    void shouldLeaveAloneWhatWasClosed() {
        session.close();
        ProcessSession.killAll();
        assertThat(session.running()).contains(orphan);
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
