package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EmuSendTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-c", "-o"})
    void shouldRefuseAWrongCommandLineInOneSentence(String argument) {
        assertThat(execute(argument)).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("emu-send: ")
                        .contains(argument)
                        .endsWith("; see emu-send --help"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldRefuseTwoSets() {
        assertThat(execute("one.ms", "two.ms")).isEqualTo(2);
        assertThat(err.toString()).contains("two.ms").contains("see emu-send --help");
    }

    @Test
    void shouldNameASetThatIsNotThere(@TempDir Path folder) {
        assertThat(execute(folder.resolve("gone.ms").toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("emu-send: Measurement Set " + folder.resolve("gone.ms") + " cannot be opened"));
    }

    @Test
    void shouldLeadToTheSettingsInItsHelp() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("transmission.target_host", "reader.num_repeats", "payload.fd", "Exit codes:")
                .doesNotContain("reception.", "%%", "generate-completion");
    }

    private int execute(String... arguments) {
        CommandLine commandLine = EmuSend.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
