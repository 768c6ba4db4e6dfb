package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about bad settings. */
class SettingsFaultsTest {
    @TempDir
    Path directory;

    @Test
    void shouldReportAllFaultsAtOnce() {
        SettingsLoader loader = new SettingsLoader()
                .text("emu.conf", """
                        [reader]
                        num_repeats = 0
                        start_chan = 12abc
                        colum = DATA
                        [transmission]
                        transport_protocol = sctp
                        rate
                        [reception]
                        memory = 99999999999999999999
                        """)
                .option("reader.num_chan=-1")
                .option("nonsense");
        SettingsException exception = catchThrowableOfType(SettingsException.class, loader::loadSender);
        assertThat(exception.faults())
                .containsExactly(
                        "emu.conf:7: 'rate' has neither = nor : in it; write key = value",
                        "emu.conf:4: unknown setting reader.colum; did you mean reader.column?",
                        "-o: 'nonsense' is not understood; write group.name=value",
                        "emu.conf:3: reader.start_chan = '12abc' is not a whole number; give 0 to 2147483647",
                        "-o: reader.num_chan = '-1' is out of range; give 0 to 2147483647",
                        "emu.conf:2: reader.num_repeats = '0' is out of range; give 1 to 2147483647",
                        "emu.conf:6: transmission.transport_protocol = 'sctp' is not known; give one of udp, tcp",
                        "emu.conf:9: reception.memory = '99999999999999999999' is out of range; give 1048576 to"
                                + " 9223372036854775807",
                        "reader.measurement_set is not set; name the Measurement Set to send as the argument or in"
                                + " the file, or give reader.synthetic");
        assertThat(exception)
                .hasMessageStartingWith("9 faults in the settings:\n  emu.conf:7: ")
                .hasMessageContaining("\n  -o: reader.num_chan = '-1'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transmission.descriptors=never | is not known; give one of every, start",
                "transmission.descriptor_interval=-1 | is out of range; give 0 to 31536000",
                "transmission.target_host=a b | is no host; give a name or an address",
                "reception.bind_hostname=http://x | is no host; give a name or an address",
                "transmission.endpoints=localhost | has 'localhost' in it, which is no endpoint; give host:port or"
                        + " host:first-last between commas, an IPv6 address in brackets",
                "transmission.endpoints=a:1,,b:2 | has '' in it, which is no endpoint; give host:port or"
                        + " host:first-last between commas, an IPv6 address in brackets",
                "transmission.endpoints=::1:5 | has '::1:5' in it, which is no endpoint; give host:port or"
                        + " host:first-last between commas, an IPv6 address in brackets",
                "transmission.endpoints=a:9-8 | has 'a:9-8' in it, whose last port is below the first",
                "transmission.endpoints=a:70000 | has port 70000 in it; ports are from 1 to 65535",
                "transmission.endpoints=a:0-5 | has port 0 in it; ports are from 1 to 65535",
                "transmission.endpoints=a:1-65535,b:1 | has more than 65535 endpoints",
                "transmission.endpoints=a b:1 | is no host; give a name or an address",
                "transmission.connect_timeout=-1 | is out of range; give 0 to 31536000",
                "reception.transport_protocol=quic | is not known; give one of udp, tcp",
                "transmission.method=spead3 | is not known; give spead2",
                "transmission.target_port_start=65536 | is out of range; give 1 to 65535",
                "reception.max_packet_size=65537 | is out of range; give 56 to 65536",
                "reception.max_packet_size=65508 | is more than a datagram holds; give 65507 at most, or"
                        + " reception.transport_protocol = tcp",
                "reception.interface=eth0 | is where to join a multicast group, but reception.bind_hostname is empty; give"
                        + " the group there, or leave the interface out",
                "reader.synthetic=16x4 | is no shape; give STATIONSxCHANNELSxDUMPS, at most 4096 stations, such as 16x1024x4",
                "reader.synthetic=4097x1x1 | is out of range; give STATIONSxCHANNELSxDUMPS, at most 4096 stations, and at"
                        + " least one of each",
                "reader.synthetic=1x0x1 | is out of range; give STATIONSxCHANNELSxDUMPS, at most 4096 stations, and at"
                        + " least one of each",
                "transmission.max_packet_size=55 | is out of range; give 56 to 65536",
                "transmission.rate=-1 | is out of range; give 0 to 4611686018427387904",
                "reception.consumer=mswriter,spead2_mswriter | names mswriter twice; give each name once",
                "reception.time_tolerance=0.6 | is out of range; give 0 to 0.5",
                "reception.allow_out_of_order=maybe | is neither true nor false; give one of true, false (yes/no,"
                        + " on/off, 1/0)",
                "reader.repeat_mode=dumps | is not known; give one of sequence, dump",
                "mswriter.max_dumps=-1 | is out of range; give 0 to 2147483647",
                "mswriter.command=run \"{ms} | has a \" without its other; close it, or write \\\""
            })
    void shouldRefuseOption(String option, String complaint) {
        int equals = option.indexOf('=');
        String shown = option.substring(0, equals) + " = '" + option.substring(equals + 1) + "'";
        assertThat(faults(new SettingsLoader().option(option))).containsExactly("-o: " + shown + " " + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transmission.max_packet_size=65508 | is more than a datagram holds; give 65507 at most, or"
                        + " transmission.transport_protocol = tcp",
                "transmission.descriptor_interval=5 | has no effect while every heap has descriptors; give"
                        + " transmission.descriptors = start as well",
                "reader.synthetic=1x2x3 | is given together with reader.measurement_set = my.ms; give one of the two"
            })
    void shouldRefuseOptionOfTheSenderThatContradictsAnother(String option, String complaint) {
        int equals = option.indexOf('=');
        String shown = option.substring(0, equals) + " = '" + option.substring(equals + 1) + "'";
        SettingsLoader loader =
                new SettingsLoader().measurementSet(Path.of("my.ms")).option(option);
        assertThat(catchThrowableOfType(SettingsException.class, loader::loadSender)
                        .faults())
                .containsExactly("-o: " + shown + " " + complaint);
    }

    @ParameterizedTest
    @CsvSource({"''", "=", ".=1", "reader=1", "reader.=1", ".start_chan=1", "start_chan", "reader.start_chan", "."})
    void shouldRefuseMalformedOption(String option) {
        assertThat(faults(new SettingsLoader().option(option)))
                .containsExactly("-o: '" + option + "' is not understood; write group.name=value");
    }

    @Test
    void shouldRefuseAnEndpointGivenTwice() {
        SettingsLoader loader =
                new SettingsLoader().measurementSet(Path.of("x")).option("transmission.endpoints=a:1-3,b:2,a:2");
        assertThat(catchThrowableOfType(SettingsException.class, loader::loadSender)
                        .faults())
                .containsExactly("-o: transmission.endpoints = 'a:1-3,b:2,a:2' has a:2 in it twice; give each stream a"
                        + " port of its own");
    }

    @Test
    void shouldRefuseAnInterfaceForOneHost() {
        SettingsLoader loader =
                new SettingsLoader().option("reception.interface=lo").option("reception.bind_hostname=127.0.0.1");
        SettingsException exception = catchThrowableOfType(SettingsException.class, loader::loadReceiver);
        assertThat(exception.faults())
                .containsExactly("-o: reception.interface = 'lo' is where to join a multicast group, but"
                        + " reception.bind_hostname = 127.0.0.1 is not the address of one; give the group there, or leave"
                        + " the interface out");
    }

    @Test
    void shouldRefuseEmptyValueWhereOneIsNeeded() {
        assertThat(faults(new SettingsLoader().option("reader.column=")))
                .containsExactly("-o: reader.column is empty; give a value");
        assertThat(faults(new SettingsLoader().text("f", "[reader]\nstart_chan =\n")))
                .containsExactly("f:2: reader.start_chan is not a whole number; give 0 to 2147483647");
    }

    @Test
    void shouldShowContinuedValuesOnOneLine() {
        assertThat(faults(new SettingsLoader().text("f", "[reader]\nstart_chan = 1\n  2\n")))
                .containsExactly("f:2: reader.start_chan = '1\\n2' is not a whole number; give 0 to 2147483647");
    }

    @Test
    void shouldRefuseKeyUnderTwoNames() {
        assertThat(faults(new SettingsLoader().text("f", "[reception]\nreceiver_port_start = 1\nport_start = 1\n")))
                .containsExactly("f:3: reception.port_start is another name of the key that is given at f:2; keep one"
                        + " of them");
    }

    @Test
    void shouldRefuseUnknownSectionsAndKeys() {
        assertThat(faults(new SettingsLoader()
                        .text("f", "[DEFAULT]\nrat = 1\n[Reader]\nstart_chan = 1\n[consumer.]\n[extra]\n")
                        .option("consumer..x=1")))
                .containsExactly(
                        "f:2: unknown setting DEFAULT.rat; did you mean transmission.rate?",
                        "f:3: unknown section [Reader]; did you mean [reader]?",
                        "f:5: unknown section [consumer.]; there are reader, transmission,"
                                + " transmission.impair, payload, reception, mswriter, telemetry and consumer.NAME",
                        "f:6: unknown section [extra]; there are reader, transmission,"
                                + " transmission.impair, payload, reception, mswriter, telemetry and consumer.NAME",
                        "-o: unknown setting consumer..x; there is no group consumer., there are reader, transmission,"
                                + " transmission.impair, payload, reception, mswriter, telemetry and consumer.NAME");
    }

    @Test
    void shouldGuessOnlyWhatIsNear() {
        assertThat(faults(new SettingsLoader()
                        .text("f", "[transmision]\nrate = 1\nratte = 1\n[sender]\nratte = 1\n")
                        .option("foo.bar=1")
                        .option("reader.zoom=1")))
                .containsExactly(
                        "f:1: unknown section [transmision]; did you mean [transmission]?",
                        "f:3: unknown setting transmission.ratte; did you mean transmission.rate?",
                        "f:5: unknown setting sender.ratte; did you mean transmission.rate?",
                        "-o: unknown setting foo.bar; there is no group foo, there are reader, transmission,"
                                + " transmission.impair, payload, reception, mswriter, telemetry and consumer.NAME",
                        "-o: unknown setting reader.zoom; none has a name like it; --help lists them all");
    }

    @Test
    void shouldCheckWhatStandsInAMistypedSectionAsIfItsNameWereRight() {
        assertThat(faults(new SettingsLoader()
                        .text(
                                "f",
                                "[DEFAULT]\nring_heaps = 1\n[recption]\nring_heaps = x\nreceiver_port_start = 65500\n")
                        .option("transmission.num_streams=512")))
                .satisfiesExactly(
                        section -> assertThat(section)
                                .isEqualTo("f:3: unknown section [recption]; did you mean [reception]?"),
                        value -> assertThat(value).startsWith("f:4: reception.ring_heaps = 'x' "),
                        rule -> assertThat(rule).startsWith("-o: transmission.num_streams = '512' from port 65500"));
        assertThat(faults(new SettingsLoader()
                        .text("f", "[recption]\nbind_hostname = 239.1.2.3\n")
                        .option("reception.interface=lo")))
                .as("the interface is one to join a group")
                .containsExactly("f:1: unknown section [recption]; did you mean [reception]?");
        assertThat(faults(new SettingsLoader().text("f", "[reader]\nnum_chan = 2\n[readr]\nnum_chan = 4\n")))
                .containsExactly("f:3: unknown section [readr]; did you mean [reader]?");
    }

    @Test
    void shouldRefuseBothWaysToDivideChannels() {
        String text = "[transmission]\nchannels_per_stream = 4\nnum_streams = 2\n";
        String fault =
                "f:3: transmission.num_streams = '2' is given together with transmission.channels_per_stream = 4;"
                        + " give one of the two";
        assertThat(faults(new SettingsLoader().text("f", text))).containsExactly(fault);
        SettingsLoader sender = new SettingsLoader().text("f", text).measurementSet(Path.of("x"));
        assertThat(catchThrowableOfType(SettingsException.class, sender::loadSender)
                        .faults())
                .containsExactly(fault);
        assertThat(new SettingsLoader()
                        .text("f", text)
                        .option("transmission.channels_per_stream=0")
                        .loadReceiver()
                        .streams()
                        .streamCount())
                .hasValue(2);
    }

    @Test
    void shouldRefusePortsPastTheLast() {
        assertThat(faults(new SettingsLoader()
                        .option("reception.receiver_port_start=65530")
                        .option("reception.num_ports=7")))
                .containsExactly(
                        "-o: reception.num_ports = '7' from port 65530 (reception.receiver_port_start) on would"
                                + " need port 65536; the last one is 65535");
        assertThat(faults(new SettingsLoader()
                        .option("reception.receiver_port_start=65530")
                        .option("transmission.num_streams=7")))
                .hasSize(1);
        assertThat(new SettingsLoader()
                        .option("reception.receiver_port_start=65530")
                        .option("reception.num_ports=6")
                        .loadReceiver()
                        .reception()
                        .portCount())
                .hasValue(6);
    }

    @Test
    void shouldRefuseMulticastGroupsOverTcp() {
        assertThat(faults(new SettingsLoader()
                        .option("reception.transport_protocol=tcp")
                        .option("reception.bind_hostname=239.1.2.3")))
                .containsExactly(
                        "-o: reception.bind_hostname = '239.1.2.3' is a multicast group, which TCP cannot reach;"
                                + " give a unicast address, or reception.transport_protocol = udp");
        SettingsLoader target = new SettingsLoader()
                .option("transmission.transport_protocol=tcp")
                .option("transmission.target_host=ff15::1")
                .measurementSet(Path.of("x"));
        assertThat(catchThrowableOfType(SettingsException.class, target::loadSender)
                        .faults())
                .containsExactly(
                        "-o: transmission.target_host = 'ff15::1' is a multicast group, which TCP cannot reach;"
                                + " give a unicast address, or transmission.transport_protocol = udp");
        SettingsLoader listed = new SettingsLoader()
                .option("transmission.transport_protocol=tcp")
                .option("transmission.endpoints=localhost:1,239.1.2.3:2")
                .measurementSet(Path.of("x"));
        assertThat(catchThrowableOfType(SettingsException.class, listed::loadSender)
                        .faults())
                .containsExactly("-o: transmission.endpoints = 'localhost:1,239.1.2.3:2' has the multicast group"
                        + " 239.1.2.3 in it, which TCP cannot reach; give unicast addresses, or"
                        + " transmission.transport_protocol = udp");
    }

    @Test
    void shouldReportFilesThatCannotBeRead() throws IOException {
        Path missing = directory.resolve("missing.conf");
        assertThat(faults(new SettingsLoader().file(missing)))
                .containsExactly(missing + ": there is no such file; name a settings file with -c");
        assertThat(faults(new SettingsLoader().file(directory)))
                .singleElement()
                .asString()
                .startsWith(directory + ": cannot be read: ");
        Path latin1 = Files.write(directory.resolve("latin1.conf"), new byte[] {'[', (byte) 0xE4, ']'});
        assertThat(faults(new SettingsLoader().file(latin1)))
                .containsExactly(latin1 + ": is not text in UTF-8; save it as such");
    }

    private static List<String> faults(SettingsLoader loader) {
        SettingsException exception = catchThrowableOfType(SettingsException.class, loader::loadReceiver);
        assertThat(exception).as("faults").isNotNull();
        return exception.faults();
    }
}
