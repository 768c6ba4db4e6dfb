package org.spead.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.SpeadVector;
import org.spead.WirePacket;
import org.spead.agent.Agent;
import org.spead.packet.PacketFault;
import org.spead.transport.ByteSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** A stream of bytes received: the reference vectors are in {@link VectorTest}, here is what they do not show. */
class FramedSourceTest {
    private final BufferPool pool = new BufferPool(64 << 20);
    private StreamStats stats;

    /** Hands out one piece a read, then ends. */
    private static final class Pieces implements ByteSource {
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private boolean closed;

        Pieces(byte[]... pieces) {
            this.pieces.addAll(List.of(pieces));
        }

        @Override
        public int read(ByteBuffer into, long timeoutNanos) {
            byte[] piece = pieces.poll();
            if (piece == null) {
                return END;
            }
            into.put(piece);
            return piece.length;
        }

        @Override
        public String describe() {
            return "pieces";
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static byte[] heap(long cnt, int bytes) {
        return WirePacket.of(48, cnt, bytes, 0, new byte[bytes]).bytes();
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Heap counts of what is received, in order. */
    private List<Long> receive(FramedSource source) {
        CollectingSink sink = new CollectingSink();
        ReceiveStream stream = new ReceiveStream(ReceiveConfig.defaults(), List.of(source), sink, pool);
        while (stream.doWork() != Agent.DONE) {
            // Until the bytes end.
        }
        stream.onClose();
        assertThat(stream.failure()).isEmpty();
        assertThat(sink.ends).isEqualTo(1);
        stats = stream.stats();
        List<Long> counts = sink.heaps().stream().map(Heap::cnt).toList();
        sink.close();
        assertThat(pool.lentBytes()).isZero();
        return counts;
    }

    @Test
    void shouldGoOnBehindABadHeader() {
        byte[] bad = heap(1, 8);
        bad[0] = 0;
        FramedSource source = new FramedSource(new Pieces(together(heap(5, 8), bad, heap(6, 8))), 9200);

        assertThat(receive(source)).containsExactly(5L, 6L);
        assertThat(source.badHeaders()).isEqualTo(bad.length / 8);
        assertThat(source.skippedBytes()).isEqualTo(bad.length);
        assertThat(stats.get(StreamStat.SOURCE_SKIPPED_BYTES)).isEqualTo(bad.length);
        assertThat(stats.get("source_truncated_packets")).isZero();
    }

    @Test
    void shouldGoOnBehindAPacketThatIsTooBig() {
        byte[] tooBig = heap(1, 9161);
        FramedSource source = new FramedSource(new Pieces(together(heap(5, 9160), tooBig, heap(6, 8))), 9200);

        assertThat(receive(source)).containsExactly(5L, 6L);
        assertThat(source.oversizePackets()).isEqualTo(1);
        assertThat(source.refusedPackets()).isEqualTo(1);
        assertThat(source.skippedBytes()).isEqualTo(tooBig.length);
        assertThat(stats.get("source_refused_packets")).isEqualTo(1);
        assertThat(stats.get("source_skipped_bytes")).isEqualTo(tooBig.length);
        assertThat(stats.get("source_truncated_packets")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 39, 40, 41, 100, 139})
    void shouldJoinWhatComesInTwoParts(int cut) {
        byte[] packet = heap(2, 100);
        FramedSource source =
                new FramedSource(new Pieces(heap(1, 3), part(packet, 0, cut), part(packet, cut, 140)), 9200);
        assertThat(receive(source)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 39, 40, 41, 100, 139})
    void shouldEndInTheMiddleOfAPacket(int cut) {
        FramedSource source = new FramedSource(new Pieces(heap(1, 3), part(heap(2, 100), 0, cut)), 9200);
        assertThat(receive(source)).containsExactly(1L);
        assertThat(source.badHeaders()).isZero();
        assertThat(source.truncatedPackets()).isEqualTo(1);
        assertThat(stats.get(StreamStat.SOURCE_TRUNCATED_PACKETS)).isEqualTo(1);
    }

    @Test
    void shouldShowWhatIsPassedOverWhileNoPacketComes() {
        Pieces pieces = new Pieces(new byte[80], new byte[0], new byte[16]);
        CollectingSink sink = new CollectingSink();
        ReceiveStream stream = new ReceiveStream(config(), List.of(new FramedSource(pieces, 9200)), sink, pool);
        assertThat(stream.doWork()).isZero();
        assertThat(stream.stats().get(StreamStat.SOURCE_SKIPPED_BYTES)).isEqualTo(80);
        assertThat(stream.doWork()).isZero();
        assertThat(stream.doWork()).isZero();
        assertThat(stream.stats().get(StreamStat.SOURCE_SKIPPED_BYTES)).isEqualTo(96);
        stream.onClose();
    }

    private static ReceiveConfig config() {
        return ReceiveConfig.builder().receiveTimeoutNanos(0).build();
    }

    @Test
    void shouldCountPacketsThatDoNotDecode() {
        byte[] noCount = WirePacket.empty(48)
                .immediate(3, 0)
                .immediate(4, 5)
                .payload(new byte[5])
                .bytes();
        CollectingSink sink = new CollectingSink();
        ReceiveStream stream = new ReceiveStream(
                ReceiveConfig.defaults(),
                List.of(new FramedSource(new Pieces(together(noCount, heap(1, 1))), 9200)),
                sink,
                pool);
        assertThat(stream.doWork()).isEqualTo(2);
        assertThat(sink.heaps()).hasSize(1);
        assertThat(stream.stats().get(PacketFault.NO_HEAP_CNT)).isEqualTo(1);
        sink.close();
    }

    @Test
    void shouldHandOutMorePacketsThanABatchHolds() throws IOException {
        int packets = 6000;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 1; i <= packets; i++) {
            out.writeBytes(WirePacket.empty(48).immediate(4, 0).immediate(1, i).bytes());
        }
        FramedSource source = new FramedSource(new Pieces(out.toByteArray()), 9200);
        PacketBatch batch = source.newBatch();

        assertThat(source.receive(batch, 0)).isEqualTo(batch.maxPackets()).isLessThan(packets);
        assertThat(source.receive(batch, 0)).isEqualTo(packets - batch.maxPackets());
        assertThat(batch.buffer().getLong(batch.offset(batch.count() - 1) + 16) & 0xFFFF)
                .isEqualTo(packets);
        assertThat(source.receive(batch, 0)).isEqualTo(PacketSource.END);
        assertThat(source.receive(batch, 0)).isEqualTo(PacketSource.END);
    }

    /** What is behind the last whole packet is copied before the next read; nothing is when packets are of one length. */
    @Test
    void shouldReadToTheEndOfAPacketOnceItKnowsTheLength() throws IOException {
        byte[] packet = heap(1, 1000);
        List<Integer> leftOver = new ArrayList<>();
        ByteSource endless = new ByteSource() {
            private int next;

            @Override
            public int read(ByteBuffer into, long timeoutNanos) {
                leftOver.add(into.position());
                int count = into.remaining();
                while (into.hasRemaining()) {
                    into.put(packet[next]);
                    next = (next + 1) % packet.length;
                }
                return count;
            }

            @Override
            public String describe() {
                return "endless";
            }

            @Override
            public void close() {}
        };
        FramedSource source = new FramedSource(endless, 9200);
        PacketBatch batch = source.newBatch();
        for (int i = 0; i < 5; i++) {
            assertThat(source.receive(batch, 0)).isGreaterThan(200);
        }
        assertThat(leftOver.get(1)).as("the beginning of a packet").isPositive();
        assertThat(leftOver.subList(2, 5)).containsOnly(0);
    }

    @Test
    void shouldSayOnceThatAPeerStaysAndSendsNoPacket() throws IOException {
        SilentPeers peers = new SilentPeers();
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
        List<String> said = new ArrayList<>();
        FramedSource source = new FramedSource(peers, 9200, said::add, nanos::get);
        PacketBatch batch = source.newBatch();
        for (int second = 0; second < 20; second++, nanos.addAndGet(1_000_000_000L)) {
            assertThat(source.receive(batch, 0)).isZero();
        }
        assertThat(said).as("nobody has connected").isEmpty();

        peers.peer = Optional.of("192.0.2.7:4000");
        for (int second = 0; second < 40; second++, nanos.addAndGet(1_000_000_000L)) {
            assertThat(source.receive(batch, 0)).isZero();
            assertThat(said).hasSize(second < 30 ? 0 : 1);
        }
        assertThat(said)
                .containsExactly(
                        "peers: the connection from 192.0.2.7:4000 has sent no whole packet in 30 s; waiting for"
                                + " one, or for its end, before which nobody else can connect");

        peers.hungUp = true;
        assertThat(source.receive(batch, 0)).isZero();
        assertThat(said).hasSize(2).last().asString().contains("ended after 0 bytes");
        peers.peer = Optional.of("192.0.2.8:4000");
        assertThat(source.receive(batch, 0)).isZero();
        peers.packet = heap(1, 100);
        assertThat(source.receive(batch, 0)).isEqualTo(1);
        nanos.addAndGet(60_000_000_000L);
        assertThat(source.receive(batch, 0)).isZero();
        assertThat(said).as("a sender may pause").hasSize(2);
    }

    /** Peers that connect one after the other and send nothing, or one packet. */
    private static final class SilentPeers implements ByteSource {
        private Optional<String> peer = Optional.empty();
        private boolean hungUp;
        private byte[] packet = new byte[0];

        @Override
        public int read(ByteBuffer into, long timeoutNanos) {
            int count = packet.length;
            into.put(packet);
            packet = new byte[0];
            return hungUp ? END : count;
        }

        @Override
        public Optional<String> awaitAnother() {
            Optional<String> former = peer;
            peer = Optional.empty();
            hungUp = false;
            return former;
        }

        @Override
        public Optional<String> peer() {
            return peer;
        }

        @Override
        public String describe() {
            return "peers";
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldWaitForTheRestOfAPacketUntilTheTimeIsOver() throws IOException {
        byte[] packet = heap(1, 100);
        Pieces pieces = new Pieces(part(packet, 0, 60), part(packet, 60, 61), part(packet, 61, 140));
        FramedSource source = new FramedSource(pieces, 9200);
        PacketBatch batch = source.newBatch();

        assertThat(source.receive(batch, 0)).as("without waiting").isZero();
        assertThat(source.receive(batch, 60_000_000_000L)).isEqualTo(1);
        assertThat(batch.length(0)).isEqualTo(140);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldReceiveTheSameInPiecesOfAnySize(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : SpeadVector.names("abcdefgh")) {
            out.writeBytes(SpeadVector.load(name).bytes());
            out.writeBytes(new byte[8 * random.nextInt(3)]);
        }
        byte[] bytes = out.toByteArray();
        FramedSource atOnce = new FramedSource(new PiecewiseSource(bytes, seed, 1 << 18), 65_536);
        FramedSource inPieces = new FramedSource(new PiecewiseSource(bytes, -seed, 1 << random.nextInt(16)), 65_536);

        assertThat(packets(inPieces)).as("seed %d", seed).isEqualTo(packets(atOnce));
        assertThat(inPieces.badHeaders()).isEqualTo(atOnce.badHeaders());
        assertThat(inPieces.skippedBytes()).isEqualTo(atOnce.skippedBytes());
    }

    private static List<ByteBuffer> packets(FramedSource source) {
        List<ByteBuffer> packets = new ArrayList<>();
        PacketBatch batch = source.newBatch();
        try {
            while (source.receive(batch, 0) != PacketSource.END) {
                for (int i = 0; i < batch.count(); i++) {
                    byte[] packet = new byte[batch.length(i)];
                    batch.buffer().get(batch.offset(i), packet);
                    packets.add(ByteBuffer.wrap(packet));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packets;
    }

    @Test
    void shouldAllocateNothing() throws IOException {
        byte[] packets = together(heap(1, 1000), heap(2, 1000), heap(3, 1000));
        ByteSource endless = new ByteSource() {
            private int next;

            @Override
            public int read(ByteBuffer into, long timeoutNanos) {
                int count = Math.min(1777, packets.length - next);
                into.put(packets, next, count);
                next = (next + count) % packets.length;
                return count;
            }

            @Override
            public String describe() {
                return "endless";
            }

            @Override
            public void close() {}
        };
        FramedSource source = new FramedSource(endless, 9200);
        PacketBatch batch = source.newBatch();
        receiveMany(source, batch);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        receiveMany(source, batch);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void receiveMany(FramedSource source, PacketBatch batch) throws IOException {
        for (int i = 0; i < 20_000; i++) {
            source.receive(batch, 0);
        }
    }

    @Test
    void shouldRefuseBatchesThatAreTooSmall() {
        FramedSource source = new FramedSource(new Pieces(), 9200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.receive(new PacketBatch(9200, 10), 0))
                .withMessageStartingWith("a batch of 9200 bytes is too small for pieces, which needs ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FramedSource(new Pieces(), 65_537))
                .withMessage("maxPacketBytes must be from 16 to 65536, not 65537");
    }

    @Test
    void shouldCloseWhatItReadsFrom() throws IOException {
        Pieces pieces = new Pieces();
        new FramedSource(pieces, 9200).close();
        assertThat(pieces.closed).isTrue();
    }
}
