package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.recv.FramedSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSource;

/** What is listened at. */
@Timeout(60)
class ReceiverSocketsTest {
    private static ReceptionSettings settings(int port, String... options) {
        SettingsLoader loader = new SettingsLoader().option("reception.receiver_port_start=" + port);
        for (String option : options) {
            loader.option("reception." + option);
        }
        return loader.loadReceiver().reception();
    }

    @Test
    void shouldOpenAPortAStream() throws IOException {
        int port = RunningReception.freePorts(2);
        try (ReceiverSockets sockets = ReceiverSockets.open(settings(port, "bind_hostname=127.0.0.1"), 2)) {
            assertThat(sockets.source(0)).isInstanceOf(LinuxUdpSource.class);
            assertThat(sockets.source(0).kernelDrops()).isZero();
            assertThat(sockets.source(1).describe()).isEqualTo("udp at 127.0.0.1:" + (port + 1));
            assertThat(sockets.readyLine())
                    .isEqualTo("Ready: receiving 2 streams on UDP ports " + port + "-" + (port + 1));
        }
        assertThat(RunningReception.isFree(port)).as("closed").isTrue();
    }

    @Test
    void shouldNameTheNumberOfStreamsWhenThereAreTooManyFiles() throws IOException {
        ReceptionSettings settings = settings(1024);
        assertThat(ReceiverSockets.remedy(
                        new SocketException("an event descriptor cannot be opened: Zu viele offene Dateien (errno 24)"),
                        settings))
                .contains("reception.num_ports", "ulimit -n")
                .doesNotContain("bind_hostname");
        assertThat(ReceiverSockets.remedy(new IOException(), settings))
                .isEqualTo("reception.bind_hostname, reception.receiver_port_start");
    }

    @Test
    void shouldReceiveByTheTransportNamed() throws IOException {
        int port = RunningReception.freePorts(2);
        try (ReceiverSockets nio = ReceiverSockets.open(settings(port, "transport=nio"), 1);
                ReceiverSockets linux = ReceiverSockets.open(settings(port + 1, "transport=linux"), 1)) {
            assertThat(nio.source(0)).isInstanceOf(UdpSource.class);
            assertThat(linux.source(0)).isInstanceOf(LinuxUdpSource.class);
        }
    }

    @Test
    void shouldReceivePacketsOverTcp() throws IOException {
        int port = RunningReception.freePorts(2);
        ReceptionSettings settings = settings(port, "transport_protocol=tcp", "bind_hostname=127.0.0.1");
        try (ReceiverSockets sockets = ReceiverSockets.open(settings, 1)) {
            PacketSource source = sockets.source(0);
            assertThat(sockets.readyLine()).isEqualTo("Ready: receiving 1 stream on TCP port " + port);
            assertThat(source).isInstanceOf(FramedSource.class);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                // A header with one pointer, an immediate PAYLOAD_LENGTH of 1, and that byte.
                socket.getOutputStream().write(new byte[] {0x53, 4, 2, 6, 0, 0, 0, 1, -128, 4, 0, 0, 0, 0, 0, 1, 99});
                PacketBatch batch = source.newBatch();
                assertThat(source.receive(batch, 10_000_000_000L)).isEqualTo(1);
                assertThat(batch.length(0)).isEqualTo(17);
            }
        }
        assertThat(RunningReception.isFree(port)).as("closed").isTrue();
    }

    @Test
    void shouldCountWhatATcpConnectionBroughtBesidesPackets() throws IOException {
        int port = RunningReception.freePorts(2);
        ReceptionSettings settings = settings(port, "transport_protocol=tcp", "bind_hostname=127.0.0.1");
        try (ReceiverSockets sockets = ReceiverSockets.open(settings, 1)) {
            PacketSource source = sockets.source(0);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                byte[] packet = {0x53, 4, 2, 6, 0, 0, 0, 1, -128, 4, 0, 0, 0, 0, 0, 2, 98, 99};
                socket.getOutputStream().write(new byte[16]);
                socket.getOutputStream().write(packet);
                socket.getOutputStream().write(packet, 0, 17);
            }
            PacketBatch batch = source.newBatch();
            int packets = 0;
            int received = source.receive(batch, 10_000_000_000L);
            while (received != PacketSource.END) {
                packets += received;
                received = source.receive(batch, 10_000_000_000L);
            }
            assertThat(packets).isEqualTo(1);
            assertThat(source.skippedBytes()).isEqualTo(16);
            assertThat(source.truncatedPackets()).isEqualTo(1);
            assertThat(source.refusedPackets()).isZero();
        }
    }

    @Test
    void shouldTakeLargerPacketsOverTcpUnlessTold() throws IOException {
        int port = RunningReception.freePorts(2);
        ReceptionSettings settings = settings(port, "transport_protocol=tcp", "bind_hostname=127.0.0.1");
        ReceptionSettings smaller =
                settings(port + 1, "transport_protocol=tcp", "bind_hostname=127.0.0.1", "max_packet_size=65535");
        byte[] largest = new byte[65_536];
        System.arraycopy(new byte[] {0x53, 4, 2, 6, 0, 0, 0, 1, -128, 4, 0, 0, 0, 0, -1, -16}, 0, largest, 0, 16);
        assertThat(refusedOf(largest, settings, port)).isZero();
        assertThat(refusedOf(largest, smaller, port + 1)).isEqualTo(1);
    }

    /** How often a packet is refused that comes alone in a connection. */
    private static long refusedOf(byte[] packet, ReceptionSettings settings, int port) throws IOException {
        try (ReceiverSockets sockets = ReceiverSockets.open(settings, 1)) {
            PacketSource source = sockets.source(0);
            PacketBatch batch = source.newBatch();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(packet);
            }
            int received = 0;
            while (received != PacketSource.END) {
                received = source.receive(batch, 10_000_000_000L);
            }
            return source.refusedPackets();
        }
    }

    @Test
    void shouldNameTheKeysOfAGroupThatCannotBeJoined() {
        ReceptionSettings settings =
                settings(RunningReception.freePorts(2), "bind_hostname=239.102.3.4", "interface=nosuch0");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ReceiverSockets.open(settings, 1))
                .withMessage("there is no network interface called nosuch0 (stream 0: reception.bind_hostname,"
                        + " reception.receiver_port_start, reception.interface)");
    }

    @Test
    void shouldJoinAGroupOnTheInterfaceNamed() throws IOException {
        ReceptionSettings settings =
                settings(RunningReception.freePorts(2), "bind_hostname=239.102.3.4", "interface=lo");
        try (ReceiverSockets one = ReceiverSockets.open(settings, 1);
                ReceiverSockets other = ReceiverSockets.open(settings, 1)) {
            assertThat(one.source(0).describe()).startsWith("udp at 239.102.3.4:");
            assertThat(other.source(0).describe()).as("beside the first").startsWith("udp at 239.102.3.4:");
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws IOException {
        int port = RunningReception.freePorts(2);
        ReceptionSettings settings = settings(port, "transport_protocol=tcp", "bind_hostname=127.0.0.1");
        try (ReceiverSockets one = ReceiverSockets.open(settings, 1)) {
            assertThat(one.source(0).describe()).isEqualTo("tcp at 127.0.0.1:" + port);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ReceiverSockets.open(settings, 1))
                    .withMessageStartingWith("cannot listen at 127.0.0.1:" + port + ": ");
        }
    }
}
