package org.spead.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

class PcapPortsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldDivideTheFileByPortInItsOrder() throws IOException {
        int seed = 99;
        Random random = new Random(seed);
        CaptureBytes file = CaptureBytes.pcap(true, true, 101);
        List<List<Byte>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int others = 0;
        for (int i = 0; i < 1000; i++) {
            int port = random.nextInt(5);
            file.record(packet(40_999 + port, i));
            if (port > 0 && port < 4) {
                expected.get(port - 1).add((byte) i);
            } else {
                others++;
            }
        }
        try (PcapPorts ports = open(file, 41_000, 3)) {
            List<List<Byte>> received = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            drain(ports, received, -1);
            assertThat(received).as("seed %d", seed).isEqualTo(expected);
            assertThat(ports.counters().get(PcapFault.FILTERED)).isEqualTo(others);
            assertThat(ports.counters().packets()).isEqualTo(1000L - others);
        }
    }

    @Test
    void shouldNotRunAheadOfAPortThatIsNotAsked() throws IOException {
        CaptureBytes file = CaptureBytes.pcap(true, true, 101)
                .record(packet(41_000, 1))
                .record(packet(41_001, 2))
                .record(packet(41_000, 3));
        try (PcapPorts ports = open(file, 41_000, 2)) {
            PacketSource first = ports.source(0);
            PacketSource second = ports.source(1);
            PacketBatch batch = first.newBatch();
            assertThat(second.receive(batch, 0)).isZero();
            assertThat(first.receive(batch, 0)).isEqualTo(1);
            assertThat(first.receive(batch, 0)).isZero();
            assertThat(second.receive(batch, 0)).isEqualTo(1);
            assertThat(second.receive(batch, 0)).isZero();
            assertThat(first.receive(batch, 0)).isEqualTo(1);
            assertThat(first.receive(batch, 0)).isEqualTo(PacketSource.END);
            assertThat(second.receive(batch, 0)).isEqualTo(PacketSource.END);
        }
    }

    @Test
    void shouldNotBeHeldUpByAPortThatIsGivenUp() throws IOException {
        CaptureBytes file = CaptureBytes.pcap(true, true, 101);
        for (int i = 0; i < 10; i++) {
            file.record(packet(41_000, i)).record(packet(41_001, i));
        }
        try (PcapPorts ports = open(file, 41_000, 2)) {
            List<List<Byte>> received = List.of(new ArrayList<>(), new ArrayList<>());
            assertThat(ports.source(1).receive(ports.source(1).newBatch(), 0)).isZero();
            ports.ignore(0);
            drain(ports, received, 0);
            assertThat(received.get(0)).isEmpty();
            assertThat(received.get(1)).hasSize(10);
            assertThat(ports.counters().get(PcapFault.FILTERED)).isEqualTo(10);
        }
    }

    @Test
    void shouldRefusePortsThatAreNone() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PcapPorts(directory, 65_535, 2))
                .withMessage("2 ports from 65535 on are not within 1 to 65535");
        PcapPorts ports = open(CaptureBytes.pcap(true, true, 101), 41_000, 2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ports.source(2));
        PacketSource source = ports.source(1);
        assertThat(source.describe()).startsWith("port 41001 of capture ");
        source.close();
        assertThat(source.receive(source.newBatch(), 0)).isEqualTo(PacketSource.END);
        ports.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> source.receive(source.newBatch(), 0));
    }

    private static byte[] packet(int port, int number) {
        return Frames.ipv4(Frames.udp(port, Frames.octets(number)));
    }

    private PcapPorts open(CaptureBytes capture, int firstPort, int count) throws IOException {
        Path file = directory.resolve("ports.pcap");
        Files.write(file, capture.bytes());
        return new PcapPorts(file, firstPort, count);
    }

    private static void drain(PcapPorts ports, List<List<Byte>> into, int left) throws IOException {
        PacketBatch batch = ports.source(0).newBatch();
        int ended = 0;
        while (ended < into.size()) {
            ended = 0;
            for (int port = 0; port < into.size(); port++) {
                int count = port == left ? PacketSource.END : ports.source(port).receive(batch, 0);
                ended += count == PacketSource.END ? 1 : 0;
                for (int i = 0; i < count; i++) {
                    into.get(port).add(batch.buffer().get(batch.offset(i)));
                }
            }
        }
    }
}
