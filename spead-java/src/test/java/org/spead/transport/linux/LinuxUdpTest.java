package org.spead.transport.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.NetworkAddress;
import org.spead.transport.PacketBatch;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** Segments, drops and waking; the other side is a plain socket of the JDK where that is possible. */
@Timeout(60)
class LinuxUdpTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final UdpSourceOptions ANY_LENGTH =
            UdpSourceOptions.DEFAULT.withMaxPacketBytes(UdpSourceOptions.MAX_DATAGRAM_BYTES);

    private static LinuxUdpSource source(UdpSourceOptions options) throws IOException {
        return new LinuxUdpSource("127.0.0.1", 0, options);
    }

    private static LinuxUdpSink sink(int port) throws IOException {
        return new LinuxUdpSink("127.0.0.1", port, UdpSinkOptions.DEFAULT);
    }

    private static DatagramSocket plainSocket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] packet(int number, int length) {
        byte[] bytes = new byte[length];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private static PacketBatch batchOf(List<byte[]> packets) {
        PacketBatch batch =
                new PacketBatch(packets.stream().mapToInt(p -> p.length).sum() + 1, packets.size());
        for (byte[] packet : packets) {
            int offset = batch.end();
            batch.buffer().put(offset, packet);
            batch.add(offset, packet.length);
        }
        return batch;
    }

    private static List<byte[]> receive(LinuxUdpSource source, int count) throws IOException {
        PacketBatch batch = source.newBatch();
        List<byte[]> received = new ArrayList<>();
        while (received.size() < count && source.receive(batch, LONG_NANOS) > 0) {
            for (int i = 0; i < batch.count(); i++) {
                byte[] packet = new byte[batch.length(i)];
                batch.buffer().get(batch.offset(i), packet);
                received.add(packet);
            }
        }
        return received;
    }

    private static List<byte[]> packets(int... lengths) {
        List<byte[]> packets = new ArrayList<>();
        for (int length : lengths) {
            packets.add(packet(packets.size(), length));
        }
        return packets;
    }

    @Test
    void shouldSayWhetherThereMayBeMore() throws IOException {
        try (LinuxUdpSource source = source(ANY_LENGTH);
                LinuxUdpSink sink = sink(source.port())) {
            PacketBatch oneMessage = new PacketBatch(1 << 16, 128);
            // Of different lengths, each longer than the one before: no two of them travel as one message.
            assertThat(sink.send(batchOf(packets(10, 20)), 0)).isEqualTo(2);
            assertThat(source.receive(oneMessage, LONG_NANOS)).isEqualTo(1);
            assertThat(source.wasEmptied()).isFalse();
            assertThat(source.receive(source.newBatch(), LONG_NANOS)).isEqualTo(1);
            assertThat(source.wasEmptied()).isTrue();
        }
    }

    @Test
    void shouldBeHereToBeTested() {
        assertThat(LinuxUdp.unavailability()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldKeepPacketsApartWhateverTheirLengths(String host) throws IOException {
        int seed = 5;
        Random random = new Random(seed);
        try (LinuxUdpSource source = new LinuxUdpSource(host, 0, ANY_LENGTH);
                LinuxUdpSink sink = new LinuxUdpSink(host, source.port(), UdpSinkOptions.DEFAULT)) {
            List<byte[]> packets = packets(1472, 1472, 1472, 200, 1472, 9, 9, 9, 10, 65_507, 1, 32_000, 32_000, 32_000);
            for (int run = 0; run < 60; run++) {
                int length = 1 + random.nextInt(3000);
                for (int i = random.nextInt(150); i >= 0; i--) {
                    packets.add(packet(packets.size(), length));
                }
            }
            assertThat(sink.send(batchOf(packets), 0)).isEqualTo(packets.size());
            List<byte[]> received = receive(source, packets.size());
            assertThat(received).hasSameSizeAs(packets);
            for (int i = 0; i < packets.size(); i++) {
                assertThat(received.get(i)).as("packet %d, seed %d", i, seed).isEqualTo(packets.get(i));
            }
            assertThat(sink.segmentsRefused()).isEmpty();
            assertThat(source.kernelDrops()).isZero();
        }
    }

    @Test
    void shouldLeaveLongPacketsWhereTheyLieAndGatherShortOnes() throws IOException {
        try (LinuxUdpSource source = source(ANY_LENGTH);
                LinuxUdpSink sink = sink(source.port())) {
            assertThat(sink.newBatch(1472).isGathering()).isFalse();
            assertThat(sink.newBatch(LinuxUdp.MAX_MESSAGE_BYTES / 2).isGathering())
                    .isFalse();
            PacketBatch batch = sink.newBatch(65_000);
            assertThat(batch.isGathering()).isTrue();
            assertThat(batch.capacityBytes()).isGreaterThanOrEqualTo(65_000);
            List<byte[]> packets = packets(65_000, 100, 100, 100, 65_000, 65_000, 7);
            for (byte[] packet : packets) {
                int offset = batch.end();
                int headLength = Math.min(64, packet.length);
                batch.buffer().put(offset, packet, 0, headLength);
                if (packet.length > 1000) {
                    ByteBuffer body = ByteBuffer.allocateDirect(packet.length).put(packet);
                    batch.add(offset, headLength, body, headLength, packet.length - headLength);
                } else {
                    batch.buffer().put(offset, packet);
                    batch.add(offset, packet.length);
                }
            }
            assertThat(sink.send(batch, 0)).isEqualTo(packets.size());
            List<byte[]> received = receive(source, packets.size());
            for (int i = 0; i < packets.size(); i++) {
                assertThat(received.get(i)).as("packet %d", i).isEqualTo(packets.get(i));
            }
        }
    }

    @Test
    void shouldBeUnderstoodByAPlainSocket() throws IOException {
        try (DatagramSocket socket = plainSocket();
                LinuxUdpSink sink = sink(socket.getLocalPort())) {
            List<byte[]> packets = packets(100, 100, 100, 40, 0, 7);
            assertThat(sink.send(batchOf(packets), 0)).isEqualTo(6);
            for (byte[] expected : packets) {
                DatagramPacket packet = new DatagramPacket(new byte[200], 200);
                socket.receive(packet);
                assertThat(packet.getLength()).isEqualTo(expected.length);
                assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldCountWhatItLeavesOutOfAMessageToo() throws IOException {
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT.withMaxPacketBytes(10));
                LinuxUdpSink sink = sink(source.port())) {
            sink.send(batchOf(packets(11, 11, 11, 10, 0, 500, 3)), 0);
            List<byte[]> received = receive(source, 2);
            assertThat(received).extracting(packet -> packet.length).containsExactly(10, 3);
            assertThat(source.oversizeDatagrams()).isEqualTo(4);
            assertThat(source.emptyDatagrams()).isEqualTo(1);
            assertThat(source.refusedPackets()).isEqualTo(5);
        }
    }

    /** Lengths of the batches that empty the socket. */
    private static List<Integer> batches(LinuxUdpSource source) throws IOException {
        PacketBatch batch = source.newBatch();
        List<Integer> counts = new ArrayList<>();
        while (source.receive(batch, 0) > 0) {
            counts.add(batch.count());
        }
        return counts;
    }

    private static void sendOneByOne(DatagramSocket socket, int port, int packets, int length) throws IOException {
        for (int i = 0; i < packets; i++) {
            socket.send(new DatagramPacket(
                    new byte[length], length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
    }

    @Test
    void shouldTakeManyMessagesACallWhenTheyAreShortAndFewWhenTheyAreLong() throws IOException {
        try (LinuxUdpSource source = source(ANY_LENGTH);
                LinuxUdpSink sink = sink(source.port());
                DatagramSocket socket = new DatagramSocket()) {
            sendOneByOne(socket, source.port(), 3 + 32 + 32 + 7, 1472);
            assertThat(batches(source)).as("without segments").containsExactly(3, 32, 32, 7);
            int[] lengths = new int[44 * 40];
            Arrays.fill(lengths, 1472);
            PacketBatch segmented = batchOf(packets(lengths));
            assertThat(sink.send(segmented, 0)).isEqualTo(lengths.length);
            assertThat(batches(source)).as("in segments").startsWith(32 * 44, 3 * 44, 3 * 44, 2 * 44);
            sendOneByOne(socket, source.port(), 3 + 21 + 21, 9000);
            assertThat(batches(source)).as("long frames").containsExactly(3, 21, 21);
            assertThat(source.kernelDrops()).isZero();
            assertThat(source.refusedPackets()).isZero();
        }
    }

    /** A sender that begins to use segments while the receiver expects short messages. */
    @Test
    void shouldLoseNothingWhenShortMessagesAndSegmentsTakeTurns() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        try (LinuxUdpSource source = source(ANY_LENGTH);
                LinuxUdpSink sink = sink(source.port())) {
            List<byte[]> packets = new ArrayList<>();
            for (int turn = 0; turn < 40; turn++) {
                // Lengths that grow cannot share a message; equal ones fill it to 64 KiB.
                for (int i = random.nextInt(80); i > 0; i--) {
                    packets.add(packet(packets.size(), 1400 - i));
                }
                for (int i = random.nextInt(120); i > 0; i--) {
                    packets.add(packet(packets.size(), 1472));
                }
            }
            assertThat(sink.send(batchOf(packets), 0)).isEqualTo(packets.size());
            List<byte[]> received = receive(source, packets.size());
            assertThat(received).as("seed %d", seed).hasSameSizeAs(packets);
            for (int i = 0; i < packets.size(); i++) {
                assertThat(received.get(i)).as("packet %d, seed %d", i, seed).isEqualTo(packets.get(i));
            }
            assertThat(source.refusedPackets()).isZero();
        }
    }

    @Test
    void shouldCountEveryPacketThatTheKernelDropped() throws IOException {
        int packets = 2000;
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT.withReceiveBufferBytes(100_000));
                DatagramSocket socket = new DatagramSocket()) {
            sendOneByOne(socket, source.port(), packets, 1000);
            int came = 0;
            PacketBatch batch = source.newBatch();
            while (source.receive(batch, 0) > 0) {
                came += batch.count();
            }
            assertThat(came).isBetween(1, packets - 1);
            assertThat(source.kernelDrops()).isEqualTo(packets - came);
        }
    }

    @Test
    void shouldCountARunOfSegmentsThatTheKernelDroppedAsOne() throws IOException {
        int sends = 100;
        int segments = 44;
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT.withReceiveBufferBytes(100_000));
                LinuxUdpSink sink = sink(source.port())) {
            int[] lengths = new int[segments];
            Arrays.fill(lengths, 1472);
            PacketBatch message = batchOf(packets(lengths));
            for (int i = 0; i < sends; i++) {
                assertThat(sink.send(message, 0)).isEqualTo(segments);
            }
            int came = 0;
            PacketBatch batch = source.newBatch();
            while (source.receive(batch, 0) > 0) {
                came += batch.count();
            }
            assertThat(came).isBetween(1, sends * segments - 1);
            assertThat(came % segments).as("part of a run").isZero();
            assertThat(source.kernelDrops()).isEqualTo(sends - came / segments);
        }
    }

    /** Packets longer than the frames of a network card; with no hops to make they come back and do not leave. */
    @Test
    void shouldSendOneByOneWhereSegmentsAreRefused() throws IOException {
        String group = "239.102.17.9";
        NetworkInterface card = NetworkAddress.multicastInterface("", InetAddress.getByName(group));
        assertThat(card.isLoopback()).as("a network card is up").isFalse();
        int length = card.getMTU();
        List<byte[]> packets = packets(100, length, length, length, 200, 50, 50);
        UdpSinkOptions options =
                UdpSinkOptions.DEFAULT.withInterfaceName(card.getName()).withTimeToLive(0);
        try (LinuxUdpSource source = new LinuxUdpSource(group, 0, ANY_LENGTH.withInterfaceName(card.getName()));
                LinuxUdpSink sink = new LinuxUdpSink(group, source.port(), options)) {
            for (int i = 0; i < 3; i++) {
                assertThat(sink.send(batchOf(packets), 0)).isEqualTo(packets.size());
                List<byte[]> received = receive(source, packets.size());
                for (int p = 0; p < packets.size(); p++) {
                    assertThat(received.get(p)).isEqualTo(packets.get(p));
                }
            }
            assertThat(sink.segmentsRefused()).matches("(Invalid argument|Message too long) \\(E[A-Z]+\\)");
        }
    }

    @Test
    void shouldGrantTheBufferAskedForOrSaySo() throws IOException {
        try (LinuxUdpSource source =
                source(UdpSourceOptions.DEFAULT.withReceiveBufferBytes(100_000).withForceBuffer(false))) {
            assertThat(source.effectiveBufferBytes()).isEqualTo(100_000);
        }
    }

    @Test
    void shouldCountThatNobodyListensAndReachAReceiverThatStartsLate() throws IOException {
        LinuxUdpSource first = source(UdpSourceOptions.DEFAULT);
        int port = first.port();
        first.close();
        try (LinuxUdpSink sink = sink(port)) {
            for (int i = 0; i < 50; i++) {
                assertThat(sink.send(batchOf(packets(10, 10, 10)), 0)).isEqualTo(3);
            }
            assertThat(sink.unreachableCount()).isPositive();
            try (LinuxUdpSource second = new LinuxUdpSource("127.0.0.1", port, UdpSourceOptions.DEFAULT)) {
                sink.send(batchOf(packets(20, 20)), 0);
                assertThat(receive(second, 2))
                        .extracting(packet -> packet.length)
                        .containsExactly(20, 20);
            }
        }
    }

    @Test
    void shouldReturnWhenWokenOrClosed() throws Exception {
        LinuxUdpSource source = source(UdpSourceOptions.DEFAULT);
        PacketBatch batch = source.newBatch();
        source.wake();
        assertThat(source.receive(batch, Long.MAX_VALUE)).as("woken before").isZero();
        PollingThread woken = PollingThread.start(() -> source.receive(batch, Long.MAX_VALUE));
        woken.awaitPolling();
        source.wake();
        assertThat(woken.outcome().get(20, TimeUnit.SECONDS)).isZero();
        PollingThread closed = PollingThread.start(() -> source.receive(batch, Long.MAX_VALUE));
        closed.awaitPolling();
        source.close();
        closed.outcome().get(20, TimeUnit.SECONDS);
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> source.receive(batch, 0));
        source.wake();
    }

    @Test
    void shouldLetAStreamStopThatWaitsForPackets() throws Exception {
        HeapRing ring = new HeapRing(1, OverflowPolicy.PAUSE);
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT)) {
            ReceiveStream stream = new ReceiveStream(
                    ReceiveConfig.builder().receiveTimeoutNanos(Long.MAX_VALUE).build(),
                    List.of(source),
                    ring,
                    new BufferPool(1 << 20));
            PollingThread receiver = PollingThread.start(() -> {
                int work = 0;
                while (work != Agent.DONE) {
                    work = stream.doWork();
                }
                return work;
            });
            receiver.awaitPolling();
            stream.stop();
            assertThat(receiver.outcome().get(20, TimeUnit.SECONDS)).isEqualTo(Agent.DONE);
            assertThat(stream.isEnded()).isTrue();
            assertThat(stream.failure()).isEmpty();
        }
    }

    @Test
    void shouldNameTheAddressThatIsTaken() throws IOException {
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT)) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> new LinuxUdpSource("127.0.0.1", source.port(), UdpSourceOptions.DEFAULT))
                    .withMessageStartingWith("cannot receive at 127.0.0.1:" + source.port() + ": ");
        }
    }

    @Test
    void shouldReceiveAtAnyAddressOfBothFamilies() throws IOException {
        try (LinuxUdpSource source = new LinuxUdpSource("", 0, UdpSourceOptions.DEFAULT);
                LinuxUdpSink four = sink(source.port());
                LinuxUdpSink six = new LinuxUdpSink("::1", source.port(), UdpSinkOptions.DEFAULT)) {
            four.send(batchOf(packets(4)), 0);
            six.send(batchOf(packets(6)), 0);
            assertThat(receive(source, 2)).extracting(packet -> packet.length).containsExactly(4, 6);
            assertThat(source.describe()).isEqualTo("udp at *:" + source.port());
        }
    }

    @Test
    void shouldRefuseABatchThatIsTooSmall() throws IOException {
        try (LinuxUdpSource source = source(UdpSourceOptions.DEFAULT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> source.receive(new PacketBatch(1000, 10), 0))
                    .withMessage(
                            "a batch of 1000 bytes and 10 packets is too small for udp at 127.0.0.1:" + source.port());
        }
    }
}
