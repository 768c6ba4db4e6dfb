package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.TransmissionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** Where the streams go. */
@Timeout(60)
class SinkFactoryTest {
    private static TransmissionSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("x.ms"));
        for (String option : options) {
            loader.option("transmission." + option);
        }
        return loader.loadSender().transmission();
    }

    private static SinkFactory factory(String... options) {
        return new SinkFactory(settings(options), () -> false);
    }

    private static void send(PacketSink sink, byte[] bytes) throws IOException {
        PacketBatch batch = sink.newBatch(100);
        batch.buffer().put(0, bytes);
        batch.add(0, bytes.length);
        assertThat(sink.send(batch, 0)).isEqualTo(1);
    }

    @Test
    void shouldSendEachStreamToThePortAfterTheLast() {
        assertThat(factory("target_host=a.example", "target_port_start=5000").destinations(3))
                .extracting(Endpoint::toString)
                .containsExactly("a.example:5000", "a.example:5001", "a.example:5002");
    }

    @Test
    void shouldSendEachStreamToItsEndpoint() {
        assertThat(factory("endpoints=b:7-8,[::1]:9", "target_host=a.example").destinations(3))
                .extracting(Endpoint::toString)
                .containsExactly("b:7", "b:8", "[::1]:9");
    }

    @Test
    void shouldRefuseAnotherNumberOfEndpoints() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> factory("endpoints=b:7-9").destinations(1))
                .withMessage(
                        "transmission.endpoints has 3 endpoints, but the channels are divided into 1 stream; give one"
                                + " endpoint a stream, or transmission.num_streams = 3");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> factory("endpoints=b:7").destinations(2))
                .withMessageStartingWith("transmission.endpoints has 1 endpoint, but the channels are divided into 2");
    }

    @Test
    void shouldOpenUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                PacketSink sink = factory("interface=lo", "buffer_size=4096")
                        .open(new Endpoint("127.0.0.1", socket.getLocalPort()))) {
            socket.setSoTimeout(10_000);
            send(sink, new byte[] {1, 2});
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            socket.receive(packet);
            assertThat(packet.getLength()).isEqualTo(2);
        }
    }

    @Test
    void shouldOpenTcp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PacketSink sink = factory("transport_protocol=tcp", "interface=127.0.0.1", "buffer_size=4096")
                        .open(new Endpoint("127.0.0.1", server.getLocalPort()));
                Socket peer = server.accept()) {
            send(sink, new byte[] {1, 2});
            assertThat(peer.getInputStream().readNBytes(2)).containsExactly(1, 2);
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(0));
            int port = bound.getLocalPort();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> factory("transport_protocol=tcp", "connect_timeout=0.1")
                            .open(new Endpoint("127.0.0.1", port)))
                    .withMessage("cannot connect to 127.0.0.1:" + port + ": Connection refused, tried for 0.1 s");
        }
    }

    @Test
    void shouldRefuseMoreStreamsThanThereArePorts() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> factory("target_port_start=65530").destinations(7))
                .withMessage("transmission.target_port_start = 65530: 7 streams would need port 65536; the last one is"
                        + " 65535");
        assertThat(factory("target_port_start=65530").destinations(6)).hasSize(6);
    }

    @Test
    void shouldNameTheSettingsThatLeadNowhere() {
        Endpoint nowhere = new Endpoint("no.such.host.invalid", 7);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> factory().open(2, nowhere))
                .withMessage("there is no host called no.such.host.invalid (stream 2: transmission.target_host,"
                        + " transmission.target_port_start)");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> factory("endpoints=a:1").open(0, nowhere))
                .withMessage("there is no host called no.such.host.invalid (stream 0: transmission.endpoints)");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> factory("interface=nonesuch").open(0, new Endpoint("127.0.0.1", 7)))
                .withMessage("there is no network interface called nonesuch (stream 0: transmission.target_host,"
                        + " transmission.target_port_start, transmission.interface)");
    }
}
