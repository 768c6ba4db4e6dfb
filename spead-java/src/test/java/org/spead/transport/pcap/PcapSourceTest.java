package org.spead.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

class PcapSourceTest {
    private static final byte[] PAYLOAD = Frames.octets(0x53, 4, 2, 6, 0, 0, 0, 0, 9);
    private static final byte[] IPV4 = Frames.ipv4(Frames.udp(41_000, PAYLOAD));
    private static final byte[] IPV6 = Frames.ipv6(17, Frames.udp(41_000, PAYLOAD));

    @TempDir
    private Path directory;

    static Stream<Arguments> frames() {
        byte[] udp = Frames.udp(41_000, PAYLOAD);
        byte[] hopByHop = Frames.join(Frames.octets(17, 1), new byte[14], udp);
        byte[] atomic = Frames.join(Frames.octets(17, 0, 0, 0, 1, 2, 3, 4), udp);
        byte[] authenticated = Frames.join(Frames.octets(17, 1), new byte[10], udp);
        byte[] chain = Frames.join(Frames.octets(60, 0), new byte[6], Frames.octets(17, 0), new byte[6], udp);
        return Stream.of(
                Arguments.of("ethernet", 1, Frames.ethernet(0x0800, IPV4)),
                Arguments.of("ethernet padded", 1, Frames.join(Frames.ethernet(0x0800, IPV4), new byte[20])),
                Arguments.of("ethernet ipv6", 1, Frames.ethernet(0x86dd, IPV6)),
                Arguments.of("vlan", 1, Frames.ethernet(0x0800, IPV4, 0x8100)),
                Arguments.of("stacked vlan", 1, Frames.ethernet(0x0800, IPV4, 0x88a8, 0x8100)),
                Arguments.of("three tags", 1, Frames.ethernet(0x86dd, IPV6, 0x9100, 0x8100, 0x8100)),
                Arguments.of("cooked", 113, Frames.linuxCooked(0x0800, IPV4)),
                Arguments.of("cooked ipv6", 113, Frames.linuxCooked(0x86dd, IPV6)),
                Arguments.of(
                        "cooked vlan", 113, Frames.linuxCooked(0x8100, Frames.join(Frames.shorts(5, 0x800), IPV4))),
                Arguments.of("cooked 2", 276, Frames.linuxCooked2(0x0800, IPV4)),
                Arguments.of("cooked 2 ipv6", 276, Frames.linuxCooked2(0x86dd, IPV6)),
                Arguments.of("raw", 101, IPV4),
                Arguments.of("raw ipv6", 101, IPV6),
                Arguments.of("raw 12", 12, IPV4),
                Arguments.of("raw 14", 14, IPV6),
                Arguments.of("raw 228", 228, IPV4),
                Arguments.of("raw 229", 229, IPV6),
                Arguments.of("null big-endian", 0, Frames.join(Frames.octets(0, 0, 0, 2), IPV4)),
                Arguments.of("null little-endian", 0, Frames.join(Frames.octets(2, 0, 0, 0), IPV4)),
                Arguments.of("null ipv6", 0, Frames.join(Frames.octets(30, 0, 0, 0), IPV6)),
                Arguments.of("loop", 108, Frames.join(Frames.octets(0, 0, 0, 24), IPV6)),
                Arguments.of("options", 101, Frames.ipv4(17, 0, new byte[8], 28 + udp.length, udp)),
                Arguments.of("hop-by-hop", 101, Frames.ipv6(0, hopByHop)),
                Arguments.of("atomic fragment", 101, Frames.ipv6(44, atomic)),
                Arguments.of("authenticated", 101, Frames.ipv6(51, authenticated)),
                Arguments.of("two extensions", 101, Frames.ipv6(43, chain)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldFindThePayloadBehindEveryHeader(String name, int linkType, byte[] frame) throws IOException {
        for (int variant = 0; variant < 8; variant++) {
            boolean little = (variant & 1) != 0;
            byte[] file = (variant & 2) == 0
                    ? CaptureBytes.pcap(little, (variant & 4) != 0, linkType)
                            .record(frame)
                            .record(frame)
                            .bytes()
                    : CaptureBytes.pcapng()
                            .section(little)
                            .describe(linkType, 0)
                            .enhanced(0, 5, frame)
                            .simple(frame, frame.length)
                            .bytes();
            try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
                assertThat(PcapReading.packets(source))
                        .as("%s, variant %d", name, variant)
                        .containsExactly(PAYLOAD, PAYLOAD);
                assertThat(source.counters().describeSkipped()).isEmpty();
                assertThat(source.counters().packets()).isEqualTo(2);
            }
        }
    }

    static Stream<Arguments> skipped() {
        byte[] udp = Frames.udp(41_000, PAYLOAD);
        byte[] moreFragments = Frames.ipv4(17, 0x2000, new byte[0], 20 + udp.length, udp);
        byte[] laterFragment = Frames.ipv4(17, 0x0010, new byte[0], 20 + udp.length, udp);
        byte[] fragment6 = Frames.ipv6(44, Frames.join(Frames.octets(17, 0, 0, 1, 0, 0, 0, 9), udp));
        return Stream.of(
                Arguments.of(1, Frames.ethernet(0x0806, new byte[28]), PcapFault.NOT_IP),
                Arguments.of(1, Frames.ethernet(46, new byte[46]), PcapFault.NOT_IP),
                Arguments.of(1, Frames.ethernet(0x0806, new byte[28], 0x8100), PcapFault.NOT_IP),
                Arguments.of(0, Frames.join(Frames.octets(0, 0, 0, 7), IPV4), PcapFault.NOT_IP),
                Arguments.of(101, Frames.ipv4(6, 0, new byte[0], 40, new byte[20]), PcapFault.NOT_UDP),
                Arguments.of(101, Frames.ipv6(58, new byte[20]), PcapFault.NOT_UDP),
                Arguments.of(101, moreFragments, PcapFault.FRAGMENT),
                Arguments.of(101, laterFragment, PcapFault.FRAGMENT),
                Arguments.of(101, fragment6, PcapFault.FRAGMENT),
                Arguments.of(101, Frames.ipv4(Frames.udp(41_000, new byte[0])), PcapFault.EMPTY_DATAGRAM),
                Arguments.of(101, Frames.ipv4(Frames.udp(41_000, 7, PAYLOAD)), PcapFault.BAD_HEADER),
                Arguments.of(101, Frames.ipv4(Frames.udp(41_000, 18, PAYLOAD)), PcapFault.BAD_HEADER),
                Arguments.of(101, Frames.ipv4(17, 0, new byte[0], 19, udp), PcapFault.BAD_HEADER),
                Arguments.of(101, Frames.ipv4(17, 0, new byte[0], 27, udp), PcapFault.BAD_HEADER),
                Arguments.of(101, new byte[] {0x10, 0, 0}, PcapFault.BAD_HEADER),
                Arguments.of(101, new byte[0], PcapFault.BAD_HEADER),
                Arguments.of(1, new byte[13], PcapFault.BAD_HEADER),
                Arguments.of(1, Frames.ethernet(0x8100, new byte[2]), PcapFault.BAD_HEADER),
                Arguments.of(229, Frames.ipv6(0, new byte[4]), PcapFault.BAD_HEADER),
                Arguments.of(229, Frames.ipv6(0, Frames.octets(17, 9, 0, 0, 0, 0, 0, 0)), PcapFault.BAD_HEADER),
                Arguments.of(147, Frames.ethernet(0x0800, IPV4), PcapFault.LINK_TYPE));
    }

    @ParameterizedTest
    @MethodSource("skipped")
    void shouldSkipAndCountWhatIsNoWholeDatagram(int linkType, byte[] frame, PcapFault fault) throws IOException {
        byte[] good = Frames.ethernet(0x0800, IPV4);
        byte[] file = CaptureBytes.pcapng()
                .section(true)
                .describe(linkType, 0)
                .describe(1, 0)
                .enhanced(0, 0, frame)
                .enhanced(1, 0, good)
                .bytes();
        try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
            assertThat(PcapReading.packets(source)).containsExactly(PAYLOAD);
            assertThat(source.counters().get(fault)).isEqualTo(1);
            assertThat(source.counters().describeSkipped()).isEqualTo("1 " + fault.text());
        }
    }

    @Test
    void shouldCountCapturesInPartAsSuch() throws IOException {
        byte[] frame = Frames.ethernet(0x0800, IPV4);
        CaptureBytes file = CaptureBytes.pcap(true, false, 1);
        for (int kept = 0; kept <= frame.length; kept++) {
            file.record(0, 0, Arrays.copyOf(frame, kept), frame.length + 4L);
        }
        try (PcapSource source = PcapReading.open(file.bytes(), PcapFilter.ALL)) {
            // What is missing in the last one is behind the datagram.
            assertThat(PcapReading.packets(source)).containsExactly(PAYLOAD);
            assertThat(source.counters().get(PcapFault.TRUNCATED_CAPTURE)).isEqualTo(frame.length);
        }
    }

    @Test
    void shouldCutSimplePacketsByTheirInterface() throws IOException {
        byte[] frame = Frames.ethernet(0x0800, IPV4);
        byte[] file = CaptureBytes.pcapng()
                .section(false)
                .describe(1, 40)
                .simple(Arrays.copyOf(frame, 40), frame.length)
                .bytes();
        try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
            assertThat(PcapReading.packets(source)).isEmpty();
            assertThat(source.counters().get(PcapFault.TRUNCATED_CAPTURE)).isEqualTo(1);
        }
    }

    @Test
    void shouldReadSectionsOfBothByteOrdersWithTheirInterfaces() throws IOException {
        byte[] frame = Frames.ethernet(0x0800, IPV4);
        byte[] file = CaptureBytes.pcapng()
                .section(true)
                .describe(101, 0)
                .block(5, CaptureBytes.pcapng().raw(new byte[33]))
                .enhanced(0, 1, IPV4)
                .enhanced(1, 1, IPV4)
                .section(false)
                .block(0x40000BADL, CaptureBytes.pcapng())
                .describe(1, 0)
                .describe(113, 0)
                .enhanced(1, 1, Frames.linuxCooked(0x800, IPV4))
                .enhanced(0, 1, frame)
                .section(true)
                .enhanced(0, 1, frame)
                .simple(frame, frame.length)
                .bytes();
        try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
            assertThat(PcapReading.packets(source)).hasSize(3);
            assertThat(source.counters().describeSkipped()).isEqualTo("3 of an interface that is not described");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1700000000123456, 1700000000123456000",
        "9, 1700000000123456789, 1700000000123456789",
        "3, 1700000000123, 1700000000123000000",
        "0, 17, 17000000000",
        "12, 17000000123456789, 17000000123456",
        "100, 17000000123456789, 0",
        "128, 17, 17000000000",
        "129, 35, 17500000000",
        "160, 73014444033, 17000000000",
        "192, 5, 0",
        "255, 5, 0"
    })
    void shouldReadTimesInTheUnitsOfTheirInterface(int resolution, long ticks, long nanos) throws IOException {
        for (boolean little : new boolean[] {false, true}) {
            byte[] file = CaptureBytes.pcapng()
                    .section(little)
                    .describe(101, 0, CaptureBytes.resolution(little, resolution))
                    .enhanced(0, ticks, IPV4)
                    .bytes();
            try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
                assertThat(PcapReading.packets(source)).hasSize(1);
                assertThat(source.timestampNanos()).isEqualTo(nanos);
            }
        }
    }

    @Test
    void shouldReadMicroAndNanosecondsOfClassicCaptures() throws IOException {
        for (boolean nanoseconds : new boolean[] {false, true}) {
            byte[] file = CaptureBytes.pcap(true, nanoseconds, 101)
                    .record(0xffff_ffffL, 999_999, IPV4, IPV4.length)
                    .bytes();
            try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
                assertThat(PcapReading.packets(source)).hasSize(1);
                assertThat(source.timestampNanos())
                        .isEqualTo(4_294_967_295_000_000_000L + 999_999L * (nanoseconds ? 1 : 1000));
            }
        }
    }

    @Test
    void shouldFilterByDestination() throws IOException {
        byte[] file = CaptureBytes.pcap(false, false, 101)
                .record(IPV4)
                .record(IPV6)
                .record(Frames.ipv4(Frames.udp(41_001, new byte[] {1})))
                .bytes();
        InetAddress loopback = InetAddress.getByAddress(Frames.octets(127, 0, 0, 1));
        InetAddress six = InetAddress.getByAddress(Frames.octets(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));
        InetAddress other = InetAddress.getByAddress(Frames.octets(127, 0, 0, 2));
        assertThat(count(file, PcapFilter.ALL.withDestinationPort(41_000))).isEqualTo(2);
        assertThat(count(file, PcapFilter.ALL.withDestinationPort(41_001))).isEqualTo(1);
        assertThat(count(file, PcapFilter.ALL.withDestinationAddress(loopback))).isEqualTo(2);
        assertThat(count(file, PcapFilter.ALL.withDestinationAddress(six))).isEqualTo(1);
        assertThat(count(file, PcapFilter.ALL.withDestinationAddress(other))).isZero();
        assertThat(count(file, PcapFilter.ALL.withDestinationAddress(loopback).withDestinationPort(41_000)))
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PcapFilter.ALL.withDestinationPort(65_536))
                .withMessage("a UDP port is from 0 to 65535, not 65536");
    }

    private static int count(byte[] file, PcapFilter filter) throws IOException {
        try (PcapSource source = PcapReading.open(file, filter)) {
            int packets = PcapReading.packets(source).size();
            assertThat(source.counters().get(PcapFault.FILTERED)).isEqualTo(3L - packets);
            return packets;
        }
    }

    @Test
    void shouldCarryPacketsOfEverySizeThroughFilesLargerThanTheWindow() throws IOException {
        int seed = 4711;
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        CaptureBytes pcap = CaptureBytes.pcap(true, true, 1);
        CaptureBytes pcapng = CaptureBytes.pcapng().section(true).describe(1, 0);
        for (int i = 0; i < 200; i++) {
            byte[] payload = new byte[i == 0 ? 65_507 : 1 + random.nextInt(65_507)];
            random.nextBytes(payload);
            sent.add(payload);
            byte[] frame = Frames.ethernet(0x0800, Frames.ipv4(Frames.udp(1, payload)));
            pcap.record(frame);
            pcapng.enhanced(0, i, frame);
        }
        Path file = directory.resolve("large.pcap");
        for (CaptureBytes capture : List.of(pcap, pcapng)) {
            Files.write(file, capture.bytes());
            try (PcapSource source = new PcapSource(file)) {
                List<byte[]> received = PcapReading.packets(source);
                assertThat(received).as("seed %d", seed).hasSameSizeAs(sent);
                for (int i = 0; i < sent.size(); i++) {
                    assertThat(Arrays.equals(received.get(i), sent.get(i)))
                            .as("packet %d, seed %d", i, seed)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldReturnFromLongStretchesWithoutPackets() throws IOException {
        CaptureBytes file = CaptureBytes.pcap(false, false, 101);
        for (int i = 0; i < 20_000; i++) {
            file.record(new byte[1]);
        }
        try (PcapSource source = PcapReading.open(file.record(IPV4).bytes(), PcapFilter.ALL)) {
            PacketBatch batch = source.newBatch();
            assertThat(source.receive(batch, 0)).isZero();
            assertThat(source.receive(batch, 0)).isEqualTo(1);
            assertThat(source.receive(batch, 0)).isEqualTo(PacketSource.END);
        }
    }

    @Test
    void shouldRefuseUseAfterClose() throws IOException {
        PcapSource source =
                PcapReading.open(CaptureBytes.pcap(false, false, 101).bytes(), PcapFilter.ALL);
        source.close();
        source.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.receive(source.newBatch(), 0));
        assertThat(source.describe()).isEqualTo("capture test.pcap");
    }
}
