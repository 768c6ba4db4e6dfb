package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cbfsdp.quickstart.Programs.Outcome;
import org.cbfsdp.quickstart.Programs.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a run does not come to its own end; 12 dumps of 36 baselines are sent, one every half second. */
class InterruptionIT {
    private static final String SET = "low8_both_4pol.ms";
    private static final int BASELINES = 36;

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

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void shouldReportAndCloseItsSetWhenTheReceiverIsTerminated() throws Exception {
        Program receiver = receiver();
        sender();
        awaitDumps();
        receiver.signal("TERM");
        Outcome outcome = receiver.finish();

        assertThat(outcome.exitCode()).as("%s", outcome).isIn(0, 3);
        assertThat(outcome.lastLine()).startsWith("Received ").endsWith("; it was stopped");
        assertThat(outcome.complaints()).isEmpty();
        assertThatSetIsWhole(dumps(outcome.lastLine()));
    }

    @Test
    void shouldEndTheStreamsWhenTheSenderIsInterrupted() throws Exception {
        Program receiver = receiver();
        Program sender = sender();
        awaitDumps();
        sender.signal("INT");
        Outcome sent = sender.finish();
        Outcome received = receiver.finish();

        assertThat(sent.exitCode()).as("%s", sent).isEqualTo(1);
        assertThat(sent.lastLine()).matches("Sent .* [1-9]\\d* of 12 dumps in 1 streams; it was stopped");
        assertThat(received.exitCode()).as("%s", received).isZero();
        assertThat(received.lastLine()).endsWith("; every stream has ended");
        assertThat(sent.lastLine()).contains(": " + dumps(received.lastLine()) + " of 12 dumps");
        assertThatSetIsWhole(dumps(received.lastLine()));
    }

    @Test
    void shouldEndWhenNothingComesAnyMore() throws Exception {
        Program receiver = receiver("reception.idle_timeout=1");
        Program sender = sender();
        awaitDumps();
        sender.signal("KILL");
        Outcome outcome = receiver.finish();

        assertThat(outcome.exitCode()).as("%s", outcome).isIn(0, 3);
        assertThat(outcome.lastLine()).endsWith("; nothing came for 1 s (reception.idle_timeout)");
        assertThatSetIsWhole(dumps(outcome.lastLine()));
    }

    /**
     * Signals within a second of the first are one with it, and after two seconds the sender gives up by itself: a machine that stands
     * still between the two has another try.
     */
    @Test
    void shouldNotWaitForASlowHeapWhenInterruptedTwice() throws Exception {
        int exitCode = 1;
        for (int tries = 0; exitCode == 1 && tries < 5; tries++) {
            Program sender = sender("transmission.rate=10");
            sender.awaitLog("stream 0: channels");
            Programs.await("the end", () -> {
                sender.signal("INT");
                return !sender.process().isAlive();
            });
            exitCode = sender.finish().exitCode();
        }
        assertThat(exitCode).isEqualTo(130);
    }

    @Test
    void shouldTellOfADiskThatIsFullAndFail() throws Exception {
        programs.unpack("low16_both_4pol.ms");
        String limited = "ulimit -f 1024; exec \"$0\" \"$@\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", limited));
        command.addAll(receiverCommand("reception.datamodel=low16_both_4pol.ms"));
        Program receiver = programs.start(command.toArray(String[]::new));
        receiver.awaitLine("Ready: ");
        Outcome sent =
                programs.run(Programs.SEND, "low16_both_4pol.ms", "-o", "transmission.target_port_start=" + port);
        Outcome outcome = receiver.finish();

        assertThat(sent.exitCode()).isZero();
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.output().lines().filter(line -> line.startsWith("consumer mswriter failed: ")))
                .singleElement()
                .asString()
                .contains("Measurement Set out.ms: ", " failed: ", "out.ms/");
        assertThat(outcome.lastLine()).startsWith("Received ");
        assertThat(outcome.complaints()).isEmpty();
    }

    private Program receiver(String... options) throws Exception {
        Program receiver = programs.start(receiverCommand(options).toArray(String[]::new));
        receiver.awaitLine("Ready: ");
        return receiver;
    }

    private List<String> receiverCommand(String... options) {
        List<String> command = new ArrayList<>(List.of(Programs.RECV));
        Stream.concat(
                        Stream.of(
                                "reception.receiver_port_start=" + port,
                                "reception.datamodel=" + SET,
                                "reception.outputfilename=out.ms",
                                "mswriter.flush_interval=0.1"),
                        Stream.of(options))
                .forEach(option -> command.addAll(List.of("-o", option)));
        return command;
    }

    private Program sender(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.SEND, SET));
        Stream.concat(
                        Stream.of("transmission.target_port_start=" + port, "transmission.time_interval=0.5"),
                        Stream.of(options))
                .forEach(option -> command.addAll(List.of("-o", option)));
        return programs.start(command.toArray(String[]::new));
    }

    /** Waits until some visibilities are on the disk. */
    private void awaitDumps() throws IOException {
        long before = size(folder.resolve("out.ms"));
        Programs.await("growth of the set", () -> size(folder.resolve("out.ms")) > before + 10_000);
    }

    private static long size(Path set) {
        try (Stream<Path> files = Files.list(set)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int dumps(String lastLine) {
        return Integer.parseInt(lastLine.replaceFirst(".*\\), (\\d+) dumps .*", "$1"));
    }

    /** As python-casacore sees it: the first dumps of the sent set, nothing else. */
    private void assertThatSetIsWhole(int dumps) throws Exception {
        assertThat(dumps).isBetween(1, 11);
        String found = programs.python("""
                from casacore.tables import table
                a, b = [table(p, ack=False) for p in ("out.ms", "%s")]
                n = a.nrows()
                same = all((a.getcol(c) == b.getcol(c, 0, n)).all() for c in ("DATA", "FLAG", "TIME", "UVW"))
                print(n, same, table("out.ms/HISTORY", ack=False).nrows())
                """.formatted(SET));
        assertThat(found).isEqualTo(dumps * BASELINES + " True 1");
    }
}
