package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.settings.TelemetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.pcap.PcapFilter;
import org.spead.transport.pcap.PcapSource;

@Timeout(60)
class CaptureTransmissionTest {
    private static final SenderTelemetry SILENT =
            new SenderTelemetry(new TelemetrySettings(OptionalInt.empty(), "", 0, Optional.empty()));

    /** 2023-11-14 22:13:20 UTC. */
    private static final double FIRST_MJD_SECONDS = 40_587 * 86_400.0 + 1_700_000_000.0;

    private static final long FIRST_NANOS = 1_700_000_000_000_000_000L;
    private static final int ETHERNET_IPV4_UDP_BYTES = 42;

    @TempDir
    private Path directory;

    /** A record of the capture. */
    private record Captured(long nanos, int port, int payloadBytes) {}

    private static FakeSource source() {
        double[] times = {FIRST_MJD_SECONDS, FIRST_MJD_SECONDS + 0.5, FIRST_MJD_SECONDS + 2};
        return new FakeSource(times, 0.5, 10, new ChannelRange(0, 12), 9, 10, 11, 12);
    }

    private static SenderSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("none.ms"));
        loader.option("transmission.channels_per_stream=5");
        for (String option : options) {
            loader.option("transmission." + option);
        }
        return loader.loadSender();
    }

    private List<Captured> write(String... options) throws IOException, InterruptedException {
        Path file = directory.resolve("sent.pcap");
        TransmissionSummary summary =
                Transmission.toCapture(settings(options), SILENT, file, false).run(source());
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.streams()).isEqualTo(3);
        List<Captured> records = read(file);
        assertThat(records.stream().mapToLong(Captured::payloadBytes).sum()).isEqualTo(summary.bytes());
        return records;
    }

    private static List<Captured> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(24);
        List<Captured> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long nanos = bytes.getInt() * 1_000_000_000L + bytes.getInt();
            int length = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(length);
            int port = Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(bytes.position() + 36)));
            records.add(new Captured(nanos, port, length - ETHERNET_IPV4_UDP_BYTES));
            bytes.position(bytes.position() + length);
        }
        return records;
    }

    @Test
    void shouldPaceTheTimesOfEachStreamByTheRate() throws Exception {
        long rate = 1_000_000;
        List<Captured> records = write("rate=" + rate);
        assertThat(records).extracting(Captured::nanos).isSorted();
        for (int port = 41_000; port < 41_003; port++) {
            long dueNanos = FIRST_NANOS;
            int packets = 0;
            for (Captured record : records) {
                if (record.port() == port) {
                    // A smaller stream waits for the others at the end of each dump; the largest never waits.
                    long lateness = record.nanos() - dueNanos;
                    assertThat(lateness).isBetween(-1L - packets, port == 41_000 ? packets : Long.MAX_VALUE);
                    dueNanos = record.nanos() - Math.min(lateness, 0) + record.payloadBytes() * 1_000_000_000L / rate;
                    packets++;
                }
            }
            assertThat(packets).isGreaterThan(3);
        }
    }

    @Test
    void shouldBeginEachDumpAtItsInterval() throws Exception {
        assertThat(write("rate=0", "time_interval=0.25"))
                .extracting(Captured::nanos)
                .isSorted()
                .containsOnly(FIRST_NANOS, FIRST_NANOS + 250_000_000, FIRST_NANOS + 500_000_000);
        assertThat(write("rate=0", "time_interval=0"))
                .extracting(Captured::nanos)
                .isSorted()
                .containsOnly(FIRST_NANOS, FIRST_NANOS + 500_000_000, FIRST_NANOS + 2_000_000_000);
        assertThat(write("rate=0")).extracting(Captured::nanos).containsOnly(FIRST_NANOS);
    }

    @Test
    void shouldWriteTheSameFileOfTheSameSet() throws Exception {
        write("rate=5000000");
        byte[] first = Files.readAllBytes(directory.resolve("sent.pcap"));
        write("rate=5000000");
        assertThat(Files.readAllBytes(directory.resolve("sent.pcap"))).isEqualTo(first);
    }

    @Test
    void shouldHoldEveryHeapOfEveryStream() throws Exception {
        write("max_packet_size=8972", "max_heaps=3");
        for (int stream = 0; stream < 3; stream++) {
            PcapFilter filter = PcapFilter.ALL.withDestinationPort(41_000 + stream);
            List<Long> counts = new ArrayList<>();
            HeapSink sink = new HeapSink() {
                @Override
                public void heap(Heap heap) {
                    counts.add(heap.cnt());
                    heap.release();
                }
            };
            try (PcapSource capture = new PcapSource(directory.resolve("sent.pcap"), filter)) {
                ReceiveStream receiver = new ReceiveStream(
                        ReceiveConfig.builder().stopOnStopItem(false).build(),
                        List.of(capture),
                        sink,
                        new BufferPool(1 << 26));
                while (receiver.doWork() != Agent.DONE) {
                    // The file is there.
                }
            }
            assertThat(counts).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void shouldTakeAsLongAsSendingWouldWhenAsked() throws Exception {
        Path file = directory.resolve("sent.pcap");
        long before = System.nanoTime();
        Transmission.toCapture(settings("rate=0", "time_interval=0.05"), SILENT, file, true)
                .run(source());
        assertThat(System.nanoTime() - before).isGreaterThan(100_000_000);
    }

    @Test
    void shouldEndTheStreamsWhenStopped() throws Exception {
        Path file = directory.resolve("sent.pcap");
        Transmission transmission = Transmission.toCapture(settings(), SILENT, file, false);
        transmission.stop();
        assertThat(transmission.run(source()).isComplete()).isFalse();
        // A start and an end for each of three streams.
        assertThat(read(file)).hasSize(6);
    }

    @Test
    void shouldSayWhatCannotBeWritten() {
        Path file = directory.resolve("no/sent.pcap");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        Transmission.toCapture(settings(), SILENT, file, false).run(source()))
                .withMessage(
                        "cannot write capture file " + file + ": there is no directory " + directory.resolve("no"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Transmission.toCapture(settings(), SILENT, directory, false)
                        .run(source()))
                .withMessage("cannot write capture file " + directory + ": it is a directory");
    }

    @Test
    void shouldLeaveACaptureAloneWhenAHostDoesNotResolve() throws Exception {
        Path file = Files.writeString(directory.resolve("precious.pcap"), "precious");
        SenderSettings settings = settings("endpoints=127.0.0.1:1-2,no.such.host.invalid:3");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        Transmission.toCapture(settings, SILENT, file, false).run(source()))
                .withMessage("there is no host called no.such.host.invalid (stream 2: transmission.endpoints)");
        assertThat(file).hasContent("precious");
    }

    @Test
    void shouldRefuseToCaptureConnections() throws Exception {
        Path file = Files.writeString(directory.resolve("precious.pcap"), "precious");
        SenderSettings settings = settings("transport_protocol=tcp");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Transmission.toCapture(settings, SILENT, file, false).run(source()))
                .withMessageStartingWith("transmission.transport_protocol = tcp: ");
        assertThat(file).hasContent("precious");
    }

    /** Linux has a file to which nothing can be written; what is gathered for it is written only at the end. */
    @Test
    void shouldSummariseWhenTheDiskIsFull() throws Exception {
        TransmissionSummary summary = Transmission.toCapture(settings(), SILENT, Path.of("/dev/full"), false)
                .run(source());
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.render())
                .endsWith("; it failed: the capture is cut off, the last of it could not be written into /dev/full:"
                        + " No space left on device");
    }

    @Test
    void shouldStopWhenTheDiskIsFull() throws Exception {
        double[] times =
                IntStream.range(0, 8).mapToDouble(i -> FIRST_MJD_SECONDS + i).toArray();
        FakeSource large = new FakeSource(times, 1, 100, new ChannelRange(0, 200), 9, 10, 11, 12);
        SenderSettings settings = settings("rate=0", "channels_per_stream=0");
        TransmissionSummary summary = Transmission.toCapture(settings, SILENT, Path.of("/dev/full"), false)
                .run(large);
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.sentDumps()).isLessThan(8);
        assertThat(summary.failedHeaps()).isPositive();
    }
}
