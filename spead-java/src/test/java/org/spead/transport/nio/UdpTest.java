package org.spead.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** What is particular to UDP; the rest is in the contract. The other side is a plain socket where that is possible. */
@Timeout(60)
class UdpTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static UdpSource source(UdpSourceOptions options) throws IOException {
        return new UdpSource("127.0.0.1", 0, options);
    }

    private static void sendPlainly(int port, byte[] packet) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(
                    packet, packet.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
    }

    private static PacketBatch batchOf(byte[] packet) {
        PacketBatch batch = new PacketBatch(packet.length, 1);
        batch.buffer().put(0, packet);
        batch.add(0, packet.length);
        return batch;
    }

    @Test
    void shouldReceiveFromAPlainSocketAndCountWhatItLeavesOut() throws IOException {
        try (UdpSource source = source(UdpSourceOptions.DEFAULT.withMaxPacketBytes(10))) {
            sendPlainly(source.port(), new byte[11]);
            sendPlainly(source.port(), new byte[0]);
            sendPlainly(source.port(), new byte[500]);
            sendPlainly(source.port(), new byte[10]);
            PacketBatch batch = source.newBatch();

            assertThat(source.receive(batch, LONG_NANOS)).isEqualTo(1);
            assertThat(batch.length(0)).isEqualTo(10);
            assertThat(source.oversizeDatagrams()).isEqualTo(2);
            assertThat(source.emptyDatagrams()).isEqualTo(1);
        }
    }

    @Test
    void shouldSendToAPlainSocket() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                UdpSink sink = new UdpSink("127.0.0.1", socket.getLocalPort(), UdpSinkOptions.DEFAULT)) {
            socket.setSoTimeout(10_000);
            assertThat(sink.send(batchOf(new byte[] {1, 2, 3}), 0)).isEqualTo(1);
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            socket.receive(packet);
            assertThat(packet.getData()).startsWith(1, 2, 3);
            assertThat(packet.getLength()).isEqualTo(3);
            assertThat(sink.describe()).isEqualTo("udp to 127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void shouldFillOneBatchWithManyDatagrams() throws IOException {
        try (UdpSource source = source(UdpSourceOptions.DEFAULT.withBatchPackets(7));
                UdpSink sink = new UdpSink("127.0.0.1", source.port(), UdpSinkOptions.DEFAULT)) {
            for (int i = 0; i < 10; i++) {
                sink.send(batchOf(new byte[] {(byte) i}), 0);
            }
            PacketBatch batch = source.newBatch();
            assertThat(source.receive(batch, LONG_NANOS)).isEqualTo(7);
            assertThat(batch.buffer().get(batch.offset(6))).isEqualTo((byte) 6);
            assertThat(source.wasEmptied()).isFalse();
            assertThat(source.receive(batch, LONG_NANOS)).isEqualTo(3);
            assertThat(source.wasEmptied()).isTrue();
        }
    }

    @Test
    void shouldNotFailWhenNobodyListens() throws IOException {
        int port;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = socket.getLocalPort();
        }
        try (UdpSink sink = new UdpSink("127.0.0.1", port, UdpSinkOptions.DEFAULT)) {
            for (int i = 0; i < 50; i++) {
                assertThat(sink.send(batchOf(new byte[10]), 0)).isEqualTo(1);
            }
            assertThat(sink.unreachableCount()).isPositive();
        }
    }

    @Test
    void shouldReachAReceiverThatStartsLate() throws IOException {
        UdpSource first = source(UdpSourceOptions.DEFAULT);
        int port = first.port();
        first.close();
        try (UdpSink sink = new UdpSink("127.0.0.1", port, UdpSinkOptions.DEFAULT)) {
            sink.send(batchOf(new byte[] {1}), 0);
            try (UdpSource second = new UdpSource("127.0.0.1", port, UdpSourceOptions.DEFAULT)) {
                sink.send(batchOf(new byte[] {2}), 0);
                PacketBatch batch = second.newBatch();
                assertThat(second.receive(batch, LONG_NANOS)).isEqualTo(1);
                assertThat(batch.buffer().get(batch.offset(0))).isEqualTo((byte) 2);
            }
        }
    }

    @Test
    void shouldNameTheAddressThatIsTaken() throws IOException {
        try (UdpSource source = source(UdpSourceOptions.DEFAULT)) {
            int port = source.port();
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> new UdpSource("127.0.0.1", port, UdpSourceOptions.DEFAULT))
                    .withMessageStartingWith("cannot receive at 127.0.0.1:" + port + ": ");
        }
    }

    @Test
    void shouldNameTheHostThatIsUnknown() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new UdpSink("no-such-host.invalid", 7148, UdpSinkOptions.DEFAULT))
                .withMessage("there is no host called no-such-host.invalid");
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new UdpSource("no-such-host.invalid", 7148, UdpSourceOptions.DEFAULT));
    }

    @Test
    void shouldNameTheInterfaceThatIsUnknown() {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> new UdpSink("239.1.2.3", 7148, UdpSinkOptions.DEFAULT.withInterfaceName("nosuchif0")))
                .withMessage("there is no network interface called nosuchif0");
    }

    @Test
    void shouldRefusePortsThatDoNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UdpSink("127.0.0.1", 65_536, UdpSinkOptions.DEFAULT))
                .withMessage("a UDP port is from 0 to 65535, not 65536");
    }

    @Test
    void shouldReportTheBuffersGranted() throws IOException {
        try (UdpSource source = source(UdpSourceOptions.DEFAULT.withReceiveBufferBytes(100_000));
                UdpSink sink = new UdpSink("127.0.0.1", 7148, UdpSinkOptions.DEFAULT.withSendBufferBytes(50_000))) {
            assertThat(source.effectiveBufferBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(sink.effectiveSendBufferBytes()).isGreaterThanOrEqualTo(50_000);
        }
    }

    @Test
    void shouldReceiveAtAnyAddressOfBothFamilies() throws IOException {
        try (UdpSource source = new UdpSource("", 0, UdpSourceOptions.DEFAULT);
                UdpSink four = new UdpSink("127.0.0.1", source.port(), UdpSinkOptions.DEFAULT);
                UdpSink six = new UdpSink("::1", source.port(), UdpSinkOptions.DEFAULT)) {
            four.send(batchOf(new byte[] {4}), 0);
            six.send(batchOf(new byte[] {6}), 0);
            PacketBatch batch = source.newBatch();
            assertThat(source.receive(batch, LONG_NANOS)).isEqualTo(2);
            assertThat(source.describe()).isEqualTo("udp at *:" + source.port());
            assertThat(six.describe()).isEqualTo("udp to [::1]:" + source.port());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 'maxPacketBytes must be from 1 to 65507, not 0'",
        "65508, 1, 1, 'maxPacketBytes must be from 1 to 65507, not 65508'",
        "1, -1, 1, 'receiveBufferBytes must not be negative, not -1'",
        "1, 0, 0, 'batchPackets must be at least 1, not 0'"
    })
    void shouldRefuseWrongSourceOptions(int maxBytes, int bufferBytes, int packets, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UdpSourceOptions(maxBytes, bufferBytes, packets, "", false))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, 'sendBufferBytes must not be negative, not -1'",
        "0, 256, 1, 'timeToLive must be from 0 to 255, not 256'",
        "0, 1, 0, 'batchPackets must be at least 1, not 0'"
    })
    void shouldRefuseWrongSinkOptions(int bufferBytes, int hops, int packets, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UdpSinkOptions(bufferBytes, hops, "", packets))
                .withMessage(message);
    }
}
