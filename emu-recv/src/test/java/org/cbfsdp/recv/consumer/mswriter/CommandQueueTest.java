package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ProcessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real commands, driven by the one thread that owns them; the time they may take is a test's to say, and a look takes a little. */
@Timeout(60)
class CommandQueueTest {
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long LOOK_NANOS = 10_000_000;
    private static final int CAPACITY = 4;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(5);
    private Path log;
    private Path gate;
    private CommandQueue queue;

    @BeforeEach
    void prepare() {
        log = folder.resolve("log");
        gate = folder.resolve("gate");
    }

    /** What still waits for the gate must not outlive the test; the gate is gone with the folder before it has looked. */
    @AfterEach
    void end() {
        ProcessSession.killAll();
    }

    @Test
    void shouldHandTheNameOfTheSetOverAsItIs() throws IOException {
        Path set = folder.resolve("it's \"my\" $HOME *;`id` -x.ms");
        queue(0, script("printf '%s|' \"$@\" >> ../log"), "a b", "in={ms}", "$HOME");
        run(set);
        assertThat(log).hasContent("a b|in=" + set + "|$HOME|");
    }

    @Test
    void shouldAppendTheSetWhenItIsNamedNowhere() throws IOException {
        queue(0, script("printf '%s|' \"$@\" >> ../log"), "", "x");
        run(folder.resolve("one.ms"));
        assertThat(log).hasContent("|x|" + folder.resolve("one.ms") + "|");
    }

    @Test
    void shouldRunOneAtATimeInOrderAndNotWait() throws IOException {
        queue(0, script("echo begin $1 >> ../log; until [ -e ../gate ]; do sleep 0.01; done; echo end $1 >> ../log"));
        List<String> expected = new ArrayList<>();
        for (String name : List.of("a.ms", "b.ms", "c.ms")) {
            queue.add(folder.resolve(name));
            expected.addAll(List.of("begin " + folder.resolve(name), "end " + folder.resolve(name)));
        }
        await(() -> lines(log).size() == 1);
        assertThat(queue.look()).as("whether there is more to do").isTrue();
        assertThat(lines(log)).containsExactly(expected.get(0));
        Files.writeString(gate, "open");
        queue.close();
        assertThat(lines(log)).containsExactlyElementsOf(expected);
        assertThat(queue.look()).isFalse();
    }

    @Test
    void shouldRunApartFromTheTerminalWithoutInput() throws IOException {
        queue(0, script("cat; cut -d' ' -f6 /proc/$$/stat > ../log; echo $$ >> ../log"));
        run(folder.resolve("one.ms"));
        List<String> ids = lines(log);
        assertThat(ids.get(0)).as("leader, and itself").isEqualTo(ids.get(1));
    }

    @Test
    void shouldNotStopACommandThatPrintsMoreThanAPipeHolds() throws IOException {
        queue(
                0,
                script("i=0; while [ $i -lt 4000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done"
                        + "; echo done > ../log"));
        run(folder.resolve("one.ms"));
        assertThat(log).hasContent("done");
    }

    @Test
    void shouldSayOnWhichSetsItFailedAndRunOnTheOthers() throws IOException {
        queue(0, script("echo $1 >> ../log; case $1 in *1.ms|*3.ms|*5.ms|*7.ms) exit 3;; esac"));
        for (int i = 0; i < 9; i++) {
            queue.add(folder.resolve(i + ".ms"));
            await(() -> !queue.look());
        }
        assertThatThrownBy(queue::close)
                .isInstanceOf(ConsumerException.class)
                .hasMessage("mswriter.command failed on 4 of 9 sets, which are there: " + folder.resolve("1.ms")
                        + ": exit code 3; " + folder.resolve("3.ms") + ": exit code 3; " + folder.resolve("5.ms")
                        + ": exit code 3; and 1 more");
        assertThat(lines(log)).hasSize(9);
    }

    @Test
    void shouldEndACommandThatTakesTooLongAndRunTheNext() throws IOException {
        queue(
                10 * SECOND_NANOS,
                script("echo $1 >> ../log; case $1 in *a.ms) until [ -e ../gate ]; do sleep 0.01; done;; esac"));
        queue.add(folder.resolve("a.ms"));
        queue.add(folder.resolve("b.ms"));
        await(() -> lines(log).size() == 1);
        nanos.addAndGet(9 * SECOND_NANOS);
        assertThat(queue.look()).isTrue();
        nanos.addAndGet(SECOND_NANOS);
        assertThatThrownBy(queue::close)
                .hasMessage("mswriter.command failed on 1 of 2 sets, which are there: " + folder.resolve("a.ms")
                        + ": ended because it took longer than mswriter.command_timeout");
        assertThat(lines(log)).hasSize(2);
    }

    @Test
    void shouldKillACommandThatDoesNotHeed() throws IOException {
        queue(SECOND_NANOS, script("trap '' TERM; echo $$ >> ../log; until [ -e ../gate ]; do sleep 0.01; done"));
        queue.add(folder.resolve("a.ms"));
        await(() -> lines(log).size() == 1);
        String pid = lines(log).get(0);
        nanos.addAndGet(SECOND_NANOS);
        assertThat(queue.look()).isTrue();
        nanos.addAndGet(4 * SECOND_NANOS);
        assertThat(queue.look()).as("within the time to heed").isTrue();
        nanos.addAndGet(SECOND_NANOS);
        assertThatThrownBy(queue::close).hasMessageContaining("mswriter.command_timeout");
        assertThat(runs(pid)).isFalse();
    }

    /** The shell dies of SIGTERM; what it has started does not, and is nobody's descendant from then on. */
    @Test
    void shouldRunNothingBesideWhatIsLeftOfACommandThatTookTooLong() throws IOException {
        queue(
                SECOND_NANOS,
                script("case $1 in *b.ms) echo b >> ../log; exit;; esac\n"
                        + "sh -c 'trap \"\" TERM; echo $0 $$ >> ../log; until [ -e ../gate ]; do sleep 0.01; done;"
                        + " echo survived >> ../log' $$\ntrue"));
        queue.add(folder.resolve("a.ms"));
        queue.add(folder.resolve("b.ms"));
        await(() -> lines(log).size() == 1);
        String[] pids = lines(log).get(0).split(" ", -1);
        nanos.addAndGet(SECOND_NANOS);
        assertThat(queue.look()).isTrue();
        await(() -> !runs(pids[0]));
        nanos.addAndGet(4 * SECOND_NANOS);
        assertThat(queue.look()).isTrue();
        assertThat(runs(pids[1])).as("within the time to heed").isTrue();
        assertThat(lines(log)).as("the next waits").hasSize(1);
        nanos.addAndGet(SECOND_NANOS);
        await(() -> {
            queue.look();
            return !runs(pids[1]);
        });
        assertThatThrownBy(queue::close).hasMessageContaining("failed on 1 of 2 sets");
        assertThat(lines(log)).hasSize(2).endsWith("b");
    }

    @Test
    void shouldTellSetsThatAreTooManyToWait() throws IOException {
        queue(0, script("echo $1 >> ../log; until [ -e ../gate ]; do sleep 0.01; done"));
        for (int i = 0; i < 1 + CAPACITY + 2; i++) {
            queue.add(folder.resolve(i + ".ms"));
        }
        Files.writeString(gate, "open");
        assertThatThrownBy(queue::close)
                .hasMessage("mswriter.command failed on 2 of 7 sets, which are there: " + folder.resolve("5.ms")
                        + ": not run: 4 sets were waiting already; " + folder.resolve("6.ms")
                        + ": not run: 4 sets were waiting already");
        assertThat(lines(log)).hasSize(1 + CAPACITY);
    }

    @Test
    void shouldTellAProgramThatIsGoneByThen() throws IOException {
        Path script = script("true");
        queue(0, script);
        Files.delete(script);
        queue.add(folder.resolve("a.ms"));
        assertThatThrownBy(queue::close)
                .hasMessageContaining("failed on 1 of 1 sets")
                .hasMessageContaining(": exit code 127");
    }

    @Test
    void shouldRefuseAProgramThatIsNotThere() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "no program");
        assertThatThrownBy(() -> SetCommand.find(List.of("no-such-program", "x")))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("mswriter.command: there is no program no-such-program in any folder of PATH");
        assertThatThrownBy(() -> SetCommand.find(List.of(plain.toString())))
                .hasMessage("mswriter.command: there is no program " + plain + " that can be run");
        assertThatThrownBy(() -> SetCommand.find(List.of(folder + "/")))
                .hasMessage("mswriter.command: there is no program " + folder + "/ that can be run");
        assertThatCode(() -> SetCommand.find(List.of("true"))).doesNotThrowAnyException();
    }

    private void queue(long timeoutNanos, Path program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(List.of(arguments));
        queue = new CommandQueue(SetCommand.find(words), CAPACITY, timeoutNanos, () -> nanos.addAndGet(LOOK_NANOS));
    }

    private void run(Path set) {
        queue.add(set);
        queue.close();
    }

    /** Runs in a folder of its own, beside the log and the gate. */
    private Path script(String text) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("a bin"));
        Path script = Files.writeString(bin.resolve("script"), "#!/bin/sh\ncd '" + bin + "'\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** One that has ended may be listed until its parent has asked for its exit code. */
    private static boolean runs(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
