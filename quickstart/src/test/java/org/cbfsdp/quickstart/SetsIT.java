package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cbfsdp.quickstart.Programs.Outcome;
import org.cbfsdp.quickstart.Programs.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reception into several sets, and a command that is run on each; 12 dumps of 36 baselines are sent. */
class SetsIT {
    private static final String SET = "low8_both_4pol.ms";
    private static final String NAME = "it's \"my\" set $HOME";

    @TempDir
    Path folder;

    private Programs programs;
    private int port;

    @BeforeEach
    void unpack() throws Exception {
        programs = new Programs(folder);
        programs.unpack(SET);
        port = FreePorts.first(1);
    }

    /** A command that waits for the gate must not outlive the test; the gate is gone with the folder before it has looked. */
    @AfterEach
    void close() throws IOException {
        programs.close();
        if (Files.exists(folder.resolve("began"))) {
            ProcessHandle.of(began()).filter(this::isCommand).ifPresent(command -> {
                command.destroyForcibly();
                command.onExit().join();
            });
        }
    }

    /** The command reads the set with python-casacore while the receiver writes the next one. */
    @Test
    void shouldRunTheCommandOnEachOfSeveralSets() throws Exception {
        Path command = script("""
                #!/usr/bin/python3
                import sys
                from casacore.tables import table
                assert sys.argv[1] == "two words" and sys.argv[2].startswith("in=")
                t = table(sys.argv[2][3:], ack=False)
                history = table(t.getkeyword("HISTORY"), ack=False)
                print("rows", t.nrows(), "history", history.nrows())
                with open("rows", "a") as f:
                    f.write("%s|%d|%d\\n" % (sys.argv[2][3:], t.nrows(), history.nrows()))
                """);
        Outcome outcome = receive(
                "reception.outputfilename=" + NAME + ".ms",
                "mswriter.max_dumps=5",
                "mswriter.command='" + command + "' \"two words\" in={ms}");

        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
        Path real = folder.toRealPath();
        assertThat(Files.readAllLines(folder.resolve("rows")))
                .containsExactly(
                        real.resolve(NAME + ".000001.ms") + "|180|1",
                        real.resolve(NAME + ".000002.ms") + "|180|1",
                        real.resolve(NAME + ".000003.ms") + "|72|1");
        assertThat(outcome.errors()).contains("command on " + NAME + ".000003.ms: rows 72 history 1");
        assertThat(programs.python("""
                from casacore.tables import table
                from glob import escape, glob
                a, b = table(sorted(glob(escape(%s) + ".*.ms")), ack=False), table("%s", ack=False)
                same = all((a.getcol(c) == b.getcol(c)).all() for c in ("DATA", "FLAG", "TIME", "UVW", "ANTENNA2"))
                print(a.nrows(), same)
                """.formatted("'" + NAME.replace("'", "\\'") + "'", SET)))
                .isEqualTo("432 True");
    }

    @Test
    void shouldReportACommandThatFailsAndWriteOn() throws Exception {
        Path command = script("#!/bin/sh\necho \"sorry: $1\" >&2\ncase $1 in *2.ms) exit 7;; esac\n");
        Outcome outcome = receive("mswriter.max_dumps=4", "mswriter.command=\"" + command + "\"");

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.output().lines())
                .contains("consumer mswriter failed: mswriter.command failed on 1 of 3 sets, which are there:"
                        + " out.000002.ms: exit code 7");
        assertThat(outcome.errors())
                .contains(
                        " WARN ", "command on out.000002.ms failed: exit code 7", "command on out.000002.ms: sorry: /");
        assertThat(rows("out.000003.ms")).isEqualTo("144 1");
    }

    @Test
    void shouldRefuseToStartWhenTheProgramIsMissing() throws Exception {
        Program receiver = receiver("mswriter.command=no-such-program {ms}");
        Outcome outcome = receiver.finish();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaints())
                .containsExactly("emu-recv: consumer mswriter cannot start: mswriter.command: there is no program"
                        + " no-such-program in any folder of PATH");
        assertThat(outcome.output()).doesNotContain("Ready");
        assertThat(folder.resolve("out.ms")).doesNotExist();
    }

    /** Ctrl-C goes to all processes of a terminal's foreground: the command must not notice. */
    @Test
    void shouldWaitForTheCommandsWhenInterrupted() throws Exception {
        Path command = script(
                "#!/bin/sh\necho $$ > pid\nmv pid began\nuntil [ -e gate ]; do sleep 0.02; done\necho $1 >> done\n");
        Program receiver = receiver("mswriter.max_dumps=2", "mswriter.command='" + command + "'");
        receiver.awaitLine("Ready: ");
        programs.start(
                Programs.SEND,
                SET,
                "-o",
                "transmission.target_port_start=" + port,
                "-o",
                "transmission.time_interval=0.5");
        await("a command", "began");
        receiver.signalGroup("INT");
        receiver.awaitLog("; a second Ctrl-C ends it");
        assertThat(folder.resolve("done")).doesNotExist();
        Files.writeString(folder.resolve("gate"), "open");
        Outcome outcome = receiver.finish();

        assertThat(outcome.exitCode()).as("%s", outcome).isIn(0, 3);
        assertThat(outcome.lastLine()).endsWith("; it was stopped");
        try (Stream<Path> files = Files.list(folder.toRealPath())) {
            assertThat(Files.readAllLines(folder.resolve("done")))
                    .as("sets that the command ran on")
                    .containsExactlyElementsOf(files.map(Path::toString)
                            .filter(file -> file.matches(".*/out\\.\\d{6}\\.ms"))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void shouldEndWithItsCommandWhenInterruptedTwice() throws Exception {
        Path command = script(
                "#!/bin/sh\ntrap '' INT TERM\necho $$ > pid\nmv pid began\nuntil [ -e gate ]; do sleep 0.02; done\n");
        Program receiver = receiver("mswriter.max_dumps=1", "mswriter.command='" + command + "'");
        receiver.awaitLine("Ready: ");
        send("reader.num_timestamps=2");
        await("a command", "began");
        long pid = began();
        receiver.signalGroup("INT");
        receiver.awaitLog("a second Ctrl-C ends it");
        // Those within a second of the first are one with it.
        Programs.await("the end", () -> {
            receiver.signalGroup("INT");
            return !receiver.process().isAlive();
        });

        Outcome outcome = receiver.finish();
        assertThat(outcome.exitCode()).isEqualTo(130);
        assertThat(outcome.errors().lines().filter(line -> line.endsWith(".ms starts")))
                .as("commands, of which none is started when one is killed")
                .hasSize(1);
        Programs.await(
                "the end of the command",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(rows("out.000001.ms")).isEqualTo("36 1");
        assertThat(rows("out.000002.ms")).isEqualTo("36 1");
    }

    private Outcome receive(String... options) throws Exception {
        Program receiver = receiver(options);
        receiver.awaitLine("Ready: ");
        send();
        return receiver.finish();
    }

    /** Its own process group, as a shell makes of what is typed into it. */
    private Program receiver(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("setsid", Programs.RECV));
        Stream.concat(
                        Stream.of(
                                "reception.receiver_port_start=" + port,
                                "reception.datamodel=" + SET,
                                "reception.outputfilename=out.ms"),
                        Stream.of(options))
                .forEach(option -> command.addAll(List.of("-o", option)));
        return programs.start(command.toArray(String[]::new));
    }

    private void send(String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Programs.SEND, SET, "-o", "transmission.target_port_start=" + port));
        Stream.of(options).forEach(option -> command.addAll(List.of("-o", option)));
        Outcome outcome = programs.run(command.toArray(String[]::new));
        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    }

    private void await(String what, String file) {
        Programs.await(what, () -> Files.exists(folder.resolve(file)));
    }

    /** The command that runs, or the last that ran. */
    private long began() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("began")).strip());
    }

    /** Not another that was given its number meanwhile. */
    private boolean isCommand(ProcessHandle process) {
        return process.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.endsWith("/a command"));
    }

    private String rows(String set) throws Exception {
        return programs.python("""
                from casacore.tables import table
                t = table("%s", ack=False)
                print(t.nrows(), table(t.getkeyword("HISTORY"), ack=False).nrows())
                """.formatted(set));
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("a command"), text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
