package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;

/** The same heaps, whatever they come from: a consumer is given the same bytes, which are those that were sent. */
@Timeout(60)
class EverySourceTest {
    private static final int DUMPS = 40;
    private static final long SEED = 20_261_126;
    private static final int FIRST_HEADER_BYTES = 8 + 8 * 11;
    private static final int SCALAR_BYTES = 32;
    private static final int HEADER_BYTES = 8 + 8 * 4;

    @TempDir
    Path folder;

    /** What was sent, as {@link Taker} writes what it is given. */
    private final List<String> sent = new ArrayList<>();

    private final List<byte[]> packets = packets();

    @ParameterizedTest
    @ValueSource(strings = {"nio", "linux"})
    void shouldComeByDatagrams(String transport) throws Exception {
        int port = RunningReception.freePorts(1);
        RunningReception reception = start(port, "transport=" + transport);
        try (DatagramSocket socket = new DatagramSocket(0, RunningReception.LOOPBACK)) {
            for (byte[] packet : packets) {
                socket.send(new DatagramPacket(packet, packet.length, RunningReception.LOOPBACK, port));
            }
        }
        assertThatAllCame(reception);
    }

    @Test
    void shouldComeByAConnection() throws Exception {
        int port = RunningReception.freePorts(1);
        RunningReception reception = start(port, "transport_protocol=tcp");
        try (Socket socket = new Socket(RunningReception.LOOPBACK, port)) {
            OutputStream out = socket.getOutputStream();
            for (byte[] packet : packets) {
                out.write(packet);
            }
        }
        assertThatAllCame(reception);
    }

    @Test
    void shouldComeFromACapture() throws Exception {
        Path capture = folder.resolve("heaps.pcap");
        TestCapture.write(capture, 41_000, packets);
        assertThatAllCame(start(41_000, "pcap_file=" + capture));
    }

    @Test
    void shouldComeFromMemory() {
        Taker.TAKEN.clear();
        PacketList source = new PacketList();
        packets.forEach(source::add);
        source.end();
        HeapRing ring = new HeapRing(2 * DUMPS, OverflowPolicy.PAUSE);
        ReceiveStream stream = new ReceiveStream(
                ReceiveConfig.builder()
                        .receiveTimeoutNanos(0)
                        .stopOnStopItem(false)
                        .build(),
                List.of(source),
                new DrainingSink(ring),
                new BufferPool(1 << 24));
        while (stream.doWork() >= 0) {
            // All packets.
        }
        stream.onClose();
        StreamAccount[] accounts = {new StreamAccount()};
        DumpGrid grid = DumpGrid.of(Optional.empty(), 0);
        Taker taker = new Taker();
        HeapRouter router = new HeapRouter(
                List.of(ring),
                new PayloadRules(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), PolarisationRule.any(), 0),
                accounts,
                new ChannelClaims(1),
                new DumpAssembler(
                        accounts, grid, new DumpAssembler.Limits(8, Long.MAX_VALUE, Long.MAX_VALUE, false), dump -> {
                            taker.consume(dump, false);
                            dump.release();
                        }),
                index -> {},
                () -> {});
        while (router.doWork() >= 0) {
            // All heaps.
        }
        router.onClose();
        assertThat(Taker.TAKEN).isEqualTo(sent);
    }

    /** Writes down every dump it is given. */
    public static final class Taker implements Consumer {
        /** There is one reception at a time; its end is awaited before this is read. */
        static final List<String> TAKEN = new ArrayList<>();

        @Override
        public void start(ConsumerContext context) {
            TAKEN.clear();
        }

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            VisibilityPayload payload = dump.payload(0);
            ByteBuffer data = payload.data().duplicate();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            TAKEN.add(text(dump.timestampTicks(), dump.scanId(), payload.channelId(), payload.channelCount(), bytes));
        }

        @Override
        public void close() {}
    }

    private static String text(long ticks, long scanId, int firstChannel, int channels, byte[] data) {
        return ticks + " " + scanId + " " + firstChannel + "+" + channels + " "
                + HexFormat.of().formatHex(data);
    }

    /** Heaps of random elements, which are put into their packets by hand. */
    private List<byte[]> packets() {
        Random random = new Random(SEED);
        List<byte[]> all = new ArrayList<>();
        for (int dump = 0; dump < DUMPS; dump++) {
            WireHeap heap = new WireHeap(1L + dump, Models.ticks(dump), 6);
            heap.scanId = 77;
            byte[] data = new byte[heap.channels * heap.baselines * 34];
            random.nextBytes(data);
            byte[] first = heap.packets().get(0);
            byte[] second = heap.packets().get(1);
            int from = FIRST_HEADER_BYTES + SCALAR_BYTES;
            System.arraycopy(data, 0, first, from, first.length - from);
            System.arraycopy(data, first.length - from, second, HEADER_BYTES, second.length - HEADER_BYTES);
            all.add(first);
            all.add(second);
            sent.add(text(heap.ticks, 77, 6, heap.channels, data));
        }
        all.add(WireHeap.stop(DUMPS + 1));
        return all;
    }

    private static RunningReception start(int port, String option) throws Exception {
        return RunningReception.start(port, "num_ports=1", "consumer=" + Taker.class.getName(), option);
    }

    private void assertThatAllCame(RunningReception reception) throws Exception {
        ReceptionReport ended = reception.report();
        assertThat(ended.hasLost()).as(ended.render()).isFalse();
        assertThat(Taker.TAKEN).isEqualTo(sent);
    }
}
