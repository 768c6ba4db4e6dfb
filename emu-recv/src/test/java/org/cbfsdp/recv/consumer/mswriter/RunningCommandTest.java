package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that no signal of ours reaches, as one of another user or one that waits for a dead disk. */
@Timeout(60)
class RunningCommandTest {
    private static final long SECOND_NANOS = 1_000_000_000;

    private Process real;
    private RunningCommand command;

    @BeforeEach
    void start() throws Exception {
        real = new ProcessBuilder("setsid", "sleep", "60").start();
        command = new RunningCommand(Path.of("a.ms"), new Unkillable(real), 10 * SECOND_NANOS, 0);
    }

    @AfterEach
    void end() throws InterruptedException {
        command.close();
        real.destroyForcibly().waitFor();
    }

    @Test
    void shouldLeaveWhatCannotBeKilledAndNameIt() {
        assertThat(command.look(10 * SECOND_NANOS)).isFalse();
        assertThat(command.look(14 * SECOND_NANOS)).isFalse();
        // Late, as when a large dump was written: what is killed only now has its time still.
        assertThat(command.look(30 * SECOND_NANOS)).isFalse();
        assertThat(command.look(34 * SECOND_NANOS)).isFalse();
        assertThat(command.look(35 * SECOND_NANOS)).isTrue();
        assertThat(command.fault())
                .contains("took longer than mswriter.command_timeout and cannot be ended; left running: process "
                        + real.pid());
    }

    @Test
    void shouldHaveEndedWhenTheLastOfItHas() throws InterruptedException {
        assertThat(command.look(10 * SECOND_NANOS)).isFalse();
        assertThat(command.look(16 * SECOND_NANOS)).isFalse();
        real.destroyForcibly().waitFor();
        assertThat(command.look(17 * SECOND_NANOS)).isTrue();
        assertThat(command.fault()).contains("ended because it took longer than mswriter.command_timeout");
    }

    /** Is what {@code real} is, and does not heed. */
    private static final class Unkillable extends Process {
        private final Process real;
        private final ProcessHandle handle;

        Unkillable(Process real) {
            this.real = real;
            this.handle = (ProcessHandle) Proxy.newProxyInstance(
                    ProcessHandle.class.getClassLoader(),
                    new Class<?>[] {ProcessHandle.class},
                    (proxy, method, arguments) -> method.getName().startsWith("destroy")
                            ? (Object) false
                            : method.invoke(real.toHandle(), arguments));
        }

        @Override
        public ProcessHandle toHandle() {
            return handle;
        }

        @Override
        public OutputStream getOutputStream() {
            return real.getOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return real.getInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return real.getErrorStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return real.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return real.waitFor(timeout, unit);
        }

        @Override
        public int exitValue() {
            return real.exitValue();
        }

        @Override
        public void destroy() {
            // It does not heed.
        }
    }
}
