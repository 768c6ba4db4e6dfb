package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.TelemetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done on purpose, seen in captures byte by byte: two streams of ten dumps, one second apart. */
@Timeout(60)
class ImpairedTransmissionTest {
    private static final SenderTelemetry SILENT =
            new SenderTelemetry(new TelemetrySettings(OptionalInt.empty(), "", 0, Optional.empty()));
    private static final double FIRST_MJD_SECONDS = 40_587 * 86_400.0 + 1_700_000_000.0;
    private static final int DUMPS = 10;
    private static final int HEADERS_BYTES = 42;

    /** Start, dumps and end. */
    private static final List<Long> ALL =
            LongStream.rangeClosed(1, DUMPS + 2).boxed().toList();

    @TempDir
    private Path directory;

    /** A packet of the capture. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Packet(long nanos, int port, long heap, long offset, long heapBytes, byte[] bytes) {
        /** The value of an item in the packet's pointers, or -1. */
        long immediate(int id) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int pointers = buffer.getShort(6);
            for (int i = 0; i < pointers; i++) {
                long pointer = buffer.getLong(8 + 8 * i);
                if (pointer < 0 && (pointer >>> 48 & 0x7FFF) == id) {
                    return Integer.toUnsignedLong(Integer.reverseBytes((int) pointer));
                }
            }
            return -1;
        }
    }

    private static FakeSource source() {
        double[] times = IntStream.range(0, DUMPS)
                .mapToDouble(i -> FIRST_MJD_SECONDS + i)
                .toArray();
        return new FakeSource(times, 1, 10, new ChannelRange(0, 8), 9, 10, 11, 12);
    }

    private static SenderSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("none.ms"));
        loader.option("transmission.num_streams=2");
        for (String option : options) {
            loader.option("transmission." + option);
        }
        return loader.loadSender();
    }

    private TransmissionSummary write(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("impair.log=" + directory.resolve("log"));
        return Transmission.toCapture(
                        settings(all.toArray(String[]::new)), SILENT, directory.resolve("sent.pcap"), false)
                .run(source());
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(directory.resolve("log"));
    }

    private List<Packet> packets(int stream) throws Exception {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("sent.pcap")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(24);
        List<Packet> packets = new ArrayList<>();
        while (file.hasRemaining()) {
            long nanos = file.getInt() * 1_000_000_000L + file.getInt();
            int length = file.getInt();
            int port = Short.toUnsignedInt(Short.reverseBytes(file.getShort(file.position() + 4 + 36)));
            byte[] bytes = new byte[length - HEADERS_BYTES];
            file.get(file.position() + 4 + HEADERS_BYTES, bytes);
            file.position(file.position() + 4 + length);
            if (port == 41_000 + stream) {
                ByteBuffer packet = ByteBuffer.wrap(bytes);
                packets.add(new Packet(
                        nanos,
                        port,
                        packet.getLong(8) & 0xFFFFFFFFFFFFL,
                        packet.getLong(24) & 0xFFFFFFFFFFFFL,
                        packet.getLong(16) & 0xFFFFFFFFFFFFL,
                        bytes));
            }
        }
        return packets;
    }

    /** Heap counts in the order in which the heaps end. */
    private List<Long> heaps(int stream) throws Exception {
        return packets(stream).stream()
                .filter(packet -> packet.offset() + 1472 - 40 >= packet.heapBytes()
                        || packet.offset() + packet.bytes().length - 40 >= packet.heapBytes())
                .map(Packet::heap)
                .toList();
    }

    @Test
    void shouldLeaveEverythingAsItIsUnlessSet() throws Exception {
        Transmission.toCapture(settings(), SILENT, directory.resolve("plain.pcap"), false)
                .run(source());
        TransmissionSummary summary = write("impair.seed=5");
        assertThat(directory.resolve("sent.pcap")).hasSameBinaryContentAs(directory.resolve("plain.pcap"));
        assertThat(summary.render()).doesNotContain("impaired");
        assertThat(log()).containsExactly("{\"what\":\"summary\"}");
    }

    @Test
    void shouldDropHeapsButThoseThatAreSpared() throws Exception {
        TransmissionSummary summary = write("impair.drop_heaps=1", "impair.spared_dumps=2");
        assertThat(heaps(0)).containsExactly(1L, 2L, 3L, 10L, 11L, 12L);
        assertThat(heaps(1)).isEqualTo(heaps(0));
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.render()).endsWith("; impaired on purpose: 12 drop_heap");
        assertThat(log())
                .hasSize(13)
                .contains(
                        "{\"what\":\"drop_heap\",\"stream\":1,\"dump\":2,\"time\":\"2023-11-14T22:13:22Z\",\"heap\":4}")
                .last()
                .isEqualTo("{\"what\":\"summary\",\"drop_heap\":12}");
    }

    @Test
    void shouldSendTwiceRightBehindOrLater() throws Exception {
        write("impair.duplicate_heaps=1", "impair.spared_dumps=4");
        assertThat(heaps(0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 6L, 7L, 7L, 8L, 9L, 10L, 11L, 12L);
        write("impair.duplicate_heaps=1", "impair.spared_dumps=4", "impair.duplicate_distance=1");
        assertThat(heaps(0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 6L, 8L, 9L, 10L, 11L, 12L);
        List<byte[]> packets = packets(0).stream()
                .filter(packet -> packet.heap() == 6)
                .sorted(Comparator.comparingLong(Packet::offset))
                .map(Packet::bytes)
                .toList();
        assertThat(packets).hasSizeGreaterThan(2);
        for (int i = 0; i < packets.size(); i += 2) {
            assertThat(packets.get(i)).isEqualTo(packets.get(i + 1));
        }
    }

    @Test
    void shouldHoldHeapsBackAndSendThemUnchanged() throws Exception {
        write("impair.late_heaps=1", "impair.late_distance=3", "impair.spared_dumps=3");
        // Dumps 3 to 6 are not spared; those from 4 on would go into the last three.
        assertThat(heaps(0)).containsExactly(1L, 2L, 3L, 4L, 6L, 7L, 8L, 5L, 9L, 10L, 11L, 12L);
        assertThat(log().get(0)).endsWith("\"heap\":5,\"after_dump\":6}");
        write("impair.reorder_heaps=1", "impair.reorder_distance=1", "impair.spared_dumps=0");
        // Each goes behind the next, which is held back itself, but for the last, which nothing follows.
        assertThat(heaps(1)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L, 10L, 12L);
    }

    @Test
    void shouldSayWrongValuesInOtherwiseRightHeaps() throws Exception {
        write("impair.corrupt_timestamps=1");
        List<Packet> firsts = packets(0).stream()
                .filter(packet -> packet.immediate(0x6000) >= 0)
                .toList();
        assertThat(firsts).hasSize(DUMPS);
        for (int dump = 0; dump < DUMPS; dump++) {
            double seconds = firsts.get(dump).immediate(0x6000)
                    - 1_700_000_000L
                    + firsts.get(dump).immediate(0x6001) / 4294967296.0;
            boolean spared = dump == 0 || dump == DUMPS - 1;
            assertThat(seconds - dump).as("dump %d", dump).isBetween(spared ? 0 : 0.29, spared ? 0 : 0.71);
        }
        write("impair.corrupt_channel_ids=1");
        assertThat(packets(1).stream()
                        .mapToLong(packet -> packet.immediate(0x6002))
                        .filter(id -> id >= 1_000_004))
                .hasSize(DUMPS - 2);
        write("impair.corrupt_baseline_counts=1");
        assertThat(packets(1).stream()
                        .mapToLong(packet -> packet.immediate(0x6005))
                        .filter(count -> count > 10))
                .hasSize(DUMPS - 2);
        assertThat(heaps(1)).isEqualTo(ALL);
    }

    /** The scan is in the payload, as its eight bytes do not fit a pointer; packets of 256 bytes cut it anywhere. */
    @Test
    void shouldSayWrongScansWhereverTheyAre() throws Exception {
        for (int bytes = 256; bytes < 1472; bytes += 72) {
            write("scan_id=0x1122334455667788", "impair.corrupt_scan_ids=1", "max_packet_size=" + bytes);
            Set<Long> scans = new LinkedHashSet<>();
            for (long heap = 2; heap < DUMPS + 2; heap++) {
                scans.add(scan(heap));
            }
            assertThat(scans)
                    .as("packets of %d bytes", bytes)
                    .hasSize(DUMPS - 1)
                    .contains(0x1122334455667788L);
            assertThat(log().stream().filter(line -> line.contains("\"stream\":0")))
                    .allMatch(line -> scans.contains(Long.valueOf(line.replaceAll(".*\"sent\":(\\d+)}", "$1"))));
        }
    }

    private long scan(long heap) throws Exception {
        byte[] payload = null;
        int at = -1;
        for (Packet packet : packets(0)) {
            if (packet.heap() != heap) {
                continue;
            }
            ByteBuffer buffer = ByteBuffer.wrap(packet.bytes());
            int pointers = buffer.getShort(6);
            payload = payload == null ? new byte[(int) packet.heapBytes()] : payload;
            int prefix = 8 + 8 * pointers;
            buffer.get(prefix, payload, (int) packet.offset(), packet.bytes().length - prefix);
            for (int i = 0; i < pointers; i++) {
                long pointer = buffer.getLong(8 + 8 * i);
                at = pointer >>> 48 == 0x6008 ? (int) pointer : at;
            }
        }
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }

    @Test
    void shouldImpairPacketsOfDataHeapsOnly() throws Exception {
        write("impair.drop_packets=1", "impair.spared_dumps=0");
        assertThat(packets(0)).extracting(Packet::heap).containsExactly(1L, 12L);
        write("impair.drop_packets=1", "impair.spared_dumps=1");
        assertThat(heaps(0)).containsExactly(1L, 2L, 11L, 12L);
    }

    @Test
    void shouldCutAStreamInTheMiddleOfAHeap() throws Exception {
        write("impair.cut_stream=1", "impair.cut_after=4");
        assertThat(heaps(0)).isEqualTo(ALL);
        assertThat(heaps(1)).containsExactly(1L, 2L, 3L, 4L, 5L);
        List<Packet> cut =
                packets(1).stream().filter(packet -> packet.heap() == 6).toList();
        assertThat(cut).isNotEmpty();
        assertThat(log().get(0))
                .startsWith("{\"what\":\"cut\",\"stream\":1,\"dump\":4,")
                .contains("\"packets_sent\":" + cut.size() + ",");
        write("impair.cut_stream=1", "impair.cut_after=4", "impair.late_heaps=1", "impair.late_distance=5");
        assertThat(heaps(1)).containsExactly(1L, 2L);
        assertThat(log().stream().filter(line -> line.contains("never_sent") && line.contains("\"stream\":1")))
                .hasSize(3);
    }

    /** Nothing of such a heap goes before the cut, so that nothing of what was held back does either. */
    @Test
    void shouldTellOfPacketsThatACutKeepsBackInHeapsOfOnePacket() throws Exception {
        write(
                "max_packet_size=9000",
                "impair.reorder_packets=1",
                "impair.reorder_packets_distance=6",
                "impair.cut_stream=0",
                "impair.cut_after=8");
        assertThat(heaps(0)).containsExactly(1L, 2L, 3L);
        assertThat(log().stream()
                        .filter(line -> line.contains("never_sent") && line.contains("\"stream\":0"))
                        .map(line -> line.substring(line.indexOf("\"heap\""))))
                .containsExactlyElementsOf(LongStream.rangeClosed(4, 9)
                        .mapToObj(heap ->
                                "\"heap\":" + heap + ",\"packet\":0,\"packets\":1,\"held_as\":\"reorder_packet\"}")
                        .toList());
        assertThat(heaps(1)).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void shouldLetAStreamFallSilent() throws Exception {
        write("impair.stall_stream=1", "impair.stall_after=4", "impair.stall_seconds=2.5", "rate=1000000");
        assertThat(heaps(0)).isEqualTo(ALL);
        assertThat(heaps(1)).isEqualTo(ALL);
        long longest = 0;
        long heap = 0;
        List<Packet> packets = packets(1);
        for (int i = 1; i < packets.size(); i++) {
            long pause = packets.get(i).nanos() - packets.get(i - 1).nanos();
            heap = pause > longest ? packets.get(i).heap() : heap;
            longest = Math.max(longest, pause);
        }
        assertThat(longest).isBetween(2_499_000_000L, 2_600_000_000L);
        assertThat(heap).isEqualTo(6);
    }

    @Test
    void shouldRefuseStreamsAndDumpsThatAreNotThere() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> write("impair.cut_stream=2"))
                .withMessage("transmission.impair.cut_stream = 2: there is no such stream; give 0 to 1");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> write("impair.stall_stream=0", "impair.stall_after=10"))
                .withMessage("transmission.impair.stall_after = 10: no more than 10 dumps are sent; give 0 to 9");
        assertThat(directory.resolve("sent.pcap")).doesNotExist();
    }

    @Test
    void shouldSayThatTheLogCannotBeWritten() throws Exception {
        Path log = directory.resolve("no/log");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Transmission.toCapture(
                                settings("impair.log=" + log), SILENT, directory.resolve("sent.pcap"), false)
                        .run(source()))
                .withMessage("transmission.impair.log = " + log + " cannot be written: there is no directory "
                        + directory.resolve("no"));
        TransmissionSummary summary = Transmission.toCapture(
                        settings("impair.log=/dev/full", "impair.drop_heaps=1"),
                        SILENT,
                        directory.resolve("sent.pcap"),
                        false)
                .run(source());
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.render())
                .contains("transmission.impair.log = /dev/full is cut off: No space left on device");
    }
}
