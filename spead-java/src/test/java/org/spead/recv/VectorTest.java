package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spead.SpeadVector;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.transport.ByteSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.memory.MemoryLink;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.tcp.TcpSource;

/** Receives every reference vector through every reader that has a result for it, and expects that result exactly. */
class VectorTest {
    private static final long POOL_BYTES = 64 << 20;

    static Stream<Arguments> results() {
        List<Arguments> all = new ArrayList<>();
        for (String name : SpeadVector.names("abcdefghij")) {
            SpeadVector.load(name).results().forEach((reader, byConfig) -> {
                byConfig.keySet().forEach(config -> all.add(Arguments.of(name, reader, config)));
                if (reader.equals("tcp")) {
                    byConfig.keySet().forEach(config -> all.add(Arguments.of(name, "tcp in pieces", config)));
                }
            });
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("results")
    void shouldReceiveWhatTheReferenceReceiverDid(String name, String reader, String configName) throws IOException {
        SpeadVector vector = SpeadVector.load(name);
        String referenceReader = reader.startsWith("tcp") ? "tcp" : reader;
        JsonNode expected = vector.results().get(referenceReader).get(configName);
        ReceiveConfig config = config(vector.configs().get(configName));
        BufferPool pool = new BufferPool(POOL_BYTES);

        try (CollectingSink sink = new CollectingSink()) {
            StreamStats stats = receive(vector, reader, config, sink, pool);

            assertThat(sink.delivered.stream().map(HeapText::of).toList())
                    .isEqualTo(StreamSupport.stream(expected.get("heaps").spliterator(), false)
                            .map(HeapText::of)
                            .toList());
            expected.get("stats")
                    .properties()
                    .forEach(stat -> assertThat(stats.snapshot().values())
                            .containsEntry(stat.getKey(), stat.getValue().asLong()));
            assertThat(sink.ends).isEqualTo(1);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("hugeReaders")
    void shouldSurviveHugeHeapLength(String reader, boolean allowOutOfOrder) throws IOException {
        BufferPool pool = new BufferPool(POOL_BYTES);
        ReceiveConfig config =
                ReceiveConfig.builder().allowOutOfOrder(allowOutOfOrder).build();
        try (CollectingSink sink = new CollectingSink()) {
            StreamStats stats = receive(SpeadVector.load("x_huge_heap_len"), reader, config, sink, pool);

            assertThat(sink.heaps()).extracting(Heap::cnt).containsExactly(1L, 2L);
            assertThat(sink.incompleteHeaps()).isEmpty();
            assertThat(stats.get(HeapFault.TOO_LONG)).isEqualTo(1);
            assertThat(pool.heldBytes()).isLessThan(1 << 20);
        }
    }

    static Stream<Arguments> hugeReaders() {
        return Stream.of("datagram", "mem", "udp", "tcp", "tcp in pieces")
                .flatMap(reader -> Stream.of(Arguments.of(reader, false), Arguments.of(reader, true)));
    }

    @Test
    void shouldCoverEveryFamily() {
        assertThat(results().map(arguments -> ((String) arguments.get()[0]).charAt(0)))
                .contains('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');
        assertThat(results().map(arguments -> arguments.get()[1]))
                .contains("datagram", "mem", "udp", "tcp", "tcp in pieces");
    }

    private static ReceiveConfig config(JsonNode json) {
        ReceiveConfig.Builder builder = ReceiveConfig.builder();
        json.properties().forEach(option -> {
            boolean value = option.getValue().asBoolean();
            switch (option.getKey()) {
                case "allow_out_of_order" -> builder.allowOutOfOrder(value);
                case "stop_on_stop_item" -> builder.stopOnStopItem(value);
                case "allow_unsized_heaps" -> builder.allowUnsizedHeaps(value);
                default -> throw new IllegalArgumentException("vector has an unknown option " + option);
            }
        });
        return builder.build();
    }

    private static StreamStats receive(
            SpeadVector vector, String reader, ReceiveConfig config, HeapSink sink, BufferPool pool)
            throws IOException {
        switch (reader) {
            case "mem" -> {
                BufferReader memory = new BufferReader(config, ByteBuffer.wrap(vector.bytes()), sink, pool);
                run(memory);
                return memory.stats();
            }
            case "datagram" -> {
                MemoryLink link = new MemoryLink("memory", vector.packets().size());
                send(vector, link.sink());
                link.sink().close();
                ReceiveStream stream = new ReceiveStream(config, List.of(link.source()), sink, pool);
                run(stream);
                return stream.stats();
            }
            case "udp" -> {
                try (UdpSource source = new UdpSource("127.0.0.1", 0, UdpSourceOptions.DEFAULT);
                        UdpSink udp = new UdpSink("127.0.0.1", source.port(), UdpSinkOptions.DEFAULT)) {
                    send(vector, udp);
                    // The reference run over UDP was ended, and so counts, by a stop heap of its own.
                    send(WirePacket.stop(48, 0).bytes(), udp);
                    ReceiveStream stream = new ReceiveStream(config, List.of(source), sink, pool);
                    run(stream);
                    return stream.stats();
                }
            }
            case "tcp" -> {
                return overTcp(vector.bytes(), config, sink, pool);
            }
            case "tcp in pieces" -> {
                PiecewiseSource pieces =
                        new PiecewiseSource(vector.bytes(), vector.name().hashCode(), 1 << 12);
                ReceiveStream stream = new ReceiveStream(config, List.of(framed(pieces)), sink, pool);
                run(stream);
                return stream.stats();
            }
            default -> throw new IllegalArgumentException("no reader " + reader);
        }
    }

    private static FramedSource framed(ByteSource bytes) {
        return new FramedSource(bytes, FramedSource.DEFAULT_MAX_PACKET_BYTES);
    }

    private static StreamStats overTcp(byte[] bytes, ReceiveConfig config, HeapSink sink, BufferPool pool)
            throws IOException {
        TcpSource listening = TcpSource.listen("127.0.0.1", 0, TcpSource.SYSTEM_BUFFER);
        try (FramedSource source = framed(listening);
                SocketChannel sender =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port()))) {
            sender.configureBlocking(false);
            ReceiveStream stream = new ReceiveStream(config, List.of(source), sink, pool);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining() && !stream.isEnded()) {
                sender.write(left);
                stream.doWork();
            }
            sender.shutdownOutput();
            run(stream);
            return stream.stats();
        }
    }

    private static void send(SpeadVector vector, PacketSink sink) throws IOException {
        for (SpeadVector.Packet packet : vector.packets()) {
            send(Arrays.copyOfRange(vector.bytes(), packet.offset(), packet.offset() + packet.length()), sink);
        }
    }

    private static void send(byte[] packet, PacketSink sink) throws IOException {
        PacketBatch batch = new PacketBatch(packet.length, 1);
        batch.buffer().put(0, packet);
        batch.add(0, packet.length);
        assertThat(sink.send(batch, 0)).isEqualTo(1);
    }

    private static void run(Agent agent) {
        while (agent.doWork() != Agent.DONE) {
            // Nothing to wait for: all packets are there.
        }
        agent.onClose();
    }
}
