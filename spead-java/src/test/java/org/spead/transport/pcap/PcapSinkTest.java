package org.spead.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spead.transport.PacketBatch;

class PcapSinkTest {
    private static final InetSocketAddress SOURCE = at("127.0.0.1", 50_000);
    private static final InetSocketAddress DESTINATION = at("127.0.0.1", 41_000);

    @TempDir
    private Path directory;

    private long nowNanos = 1_700_000_000_999_999_998L;

    @ParameterizedTest
    @CsvSource({
        "ETHERNET, 127.0.0.1, 127.0.0.2, 65507",
        "RAW_IP, 10.1.2.3, 192.168.255.254, 65507",
        "ETHERNET, 10.1.2.3, 239.255.10.20, 65507",
        "ETHERNET, ::1, fe80::1234:5678:9abc:def0, 65527",
        "RAW_IP, ::1, ff02::1:2, 65527"
    })
    void shouldWriteFramesAsTheStandardsHaveThem(PcapLink link, String from, String to, int most) throws IOException {
        int seed = 5;
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>(List.of(new byte[0], new byte[most], new byte[] {1}, new byte[] {0}));
        for (int i = 0; i < 60; i++) {
            byte[] payload = new byte[random.nextInt(i < 30 ? 70 : most)];
            random.nextBytes(payload);
            sent.add(payload);
        }
        Path file = directory.resolve("sent.pcap");
        InetSocketAddress source = at(from, 50_000);
        InetSocketAddress destination = at(to, 41_000);
        try (PcapSink sink = PcapSink.create(file, link, source, destination, () -> nowNanos++)) {
            for (byte[] payload : sent) {
                PacketBatch batch = batch(payload);
                assertThat(sink.send(batch, 0)).isEqualTo(1);
            }
            assertThat(sink.describe()).endsWith(":41000");
        }

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt()).isEqualTo(0xa1b23c4d);
        assertThat(bytes.getShort()).isEqualTo((short) 2);
        assertThat(bytes.getShort()).isEqualTo((short) 4);
        assertThat(bytes.getLong()).isZero();
        assertThat(bytes.getInt()).isEqualTo(262_144);
        assertThat(bytes.getInt()).isEqualTo(link == PcapLink.ETHERNET ? 1 : 101);
        long expectedNanos = 1_700_000_000_999_999_998L;
        for (byte[] payload : sent) {
            long nanos = bytes.getInt() * 1_000_000_000L + bytes.getInt();
            assertThat(nanos).isEqualTo(expectedNanos++);
            int length = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(length);
            byte[] frame = new byte[length];
            bytes.get(frame);
            check(frame, link, source, destination, payload);
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    private static void check(
            byte[] frame, PcapLink link, InetSocketAddress source, InetSocketAddress destination, byte[] payload) {
        byte[] to = destination.getAddress().getAddress();
        byte[] from = source.getAddress().getAddress();
        boolean six = to.length == 16;
        int ip = link == PcapLink.ETHERNET ? 14 : 0;
        if (link == PcapLink.ETHERNET) {
            assertThat(number(frame, 12)).isEqualTo(six ? 0x86dd : 0x0800);
            assertThat((frame[0] & 1) == 1).isEqualTo(destination.getAddress().isMulticastAddress());
        }
        int udp = ip + (six ? 40 : 20);
        assertThat(frame).hasSize(udp + 8 + payload.length);
        int addresses = ip + (six ? 8 : 12);
        assertThat(Arrays.copyOfRange(frame, addresses, addresses + from.length))
                .isEqualTo(from);
        assertThat(Arrays.copyOfRange(frame, addresses + from.length, udp)).isEqualTo(to);
        assertThat(number(frame, ip + (six ? 4 : 2))).isEqualTo((six ? 8 : 28) + payload.length);
        assertThat(frame[ip + (six ? 6 : 9)]).isEqualTo((byte) 17);
        if (!six) {
            assertThat(onesComplementSum(frame, ip, 20)).isEqualTo(0xffff);
        }
        assertThat(number(frame, udp)).isEqualTo(50_000);
        assertThat(number(frame, udp + 2)).isEqualTo(41_000);
        assertThat(number(frame, udp + 4)).isEqualTo(8 + payload.length);
        assertThat(number(frame, udp + 6)).isNotZero();
        byte[] covered = Frames.join(
                from, to, Frames.shorts(17, 8 + payload.length), Arrays.copyOfRange(frame, udp, frame.length));
        assertThat(onesComplementSum(covered, 0, covered.length)).isEqualTo(0xffff);
        assertThat(Arrays.equals(Arrays.copyOfRange(frame, udp + 8, frame.length), payload))
                .isTrue();
    }

    /** RFC 1071, octet by octet. */
    private static int onesComplementSum(byte[] bytes, int offset, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (bytes[offset + i] & 0xff) * (i % 2 == 0 ? 256 : 1);
            sum = sum > 0xffff ? sum - 0xffff : sum;
        }
        return sum;
    }

    private static int number(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) * 256 + (bytes[offset + 1] & 0xff);
    }

    @Test
    void shouldPutSeveralSinksIntoOneFileInTheOrderOfSending() throws IOException {
        Path file = directory.resolve("shared.pcap");
        try (PcapFile shared = new PcapFile(file, PcapLink.RAW_IP)) {
            PcapSink first = shared.sink(SOURCE, DESTINATION, () -> 5);
            PcapSink second = shared.sink(SOURCE, at("127.0.0.1", 41_001), () -> 6);
            for (int i = 0; i < 3; i++) {
                assertThat(first.send(batch(new byte[] {(byte) i}, new byte[] {9}), 0))
                        .isEqualTo(2);
                assertThat(second.send(batch(new byte[] {8}, new byte[] {(byte) i}), 1))
                        .isEqualTo(1);
            }
            first.close();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> first.send(batch(new byte[1]), 0));
            assertThat(second.send(batch(new byte[] {7}), 0)).isEqualTo(1);
        }
        try (PcapSource source = new PcapSource(file)) {
            assertThat(PcapReading.packets(source).stream().map(packet -> (int) packet[0]))
                    .containsExactly(0, 9, 0, 1, 9, 1, 2, 9, 2, 7);
            assertThat(source.timestampNanos()).isEqualTo(6);
        }
    }

    @Test
    void shouldSendFromTheGivenPacketOnAndTellOfALaterFailureLater() throws IOException {
        Path file = directory.resolve("sent.pcap");
        PcapSink sink = PcapSink.create(file, PcapLink.RAW_IP, SOURCE, DESTINATION, () -> 0);
        PacketBatch batch = batch(new byte[3], new byte[2], new byte[65_508], new byte[1]);
        assertThat(sink.send(batch, 1)).isEqualTo(1);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sink.send(batch, 2))
                .withMessage("a packet of 65508 bytes is longer than the 65507 of a UDP datagram");
        assertThat(sink.send(batch, 3)).isEqualTo(1);
        sink.close();
        sink.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> sink.send(batch, 3));
        try (PcapSource source = new PcapSource(file)) {
            assertThat(PcapReading.packets(source)).containsExactly(new byte[2], new byte[1]);
        }
    }

    @Test
    void shouldKeepFailingWhenTheDiskIsFull() throws IOException {
        PcapSink sink = PcapSink.create(Path.of("/dev/full"), PcapLink.RAW_IP, SOURCE, DESTINATION, () -> 0);
        PacketBatch batch = batch(new byte[60_000]);
        int taken = 0;
        while (taken < 100 && sent(sink, batch)) {
            taken++;
        }
        assertThat(taken).isBetween(1, 99);
        assertThat(sent(sink, batch)).isFalse();
        sink.close();
    }

    private static boolean sent(PcapSink sink, PacketBatch batch) {
        try {
            return sink.send(batch, 0) == 1;
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    @Test
    void shouldRefuseMixedAddressFamilies() throws IOException {
        PcapFile file = new PcapFile(directory.resolve("x.pcap"), PcapLink.RAW_IP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.sink(at("::1", 1), DESTINATION, () -> 0))
                .withMessageContaining("are not of one address family");
        file.close();
        file.close();
    }

    private static InetSocketAddress at(String literal, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static PacketBatch batch(byte[]... packets) {
        int bytes = Arrays.stream(packets).mapToInt(packet -> packet.length).sum();
        PacketBatch batch = new PacketBatch(Math.max(1, bytes), packets.length);
        for (byte[] packet : packets) {
            int offset = batch.end();
            batch.buffer().put(offset, packet);
            batch.add(offset, packet.length);
        }
        return batch;
    }
}
