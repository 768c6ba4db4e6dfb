package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EmuRecvTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "-c", "-o"})
    void shouldRefuseAWrongCommandLineInOneSentence(String argument) {
        assertThat(execute(argument)).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("emu-recv: ")
                        .contains(argument)
                        .endsWith("; see emu-recv --help"));
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4:", "4:8:1", "a:b", "-1:4"})
    void shouldRefuseChannelsOfAnotherForm(String channels) {
        assertThat(execute("compare", "a.ms", "b.ms", "--channels", channels)).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .isEqualTo("emu-recv compare: --channels " + channels
                                + " is not START:COUNT, two whole numbers such as 4:8; see emu-recv compare --help"));
    }

    /** Linux has a file to which nothing can be written. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "compare --help"})
    void shouldFailWhenItsResultCannotBeWritten(String arguments) throws IOException {
        CommandLine commandLine = EmuRecv.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(EmuRecv.execute(commandLine, full, arguments.split(" "))).isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .containsExactly("emu-recv: standard output cannot be written: No space left on device");
        err.getBuffer().setLength(0);
        assertThat(EmuRecv.execute(commandLine, OutputStream.nullOutputStream(), arguments.split(" ")))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldRefuseToCompareOneSet() {
        assertThat(execute("compare", "a.ms")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("'B'")
                .contains("compare --help");
    }

    @Test
    void shouldNameASetToCompareThatIsNotThere(@TempDir Path folder) {
        Path gone = folder.resolve("gone.ms");
        assertThat(execute("compare", gone.toString(), gone.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("emu-recv: Measurement Set " + gone + " cannot be opened");
    }

    @Test
    void shouldNotStartWithoutAKnownNumberOfStreams() {
        assertThat(execute("-o", "reception.consumer=null")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("emu-recv: the number of streams is not known");
    }

    @Test
    void shouldRefuseATelemetryPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "telemetry.port=" + taken.getLocalPort();
            assertThat(execute("-o", "reception.consumer=null", "-o", "reception.num_ports=1", "-o", port))
                    .isEqualTo(2);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("emu-recv: telemetry.port = " + taken.getLocalPort() + " on 127.0.0.1");
        }
    }

    @Test
    @Timeout(60)
    void shouldSayInOneSentenceThatTheTransportAskedForCannotBeHad() throws IOException, InterruptedException {
        ChildProgram.Outcome outcome = ChildProgram.run(
                List.of("-Dcbfsdp.native.net=/nonexistent/lib.so"),
                "-o",
                "reception.transport=linux",
                "-o",
                "reception.warm_up=60",
                "-o",
                "reception.consumer=null",
                "-o",
                "reception.num_ports=1");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lines())
                .filteredOn(line -> !line.contains(" INFO "))
                .singleElement()
                .asString()
                .startsWith("emu-recv: reception.transport = linux cannot be had: ")
                .contains("/nonexistent/lib.so")
                .endsWith("; auto or nio works without");
    }

    @Test
    @Timeout(30)
    void shouldRefuseADataModelBeforeItPractises(@TempDir Path folder) {
        Path gone = folder.resolve("gone.ms");
        assertThat(execute("-o", "reception.datamodel=" + gone, "-o", "reception.warm_up=60"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("emu-recv: reception.datamodel: Measurement Set " + gone);
    }

    @Test
    void shouldLeadToTheSettingsInItsHelp() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("reception.datamodel", "mswriter.overwrite", "transmission.num_streams", "compare")
                .doesNotContain("target_host", "%%", "generate-completion");
    }

    private int execute(String... arguments) {
        CommandLine commandLine = EmuRecv.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
