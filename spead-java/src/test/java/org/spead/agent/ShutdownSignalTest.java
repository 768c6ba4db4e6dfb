package org.spead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real signals to a virtual machine of its own. */
@Timeout(60)
class ShutdownSignalTest {
    private static final int FORCED = 7;

    /** Says what it is asked for, and lives on until it is forced. */
    static final class Stubborn {
        private Stubborn() {}

        public static void main(String[] arguments) throws IOException {
            boolean caught = ShutdownSignal.onFirst(
                    () -> System.out.println("asked to stop"),
                    () -> Runtime.getRuntime().halt(FORCED));
            System.out.println(caught ? "ready" : "cannot catch signals");
            int end = System.in.read();
            throw new AssertionError("the test is over: " + end);
        }
    }

    @Test
    void shouldAskOnceAndLeaveTheForcedEndToTheProgram() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stubborn.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            long start = System.nanoTime();
            program.toHandle().destroy();
            assertThat(said.readLine()).isEqualTo("asked to stop");
            while (!program.waitFor(50, TimeUnit.MILLISECONDS)) {
                program.toHandle().destroy();
            }
            assertThat(System.nanoTime() - start)
                    .as("signals within a second are one")
                    .isGreaterThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(program.exitValue()).isEqualTo(FORCED);
            assertThat(said.readLine()).as("it was asked once").isNull();
        } finally {
            program.destroyForcibly();
        }
    }
}
