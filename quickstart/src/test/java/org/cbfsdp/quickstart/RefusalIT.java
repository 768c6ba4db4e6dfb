package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.quickstart.Programs.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be used is refused before anything is done: exit code 2, and one clear sentence a fault. */
class RefusalIT {
    private static final String SET = "low8_both_4pol.ms";
    private static final String OUTPUT = "out.ms";

    @TempDir
    Path folder;

    private Programs programs;

    @BeforeEach
    void unpack() throws Exception {
        programs = new Programs(folder);
        programs.unpack(SET);
    }

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void shouldNotOverwriteASetThatIsThere() throws Exception {
        Path mine = Files.createDirectory(folder.resolve(OUTPUT)).resolve("mine");
        Files.writeString(mine, "mine");
        assertThat(complaint(receive()))
                .isEqualTo(
                        "emu-recv: consumer mswriter cannot start: out.ms exists already and is not overwritten unless"
                                + " mswriter.overwrite = true");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void shouldNameAModelThatIsGone() throws Exception {
        assertThat(complaint(receive("reception.datamodel=gone.ms")))
                .startsWith("emu-recv: reception.datamodel: Measurement Set gone.ms cannot be opened: ")
                .endsWith("does not exist");
        assertThat(folder.resolve(OUTPUT)).doesNotExist();
    }

    @Test
    void shouldNameASetToSendThatIsGone() throws Exception {
        assertThat(complaint(send("gone.ms")))
                .startsWith("emu-send: Measurement Set gone.ms cannot be opened: ")
                .endsWith("does not exist (reader.measurement_set)");
    }

    @Test
    void shouldSayThatAModelIsNoTable() throws Exception {
        Files.createDirectory(folder.resolve("folder.ms"));
        assertThat(complaint(receive("reception.datamodel=folder.ms")))
                .startsWith("emu-recv: reception.datamodel: Measurement Set folder.ms cannot be opened: ")
                .endsWith("is not a casacore table, it has no table.dat");
    }

    @Test
    void shouldSayThatATableIsNoMeasurementSet() throws Exception {
        assertThat(complaint(send(SET + "/ANTENNA")))
                .isEqualTo("emu-send: low8_both_4pol.ms/ANTENNA is a casacore table but no Measurement Set: it has no"
                        + " column TIME (reader.measurement_set)");
    }

    @Test
    void shouldSayThatAPortIsInUseAndLeaveNoSetBehind() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(FreePorts.first(1))) {
            assertThat(complaint(receive("reception.receiver_port_start=" + taken.getLocalPort())))
                    .isEqualTo("emu-recv: cannot receive at *:" + taken.getLocalPort()
                            + ": bind failed: Address already in use (EADDRINUSE)"
                            + " (stream 0: reception.bind_hostname, reception.receiver_port_start)");
        }
        assertThat(folder.resolve(OUTPUT)).doesNotExist();
    }

    @Test
    void shouldNameAHostThatIsUnknown() throws Exception {
        String host = "no-such-host.invalid";
        assertThat(complaint(send(SET, "transmission.target_host=" + host)))
                .isEqualTo("emu-send: there is no host called " + host
                        + " (stream 0: transmission.target_host, transmission.target_port_start)");
        assertThat(complaint(receive("reception.bind_hostname=" + host)))
                .isEqualTo("emu-recv: there is no host called " + host
                        + " (stream 0: reception.bind_hostname, reception.receiver_port_start)");
    }

    @Test
    void shouldNameTheNearestKeyAndTheLineOfAWrongOne() throws Exception {
        Files.writeString(folder.resolve("my.conf"), "[transmission]\n\nchanels_per_stream = 4\n");
        assertThat(faults(programs.run(Programs.SEND, "-c", "my.conf", SET)))
                .containsExactly("my.conf:3: unknown setting transmission.chanels_per_stream; did you mean"
                        + " transmission.channels_per_stream?");
    }

    @Test
    void shouldSayWhatIsWrongWithANumber() throws Exception {
        assertThat(faults(send(SET, "transmission.rate=fast")))
                .containsExactly("-o: transmission.rate = 'fast' is not a whole number; give 0 to 4611686018427387904");
    }

    @Test
    void shouldRefuseTransportsAndDescriptorsThatAreUnknown() throws Exception {
        assertThat(faults(send(SET, "transmission.transport_protocol=quic", "transmission.descriptors=never")))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).contains("is not known; give one of"));
    }

    @Test
    void shouldRefuseMulticastGroupsOverTcp() throws Exception {
        assertThat(faults(send(SET, "transmission.transport_protocol=tcp", "transmission.target_host=239.1.1.1")))
                .singleElement()
                .asString()
                .contains("is a multicast group, which TCP cannot reach; give a unicast address");
        assertThat(faults(receive("reception.transport_protocol=tcp", "reception.bind_hostname=ff02::1")))
                .singleElement()
                .asString()
                .contains("is a multicast group, which TCP cannot reach; give a unicast address");
    }

    @Test
    void shouldNameTheTcpPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(complaint(receive(
                            "reception.transport_protocol=tcp",
                            "reception.receiver_port_start=" + taken.getLocalPort())))
                    .isEqualTo("emu-recv: cannot listen at *:" + taken.getLocalPort()
                            + ": Address already in use"
                            + " (stream 0: reception.bind_hostname, reception.receiver_port_start)");
        }
    }

    @Test
    void shouldSayThatNobodyListensOverTcp() throws Exception {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(0));
            int port = bound.getLocalPort();
            Outcome outcome = send(
                    SET,
                    "transmission.transport_protocol=tcp",
                    "transmission.target_port_start=" + port,
                    "transmission.connect_timeout=0.2");
            assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
            assertThat(outcome.complaints())
                    .containsExactly(
                            "emu-send: cannot connect to 127.0.0.1:" + port + ": Connection refused, tried for 0.2 s"
                                    + " (stream 0: transmission.target_host, transmission.target_port_start)");
        }
    }

    @Test
    void shouldNameAFileOfSettingsThatIsMissing() throws Exception {
        assertThat(faults(programs.run(Programs.SEND, "-c", "gone.conf", SET)))
                .containsExactly("gone.conf: there is no such file; name a settings file with -c");
    }

    @Test
    void shouldTellAllFaultsAtOnce() throws Exception {
        Files.writeString(folder.resolve("my.conf"), "[reader]\nstart_chan = -1\n[recption]\nring_heaps = 4\n");
        Outcome outcome =
                programs.run(Programs.RECV, "-c", "my.conf", "-o", "nonsense", "-o", "mswriter.overwrite=perhaps");
        assertThat(faults(outcome)).hasSize(4);
        assertThat(outcome.errors())
                .contains(
                        "my.conf:2: reader.start_chan",
                        "my.conf:3: unknown section [recption]; did you mean [reception]?",
                        "'nonsense'")
                .contains("mswriter.overwrite = 'perhaps'");
    }

    @Test
    void shouldRefuseAStartPastTheLastChannel() throws Exception {
        assertThat(complaint(send(SET, "reader.start_chan=16")))
                .isEqualTo("emu-send: Measurement Set low8_both_4pol.ms has channels 0 to 15, so that reading cannot"
                        + " start at channel 16 (reader.start_chan)");
        assertThat(complaint(receive("reader.start_chan=16")))
                .isEqualTo("emu-recv: reader.start_chan = 16 is past the last channel of the data model, 15");
    }

    @Test
    void shouldListTheConsumersForAnUnknownOne() throws Exception {
        assertThat(complaint(receive("reception.consumer=writer")))
                .isEqualTo("emu-recv: reception.consumer: there is no consumer called writer; known are mswriter, null,"
                        + " or give the full name of a class");
    }

    @Test
    void shouldAskForTheNumberOfStreamsWhenNothingTells() throws Exception {
        assertThat(complaint(programs.run(Programs.RECV, "-o", "reception.consumer=null")))
                .startsWith("emu-recv: the number of streams is not known: give reception.num_ports, or a data model");
    }

    @Test
    void shouldRefuseAnUnknownOptionWithoutPrintingAllHelp() throws Exception {
        assertThat(complaint(programs.run(Programs.SEND, "--nonsense")))
                .isEqualTo("emu-send: Unknown option: '--nonsense'; see emu-send --help");
    }

    private Outcome send(String set, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.SEND, set));
        for (String option : options) {
            command.addAll(List.of("-o", option));
        }
        return programs.run(command.toArray(String[]::new));
    }

    private Outcome receive(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Programs.RECV));
        command.addAll(List.of("-o", "reception.receiver_port_start=" + FreePorts.first(1)));
        command.addAll(List.of("-o", "reception.datamodel=" + SET, "-o", "reception.outputfilename=" + OUTPUT));
        for (String option : options) {
            command.addAll(List.of("-o", option));
        }
        return programs.run(command.toArray(String[]::new));
    }

    /** The one sentence of a program that refused. */
    private static String complaint(Outcome outcome) {
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
        assertThat(outcome.complaints()).hasSize(1);
        return outcome.complaints().get(0);
    }

    /** The sentences below the title of a program that refused its settings. */
    private static List<String> faults(Outcome outcome) {
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
        List<String> lines = outcome.complaints();
        int count = lines.size() - 1;
        assertThat(lines.get(0)).endsWith(": " + count + (count == 1 ? " fault" : " faults") + " in the settings:");
        return lines.stream().skip(1).map(String::strip).toList();
    }
}
