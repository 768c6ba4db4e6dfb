package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cbfsdp.quickstart.Programs.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the programs are started, and what they say of themselves. */
class LauncherIT {
    private static final Pattern GROUP = Pattern.compile("(?m)^## (\\S+)$");

    @TempDir
    Path folder;

    private Programs programs;

    @BeforeEach
    void start() {
        programs = new Programs(folder);
    }

    @AfterEach
    void close() {
        programs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldTellEverySettingInItsHelp(String program) throws Exception {
        Outcome outcome = programs.run(bin(program), "--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.errors()).isEmpty();
        List<String> settings = settings(program);
        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(outcome.output()).contains(settings);
        assertThat(outcome.output().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldTellItsVersion(String program) throws Exception {
        Outcome outcome = programs.run(bin(program), "--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output().strip()).matches(program + " \\d+\\.\\d+\\.\\d+\\S*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldCompleteInAShell(String program) throws Exception {
        Outcome outcome = programs.run(bin(program), "generate-completion");
        assertThat(outcome.exitCode()).isZero();
        Path script = Files.writeString(folder.resolve("completion.sh"), outcome.output());
        assertThat(outcome.output()).contains("complete ").contains(program);
        assertThat(programs.run("bash", "-n", script.toString())).isEqualTo(new Outcome(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"emu-send", "emu-recv"})
    void shouldStartThroughALinkFromAnyFolder(String program) throws Exception {
        Path links = Files.createDirectory(folder.resolve("links with blanks"));
        Path first = Files.createSymbolicLink(links.resolve("first"), Path.of(bin(program)));
        Path second = Files.createSymbolicLink(links.resolve("second"), first.getFileName());
        assertThat(programs.run(second.toString(), "--version").output()).startsWith(program + " ");
        String relative = folder.toRealPath()
                .relativize(Path.of(bin(program)).toRealPath())
                .toString();
        assertThat(programs.run(relative, "--version").output()).startsWith(program + " ");
    }

    @Test
    void shouldNameAJavaHomeThatHasNone() throws Exception {
        Outcome outcome = programs.start(Map.of("JAVA_HOME", "/nowhere"), Programs.SEND, "--version")
                .finish();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaints())
                .containsExactly("emu-send: JAVA_HOME is /nowhere, but there is no bin/java in it");
    }

    @Test
    void shouldShowNoProgressBarInAPipe() throws Exception {
        programs.unpack("low8_both_4pol.ms");
        Outcome outcome = programs.run(
                Programs.SEND,
                "low8_both_4pol.ms",
                "-o",
                "transmission.target_port_start=" + FreePorts.first(1),
                "-o",
                "transmission.time_interval=0.05");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output() + outcome.errors()).doesNotContain("\r", "\u001b", "[=", "ETA");
        assertThat(outcome.output().lines()).singleElement().asString().startsWith("Sent ");
    }

    private static String bin(String program) {
        return Programs.DISTRIBUTION.resolve("bin").resolve(program).toString();
    }

    /** {@code group.name} of every row in the table of settings that the program heeds. */
    private static List<String> settings(String program) throws Exception {
        String table = Files.readString(Programs.ROOT.resolve("docs/settings.md"));
        return GROUP.matcher(table)
                .results()
                .map(MatchResult::start)
                .flatMap(start -> {
                    String section = table.substring(start).split("\n## ", 2)[0];
                    String group = section.lines().findFirst().orElseThrow().substring(3);
                    return section.lines()
                            .filter(line -> line.startsWith("| `") && line.contains(program))
                            .map(line -> group + "." + line.split("`", 3)[1]);
                })
                .toList();
    }
}
