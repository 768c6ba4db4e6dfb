package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.cbfsdp.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void shouldRefuseAnEventLogThatCannotBeWritten(@TempDir Path folder) {
        Path log = folder.resolve("gone/events.jsonl");
        assertThat(execute("-o", "reader.synthetic=2x4x3", "-o", "telemetry.event_log=" + log))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("emu-send: telemetry.event_log = " + log + " cannot be written: there is no directory "
                        + log.getParent());
    }

    /** Linux has a file to which nothing can be written. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "pcap %s -o reader.synthetic=2x4x1"})
    void shouldFailWhenItsSummaryCannotBeWritten(String arguments, @TempDir Path folder) throws IOException {
        String[] words = String.format(arguments, folder.resolve("sent.pcap")).split(" ");
        CommandLine commandLine = EmuSend.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(EmuSend.execute(commandLine, full, words)).isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .containsExactly("emu-send: standard output cannot be written: No space left on device");
        err.getBuffer().setLength(0);
        assertThat(EmuSend.execute(commandLine, OutputStream.nullOutputStream(), words))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldLeadToTheSettingsInItsHelp() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("transmission.target_host", "reader.num_repeats", "payload.fd", "Exit codes:")
                .doesNotContain("\n  reception.", "\n  mswriter.", "%%", "generate-completion");
    }

    @Test
    void shouldNameTheSettingThatDoesNotFitTheChannels() {
        assertThat(execute("-o", "reader.synthetic=2x4x1", "-o", "transmission.num_streams=5"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "emu-send: transmission.num_streams = 5 is more than the 4 channels that are read; give 1 to 4");
    }

    @Test
    @Timeout(60)
    void shouldSayInOneSentenceThatTheTransportAskedForCannotBeHad() throws IOException, InterruptedException {
        ChildProgram.Outcome outcome = ChildProgram.run(
                List.of("-Dcbfsdp.native.net=/nonexistent/lib.so"),
                "-o",
                "reader.synthetic=2x4x1",
                "-o",
                "transmission.transport=linux",
                "-o",
                "transmission.warm_up=60");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lines())
                .filteredOn(line -> !line.contains(" INFO "))
                .singleElement()
                .asString()
                .startsWith("emu-send: transmission.transport = linux cannot be had: ")
                .contains("/nonexistent/lib.so")
                .endsWith("; auto or nio works without");
    }

    @Test
    @Timeout(60)
    void shouldSayInOneSentenceThatThereAreTooManyBaselinesForTheMemory() throws IOException, InterruptedException {
        ChildProgram.Outcome outcome = ChildProgram.run(List.of("-Xmx48m"), "-o", "reader.synthetic=4096x1x1");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lines())
                .singleElement()
                .asString()
                .startsWith("emu-send: there is not enough memory for the 8390656 baselines of the 4096 stations of"
                        + " reader.synthetic (Java heap space)");
    }

    @ParameterizedTest
    @Timeout(30)
    @ValueSource(strings = {"transmission.num_streams=5", "transmission.endpoints=a:1-2", "reader.start_chan=4"})
    void shouldRefuseSettingsBeforeItPractises(String setting) {
        assertThat(execute("-o", "reader.synthetic=2x4x1", "-o", "transmission.warm_up=60", "-o", setting))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("emu-send: " + setting.substring(0, setting.indexOf('=')));
    }

    @Test
    void shouldSendMadeUpData() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String port = "transmission.target_port_start=" + socket.getLocalPort();
            assertThat(execute("-o", "reader.synthetic=2x4x3", "-o", "reader.num_repeats=2", "-o", port))
                    .isZero();
        }
        assertThat(out.toString()).contains("6 of 6 dumps in 1 streams");
    }

    /** The settings may be right: the receiver is not there. */
    @Test
    void shouldFailWhenNobodyTakesTheConnection() throws IOException {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(0));
            int port = bound.getLocalPort();
            assertThat(execute(
                            "-o",
                            "reader.synthetic=2x4x1",
                            "-o",
                            "transmission.transport_protocol=tcp",
                            "-o",
                            "transmission.connect_timeout=0",
                            "-o",
                            "transmission.target_port_start=" + port))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("emu-send: cannot connect to 127.0.0.1:" + port + ": Connection refused");
        }
    }

    @Test
    @Timeout(60)
    void shouldRefuseASettingsFileThatHasNoEnd() {
        for (String device : List.of("/dev/zero", "/dev/urandom")) {
            err.getBuffer().setLength(0);
            assertThat(execute("-c", device, "-o", "reader.synthetic=2x4x1")).isEqualTo(2);
            assertThat(err.toString().lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .isEqualTo("  " + device
                            + ": is longer than 1048576 bytes, so it is no settings file; name one with -c");
        }
    }

    @Test
    void shouldSayWhichArgumentOfACaptureComesFirst(@TempDir Path folder) {
        assertThat(execute("pcap", folder.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("emu-send pcap: FILE.pcap comes first, but " + folder
                        + " is a directory; write FILE.pcap MEASUREMENT_SET; see emu-send pcap --help");
    }

    /** The last of a capture is written when it is closed. */
    @Test
    void shouldFailWithASummaryWhenTheDiskIsFull() {
        assertThat(execute("pcap", "/dev/full", "-o", "reader.synthetic=2x4x2")).isEqualTo(1);
        assertThat(out.toString()).contains("the capture is cut off").contains("/dev/full");
    }

    @Test
    void shouldTellItsOwnFaultsFromTheUsers() {
        CommandLine commandLine = EmuSend.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        CommandLine.IExecutionExceptionHandler explain = commandLine.getExecutionExceptionHandler();
        assertThat(explained(explain, commandLine, new IllegalArgumentException("ours")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("internal error: ", "ours", "\tat ");
        err.getBuffer().setLength(0);
        assertThat(explained(explain, commandLine, new SettingsException("theirs")))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("emu-send: theirs");
    }

    private static int explained(
            CommandLine.IExecutionExceptionHandler handler, CommandLine commandLine, Exception exception) {
        try {
            return handler.handleExecutionException(exception, commandLine, null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int execute(String... arguments) {
        CommandLine commandLine = EmuSend.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
