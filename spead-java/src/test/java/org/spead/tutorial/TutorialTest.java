package org.spead.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.ReceiveStream;
import org.spead.recv.StreamStats;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.memory.MemoryLink;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;

/** The programs of the user's guide run and do what it says, and what it shows is in them. */
@Timeout(60)
class TutorialTest {
    private static final Path GUIDE = Path.of("..", "docs", "spead-java.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "org", "spead", "tutorial");

    @Test
    void shouldSendAndReceiveOverUdp() throws IOException {
        try (UdpSource source = new UdpSource("127.0.0.1", 0, UdpSourceOptions.DEFAULT);
                UdpSink sink = new UdpSink("127.0.0.1", source.port(), UdpSinkOptions.DEFAULT)) {
            SendWeather.send(sink, 2);
            assertThat(ReceiveWeather.receive(source))
                    .containsExactly(
                            "0 s: 20.0 degrees, all is well at 0", "1 s: 21.0 degrees, all is well at 1", "3 heaps");
        }
    }

    @Test
    void shouldReceiveByTheTransportOfLinux() throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket()) {
            port = free.getLocalPort();
        }
        try (PacketSource source = FastWeather.open(port);
                UdpSink sink = new UdpSink("127.0.0.1", port, UdpSinkOptions.DEFAULT)) {
            assertThat(source).isInstanceOf(LinuxUdpSource.class);
            SendWeather.send(sink, 1);
            assertThat(ReceiveWeather.receive(source))
                    .containsExactly("0 s: 20.0 degrees, all is well at 0", "2 heaps");
        }
    }

    @Test
    void shouldSubscribeToWhatWasSentBefore() throws Exception {
        MemoryLink link = MemoryLink.unbounded("weather");
        SendWeather.send(link.sink(), 2);
        assertThat(SubscribeWeather.receive(link::source)).containsExactly("heap 1", "heap 2", "heap 3", "the end");
    }

    @Test
    void shouldTellWhatArrivedOfIncompleteHeaps() throws IOException {
        MemoryLink link = MemoryLink.unbounded("lossy");
        WirePacket begin = WirePacket.of(48, 1, 30, 0, new byte[10]);
        WirePacket end = WirePacket.of(48, 1, 30, 20, new byte[10]);
        for (WirePacket packet : List.of(end, begin, end, WirePacket.of(48, 2, 5, 0, new byte[5]))) {
            byte[] bytes = packet.bytes();
            PacketBatch batch = new PacketBatch(bytes.length, 1);
            batch.buffer().put(0, bytes);
            batch.add(0, bytes.length);
            link.sink().send(batch, 0);
        }
        link.sink().close();
        assertThat(LossyWeather.receive(link.source()))
                .containsExactly("heap 2 of 5 bytes", "of heap 1 bytes 0 to 10 20 to 30", "4 packets, 1 twice");
    }

    @Test
    void shouldKeepStatisticsOfItsOwn() throws IOException {
        MemoryLink link = MemoryLink.unbounded("weather");
        SendWeather.send(link.sink(), 3);
        ReceiveStream stream = new ReceiveStream(
                CountingSink.CONFIG, List.of(link.source()), new CountingSink(), new BufferPool(1 << 20));
        while (stream.doWork() != Agent.DONE) {
            // Everything has been sent already.
        }
        StreamStats.Snapshot stats = stream.stats().snapshot();
        assertThat(stats.get("weather.items"))
                .as("start and three descriptors, then three items a heap")
                .isEqualTo(4 + 3 * 3);
        assertThat(stats.get("weather.longest")).isGreaterThan(100);
    }

    @Test
    void shouldShowOnlyCodeThatIsRunHere() throws IOException {
        List<List<String>> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                sources.add(Files.readAllLines(file));
            }
        }
        List<List<String>> blocks = javaBlocks(Files.readAllLines(GUIDE));
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(6);
        for (List<String> block : blocks) {
            assertThat(sources)
                    .as("the guide shows:\n%s", String.join("\n", block))
                    .anyMatch(source -> containsExcerpt(source, block));
        }
    }

    private static List<List<String>> javaBlocks(List<String> lines) {
        List<List<String>> blocks = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).equals("```java")) {
                int end = at + lines.subList(at, lines.size()).indexOf("```");
                blocks.add(lines.subList(at + 1, end));
                at = end;
            }
        }
        return blocks;
    }

    /** Whether the block's lines follow each other in the source, all indented by the same amount. */
    private static boolean containsExcerpt(List<String> source, List<String> block) {
        for (int at = 0; at + block.size() <= source.size(); at++) {
            String first = source.get(at);
            int indent = first.length() - first.stripLeading().length();
            String margin = " ".repeat(indent);
            List<String> indented = block.stream()
                    .map(line -> line.isEmpty() ? line : margin + line)
                    .toList();
            if (source.subList(at, at + block.size()).equals(indented)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldNameTestsThatExist() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> named = Arrays.stream(guide.split("[^A-Za-z0-9]"))
                .filter(word -> word.endsWith("Test") && Character.isUpperCase(word.charAt(0)))
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            List<String> existing =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(named).allSatisfy(test -> assertThat(existing).contains(test + ".java"));
        }
    }
}
