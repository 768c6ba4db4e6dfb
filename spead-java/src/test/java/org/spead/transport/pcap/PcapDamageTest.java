package org.spead.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.transport.PacketSource;

/** Files that are cut, damaged, or no captures at all. */
class PcapDamageTest {
    private static final byte[] PAYLOAD = Frames.octets(0x53, 4, 2, 6, 0, 0, 0, 0, 9);
    private static final byte[] IPV4 = Frames.ipv4(Frames.udp(41_000, PAYLOAD));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWithTheLastWholeRecordWhereverTheFileIsCut(boolean pcapng) throws IOException {
        byte[] frame = Frames.ethernet(0x0800, IPV4);
        byte[] start = pcapng
                ? CaptureBytes.pcapng().section(true).describe(1, 0).bytes()
                : CaptureBytes.pcap(false, true, 1).bytes();
        byte[] file = pcapng
                ? CaptureBytes.pcapng()
                        .section(true)
                        .describe(1, 0)
                        .enhanced(0, 0, frame)
                        .enhanced(0, 0, frame)
                        .bytes()
                : CaptureBytes.pcap(false, true, 1).record(frame).record(frame).bytes();
        int recordBytes = (file.length - start.length) / 2;
        for (int length = start.length; length <= file.length; length++) {
            try (PcapSource source = PcapReading.open(Arrays.copyOf(file, length), PcapFilter.ALL)) {
                int whole = (length - start.length) / recordBytes;
                assertThat(PcapReading.packets(source)).hasSize(whole);
                assertThat(source.counters().get(PcapFault.TRUNCATED_FILE))
                        .isEqualTo((length - start.length) % recordBytes == 0 ? 0 : 1);
                assertThat(source.receive(source.newBatch(), 0)).isEqualTo(PacketSource.END);
            }
        }
    }

    @Test
    void shouldSkipRecordsThatAreTooLong() throws IOException {
        byte[] huge = new byte[CaptureWindow.CAPACITY_BYTES];
        byte[] pcap =
                CaptureBytes.pcap(false, false, 101).record(huge).record(IPV4).bytes();
        byte[] pcapng = CaptureBytes.pcapng()
                .section(false)
                .describe(101, 0, huge)
                .describe(1, 0)
                .enhanced(0, 0, huge)
                .block(77, CaptureBytes.pcapng().raw(huge))
                .enhanced(0, 0, IPV4)
                .bytes();
        try (PcapSource first = PcapReading.open(pcap, PcapFilter.ALL);
                PcapSource second = PcapReading.open(pcapng, PcapFilter.ALL)) {
            assertThat(PcapReading.packets(first)).containsExactly(PAYLOAD);
            assertThat(first.counters().describeSkipped()).isEqualTo("1 longer than a frame can be");
            assertThat(PcapReading.packets(second)).containsExactly(PAYLOAD);
            assertThat(second.counters().describeSkipped()).isEqualTo("2 longer than a frame can be");
        }
    }

    @Test
    void shouldEndAtABlockWhoseLengthCannotBe() throws IOException {
        for (int length : new int[] {0, 8, 13, 30}) {
            byte[] file = CaptureBytes.pcapng()
                    .section(false)
                    .describe(101, 0)
                    .enhanced(0, 0, IPV4)
                    .number(6, 4)
                    .number(length, 4)
                    .enhanced(0, 0, IPV4)
                    .bytes();
            try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
                assertThat(PcapReading.packets(source)).hasSize(1);
                assertThat(source.counters().get(PcapFault.BAD_BLOCK)).isEqualTo(1);
            }
        }
    }

    /** A length that no frame has and the file has not either is no sign that the file was cut off. */
    @Test
    void shouldTellADamagedLengthFromACutOff() throws IOException {
        byte[] pcap = CaptureBytes.pcap(true, false, 101).record(IPV4).bytes();
        byte[] pcapRecords = CaptureBytes.pcap(true, false, 101)
                .record(IPV4)
                .record(IPV4)
                .record(IPV4)
                .bytes();
        // The highest byte of the captured length of the second record, little-endian.
        pcapRecords[pcap.length + 11] = 0x55;
        byte[] pcapng = CaptureBytes.pcapng()
                .section(true)
                .describe(101, 0)
                .enhanced(0, 0, IPV4)
                .bytes();
        byte[] packet = CaptureBytes.pcapng()
                .section(true)
                .describe(101, 0)
                .enhanced(0, 0, IPV4)
                .enhanced(0, 0, IPV4)
                .bytes();
        packet[pcapng.length + 7] = 0x55;
        byte[] unknown = packet.clone();
        unknown[pcapng.length] = 77;
        damagedAt(pcap.length, pcapRecords);
        damagedAt(pcapng.length, packet);
        damagedAt(pcapng.length, unknown);
    }

    private static void damagedAt(long position, byte[] file) throws IOException {
        try (PcapSource source = PcapReading.open(file, PcapFilter.ALL)) {
            assertThat(PcapReading.packets(source)).containsExactly(PAYLOAD);
            assertThat(source.counters().describeSkipped())
                    .isEqualTo("1 a damaged record, behind which nothing can be found");
            assertThat(source.counters().damagedAt()).isEqualTo(position);
        }
    }

    @Test
    void shouldSayWhatIsNoCapture() throws IOException {
        refused(new byte[0], " is empty; a pcap or pcapng capture file is wanted");
        refused(new byte[] {1, 2, 3}, " is too short; a pcap or pcapng capture file is wanted");
        refused(new byte[1000], " is neither a pcap nor a pcapng capture file");
        refused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, " is compressed; unpack it with gunzip");
        refused(Arrays.copyOf(CaptureBytes.pcap(true, true, 1).bytes(), 23), " ends within the header of its capture");
        refused(
                Arrays.copyOf(CaptureBytes.pcapng().section(true).bytes(), 11),
                " ends within the header of its capture");
        refused(Frames.octets(10, 13, 13, 10, 0, 0, 0, 28, 1, 2, 3, 4), " is neither a pcap nor a pcapng capture file");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new PcapSource(directory.resolve("no.pcap")))
                .withMessage("there is no capture file " + directory.resolve("no.pcap"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new PcapSource(directory))
                .withMessage(directory + " is a directory, no capture file");
    }

    private void refused(byte[] bytes, String sentence) throws IOException {
        Path file = directory.resolve("bad.pcap");
        Files.write(file, bytes);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new PcapSource(file))
                .withMessage(file + sentence);
    }
}
