package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What good settings become. */
class SettingsLoaderTest {
    @TempDir
    Path directory;

    @Test
    void shouldLoadSenderDefaults() {
        SenderSettings settings =
                new SettingsLoader().measurementSet(Path.of("my.ms")).loadSender();
        assertThat(settings.reader())
                .isEqualTo(new ReaderSettings(
                        Optional.of(Path.of("my.ms")),
                        Optional.empty(),
                        0,
                        0,
                        0,
                        1,
                        ReaderSettings.RepeatMode.SEQUENCE,
                        "DATA",
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        268_435_456));
        assertThat(settings.transmission())
                .isEqualTo(new TransmissionSettings(
                        TransmissionSettings.Method.SPEAD2,
                        TransportProtocol.UDP,
                        SocketTransport.AUTO,
                        "127.0.0.1",
                        41000,
                        List.of(),
                        new StreamDivision(0, OptionalInt.empty()),
                        1472,
                        1_073_741_824,
                        10,
                        1,
                        1,
                        List.of(),
                        -1,
                        1,
                        0xBEEF,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        10_000_000_000L,
                        TransmissionSettings.Descriptors.EVERY,
                        0,
                        300_000_000L));
        assertThat(settings.payload())
                .isEqualTo(new PayloadSettings(
                        PayloadSettings.Method.ICD,
                        false,
                        PayloadSettings.FractionOfData.FLAGS,
                        PayloadSettings.ChannelIdBase.SET,
                        0,
                        0,
                        1));
    }

    @Test
    void shouldLoadReceiverDefaults() {
        ReceiverSettings settings = new SettingsLoader().loadReceiver();
        assertThat(settings.reception())
                .isEqualTo(new ReceptionSettings(
                        ReceptionSettings.Method.SPEAD2,
                        Optional.empty(),
                        41000,
                        OptionalInt.empty(),
                        TransportProtocol.UDP,
                        SocketTransport.AUTO,
                        Optional.empty(),
                        16,
                        1,
                        32,
                        false,
                        9200,
                        OptionalInt.empty(),
                        true,
                        536_870_912,
                        0,
                        ReceptionSettings.Eviction.AUTO,
                        Optional.empty(),
                        List.of("mswriter"),
                        Path.of("recv-vis.ms"),
                        0,
                        10_000_000_000L,
                        1,
                        List.of(),
                        200_000_000,
                        0.01,
                        3600,
                        1024,
                        ReceptionSettings.ConsumerOverflow.DROP_NEWEST,
                        Optional.empty()));
        assertThat(settings.streams()).isEqualTo(new StreamDivision(0, OptionalInt.empty()));
        assertThat(settings.msWriter())
                .isEqualTo(new MsWriterSettings(
                        false,
                        10_000_000_000L,
                        MsWriterSettings.FlagFromFd.ALWAYS,
                        false,
                        1_048_576,
                        Optional.empty(),
                        false,
                        0,
                        List.of(),
                        3_600_000_000_000L));
        assertThat(settings.consumerOptions()).isEmpty();
    }

    @Test
    void shouldLoadFileOfTheOriginalEmulatorForBothPrograms() {
        String text = """
                [transmission]

                method = spead2_transmitters
                target_host = 127.0.0.1
                target_port_start = 41000
                channels_per_stream = 1
                rate = 247000

                [reader]

                [payload]

                method = icd

                [reception]

                method = spead2_receivers
                receiver_port_start = 41000
                consumer = spead2_mswriter
                datamodel = tests/data/gleam-model.ms
                outputfilename = tests/data/recv-vis.ms
                """;
        SenderSettings sender = new SettingsLoader()
                .text("original.conf", text)
                .measurementSet(Path.of("x.ms"))
                .loadSender();
        assertThat(sender.transmission().rateBytesPerSecond()).isEqualTo(247_000);
        assertThat(sender.transmission().streams().channelsPerStream()).isEqualTo(1);
        ReceiverSettings receiver =
                new SettingsLoader().text("original.conf", text).loadReceiver();
        assertThat(receiver.streams().channelsPerStream()).isEqualTo(1);
        assertThat(receiver.reception().consumers()).containsExactly("mswriter");
        assertThat(receiver.reception().dataModel()).contains(Path.of("tests/data/gleam-model.ms"));
    }

    @Test
    void shouldLetOptionsWinOverTheFileAndTheArgumentOverAll() {
        SenderSettings settings = new SettingsLoader()
                .option("reader.start_chan=7")
                .option(" reader.num_chan = 5 ")
                .option("reader.num_chan=9")
                .option("transmission.Scan_ID=0x10")
                .option("reader.measurement_set=option.ms")
                .measurementSet(Path.of("argument.ms"))
                .text("f", "[reader]\nstart_chan = 1\nnum_timestamps = 3\nmeasurement_set = file.ms\n")
                .loadSender();
        assertThat(settings.reader().startChannel()).isEqualTo(7);
        assertThat(settings.reader().channelCount()).isEqualTo(9);
        assertThat(settings.reader().dumpCount()).isEqualTo(3);
        assertThat(settings.reader().measurementSet()).contains(Path.of("argument.ms"));
        assertThat(settings.transmission().scanId()).isEqualTo(16);
    }

    @Test
    void shouldLetAnEmptyOptionUnsetWhatTheFileSets() {
        ReceiverSettings settings = new SettingsLoader()
                .text("f", "[reception]\nnum_ports = 4\nbind_hostname = 10.0.0.1\n")
                .option("reception.num_ports=")
                .loadReceiver();
        assertThat(settings.reception().portCount()).isEmpty();
        assertThat(settings.reception().bindHost()).contains("10.0.0.1");
    }

    @Test
    void shouldTakeAsLargePacketsAsTheProtocolBrings() {
        assertThat(new SettingsLoader().loadReceiver().reception().maxPacketBytes())
                .isEqualTo(9200);
        SettingsLoader tcp = new SettingsLoader().option("reception.transport_protocol=tcp");
        assertThat(tcp.loadReceiver().reception().maxPacketBytes()).isEqualTo(65_536);
        SettingsLoader given = new SettingsLoader()
                .option("reception.transport_protocol=tcp")
                .option("reception.max_packet_size=1472");
        assertThat(given.loadReceiver().reception().maxPacketBytes()).isEqualTo(1472);
    }

    @Test
    void shouldInheritDefaultSection() {
        String text = "[DEFAULT]\nmax_packet_size = 8000\nmax_heaps = 3\n[reception]\nmax_heaps = 9\n";
        SenderSettings sender = new SettingsLoader()
                .text("f", text)
                .measurementSet(Path.of("x"))
                .loadSender();
        assertThat(sender.transmission().maxPacketBytes()).isEqualTo(8000);
        assertThat(sender.transmission().maxHeaps()).isEqualTo(3);
        ReceiverSettings receiver = new SettingsLoader().text("f", text).loadReceiver();
        assertThat(receiver.reception().maxPacketBytes()).isEqualTo(8000);
        assertThat(receiver.reception().maxHeaps()).isEqualTo(9);
    }

    @Test
    void shouldAcceptAliasesOfKeys() {
        assertThat(new SettingsLoader()
                        .text("f", "[reception]\nport_start = 5000\n")
                        .loadReceiver()
                        .reception()
                        .portStart())
                .isEqualTo(5000);
        assertThat(new SettingsLoader()
                        .text("f", "[reception]\nreceiver_port_start = 5000\n")
                        .option("reception.port_start=6000")
                        .loadReceiver()
                        .reception()
                        .portStart())
                .isEqualTo(6000);
    }

    @Test
    void shouldPassConsumerSectionsThroughAsWritten() {
        ReceiverSettings settings = new SettingsLoader()
                .text("f", """
                        [DEFAULT]
                        rate = 5
                        [consumer.org.example.Plot]
                        Width = 640 ; px
                        list =
                          a
                          b
                        [consumer.empty]
                        """)
                .option("consumer.org.example.Plot.width=800")
                .option("consumer.other.x=${env:HOME}")
                .loadReceiver();
        assertThat(settings.optionsOf("org.example.Plot"))
                .isEqualTo(Map.of("width", "800", "list", "\na\nb", "rate", "5"));
        assertThat(settings.optionsOf("other")).isEqualTo(Map.of("x", "${env:HOME}"));
        assertThat(settings.optionsOf("nobody")).isEmpty();
        assertThatThrownBy(() -> settings.optionsOf("other").put("x", "y"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldKeepInterpolationAndSeparatorsInValues() {
        ReceiverSettings settings = new SettingsLoader()
                .text("f", "[reception]\noutputfilename = ${env:HOME}/%(x)s/a,b;c#d.ms\n")
                .loadReceiver();
        assertThat(settings.reception().outputPath()).isEqualTo(Path.of("${env:HOME}/%(x)s/a,b;c#d.ms"));
    }

    @Test
    void shouldReadEndpoints() {
        assertThat(new SettingsLoader()
                        .option("transmission.endpoints=a.example:41000-41002, [ff15::1]:7, 239.1.2.3:8")
                        .option("transmission.transport_protocol=UDP")
                        .measurementSet(Path.of("x"))
                        .loadSender()
                        .transmission()
                        .endpoints())
                .extracting(Endpoint::toString)
                .containsExactly("a.example:41000", "a.example:41001", "a.example:41002", "[ff15::1]:7", "239.1.2.3:8");
    }

    @Test
    void shouldNotHeedTheTargetWhenThereAreEndpoints() {
        assertThat(new SettingsLoader()
                        .option("transmission.endpoints=localhost:65535,localhost:1")
                        .option("transmission.transport_protocol=tcp")
                        .option("transmission.target_host=239.1.2.3")
                        .option("transmission.target_port_start=65535")
                        .option("transmission.num_streams=2")
                        .measurementSet(Path.of("x"))
                        .loadSender()
                        .transmission()
                        .transportProtocol())
                .isEqualTo(TransportProtocol.TCP);
    }

    @Test
    void shouldConvertSecondsToNanoseconds() {
        ReceiverSettings settings = new SettingsLoader()
                .option("reception.idle_timeout=0.25")
                .option("mswriter.flush_interval=1e-12")
                .loadReceiver();
        assertThat(settings.reception().idleTimeoutNanos()).isEqualTo(250_000_000);
        assertThat(settings.msWriter().flushIntervalNanos())
                .as("0 would mean something else")
                .isEqualTo(1);
    }

    @Test
    void shouldTellDumpPacingFromTheSignOfTheInterval() {
        assertThat(withInterval("-1").dumpPacing()).isEqualTo(TransmissionSettings.DumpPacing.NONE);
        assertThat(withInterval("-0.5").dumpIntervalNanos()).isZero();
        assertThat(withInterval("0").dumpPacing()).isEqualTo(TransmissionSettings.DumpPacing.AS_RECORDED);
        assertThat(withInterval("0.5").dumpPacing()).isEqualTo(TransmissionSettings.DumpPacing.FIXED_INTERVAL);
        assertThat(withInterval("0.5").dumpIntervalNanos()).isEqualTo(500_000_000);
    }

    @Test
    void shouldReadFiles() throws IOException {
        Path file = Files.writeString(directory.resolve("my.conf"), "[mswriter]\ntelescope_name = Tell\u00e4scope\n");
        assertThat(new SettingsLoader().file(file).loadReceiver().msWriter().telescopeName())
                .contains("Tell\u00e4scope");
    }

    private static TransmissionSettings withInterval(String seconds) {
        return new SettingsLoader()
                .option("transmission.time_interval=" + seconds)
                .measurementSet(Path.of("x"))
                .loadSender()
                .transmission();
    }

    @Test
    void shouldSendLargerPacketsByTcpUnlessToldOtherwise() {
        assertThat(packetBytes("transmission.transport_protocol=tcp")).isEqualTo(65_000);
        assertThat(packetBytes("transmission.transport_protocol=tcp", "transmission.max_packet_size=1472"))
                .isEqualTo(1472);
        assertThat(packetBytes("transmission.transport_protocol=udp")).isEqualTo(1472);
    }

    private static int packetBytes(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("my.ms"));
        for (String option : options) {
            loader.option(option);
        }
        return loader.loadSender().transmission().maxPacketBytes();
    }

    @Test
    void shouldTakeAShapeInPlaceOfASet() {
        ReaderSettings reader = new SettingsLoader()
                .option("reader.synthetic=16x1024x4")
                .loadSender()
                .reader();
        assertThat(reader.measurementSet()).isEmpty();
        assertThat(reader.synthetic()).contains(new SyntheticShape(16, 1024, 4));
    }
}
