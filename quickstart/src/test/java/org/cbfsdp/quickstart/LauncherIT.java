package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers: where they may be called from, what they heed, and that nothing comes between program and caller. */
class LauncherIT {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path folder;

    /** A symbolic link with blanks in its path, to the whole distribution. */
    private Path linked;

    @BeforeEach
    void link() throws IOException {
        Path parent = Files.createDirectory(folder.resolve("a folder with blanks"));
        linked = Files.createSymbolicLink(
                parent.resolve("emulator of mine"), Path.of(System.getProperty("distribution.home")));
    }

    /** JUnit would remove them as well, but warns of each. */
    @AfterEach
    void unlink() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldStartThroughSymbolicLinksAndPathsWithBlanks(String program) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("my " + program), linked.resolve("bin/" + program));

        Outcome outcome = Outcome.of(new ProcessBuilder(link.toString(), "--version").directory(folder.toFile()));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).startsWith(program + " ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldPassArgumentsWithBlanksAndTheExitCode(String program) throws Exception {
        Outcome outcome = Outcome.of(start(program, "-c", "no such * file.conf"));

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).contains("no such * file.conf");
    }

    @Test
    void shouldSayWhenJavaHomeIsWrong() throws Exception {
        ProcessBuilder builder = start("emu-send", "--version");
        builder.environment().put("JAVA_HOME", "/no/such java");

        Outcome outcome = Outcome.of(builder);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .isEqualTo("emu-send: JAVA_HOME is /no/such java, but there is no bin/java in it\n");
    }

    @Test
    void shouldSayWhenThereIsNoJava() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : new String[] {"dirname", "readlink", "sh"}) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        ProcessBuilder builder = start("emu-recv", "--version");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", bin.toString());

        Outcome outcome = Outcome.of(builder);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).startsWith("emu-recv: there is no java: ").hasLineCount(1);
    }

    @Test
    void shouldPassFlagsOfTheVirtualMachine() throws Exception {
        ProcessBuilder builder = start("emu-send", "--version");
        builder.environment().put("JAVA_OPTS", "-XX:+UseSerialGC -XshowSettings:properties");

        assertThat(Outcome.of(builder).output()).contains("java.version = ");
    }

    @Test
    void shouldBecomeTheProgramSoThatSignalsReachIt() throws Exception {
        Path log = folder.resolve("receiver.log");
        Process process = start(
                        "emu-recv",
                        "-o",
                        "reception.consumer=null",
                        "-o",
                        "reception.num_ports=1",
                        "-o",
                        "reception.receiver_port_start=" + FreePorts.first(1))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Awaiting.line(process, log, "Ready: ");

            process.destroy();

            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log)).contains("Received 0 heaps");
        } finally {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder start(String program, String... arguments) {
        ProcessBuilder builder =
                new ProcessBuilder(linked.resolve("bin").resolve(program).toString());
        builder.command().addAll(List.of(arguments));
        return builder.directory(folder.toFile());
    }
}
