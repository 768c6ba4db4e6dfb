package org.spead.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.FramedSource;
import org.spead.transport.ByteSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** What is particular to TCP. The other side is a plain socket where that is possible. */
@Timeout(60)
class TcpTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final TcpSinkOptions ONCE = TcpSinkOptions.DEFAULT.withConnectTimeoutNanos(0);

    private static TcpSource listen() throws IOException {
        return TcpSource.listen("127.0.0.1", 0, TcpSource.SYSTEM_BUFFER);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Holds a port at which nobody listens. */
    private static Socket bound() throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(0));
        return socket;
    }

    private static PacketBatch batch(byte[]... packets) {
        int bytes = 0;
        for (byte[] packet : packets) {
            bytes += packet.length;
        }
        PacketBatch batch = new PacketBatch(Math.max(1, bytes), packets.length);
        for (byte[] packet : packets) {
            int offset = batch.end();
            batch.buffer().put(offset, packet);
            batch.add(offset, packet.length);
        }
        return batch;
    }

    /** The same packets, each cut into a head and a body wherever it may be. */
    private static PacketBatch inPieces(byte[][] packets, Random random) {
        PacketBatch batch = PacketBatch.gathering(1 << 16, packets.length);
        for (byte[] packet : packets) {
            int headLength = random.nextInt(packet.length + 1);
            int offset = batch.end();
            batch.buffer().put(offset, packet, 0, headLength);
            ByteBuffer body =
                    ByteBuffer.allocateDirect(packet.length).put(packet).clear();
            batch.add(offset, headLength, body, headLength, packet.length - headLength);
        }
        return batch;
    }

    private static byte[] random(Random random, int bytes) {
        byte[] packet = new byte[bytes];
        random.nextBytes(packet);
        return packet;
    }

    @Test
    void shouldReadFromAPlainSocketUntilItCloses() throws IOException {
        try (TcpSource source = listen()) {
            ByteBuffer into = ByteBuffer.allocateDirect(100);
            assertThat(source.read(into, 0)).isZero();
            assertThat(source.isConnected()).isFalse();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), source.port())) {
                socket.getOutputStream().write(new byte[] {1, 2, 3});
                assertThat(source.read(into, LONG_NANOS)).isEqualTo(3);
                assertThat(source.isConnected()).isTrue();
                assertThat(into.position()).isEqualTo(3);
                assertThat(source.read(into.limit(3), LONG_NANOS)).as("no room").isZero();
            }
            into.clear();
            assertThat(source.read(into, LONG_NANOS)).isEqualTo(ByteSource.END);
            assertThat(source.read(into, 0)).isEqualTo(ByteSource.END);
        }
    }

    @Test
    void shouldTakeOneConnectionOnly() throws IOException {
        try (TcpSource source = listen();
                Socket first = new Socket(InetAddress.getLoopbackAddress(), source.port())) {
            int port = source.port();
            first.getOutputStream().write(1);
            assertThat(source.read(ByteBuffer.allocate(1), LONG_NANOS)).isEqualTo(1);
            assertThat(source.port()).isEqualTo(port);
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> SocketChannel.open(loopback(port)).close());
        }
    }

    /** What comes before the sender: nobody, a port scan that resets, half a megabyte of garbage. */
    @Test
    void shouldWaitForAnotherWhenAConnectionEndsBeforeItsFirstPacket() throws IOException {
        byte[] packet = {0x53, 4, 2, 6, 0, 0, 0, 1, -128, 4, 0, 0, 0, 0, 0, 1, 99};
        List<String> strays = new ArrayList<>();
        byte[] garbage = new byte[500_003];
        try (TcpSource bytes = listen();
                FramedSource source = new FramedSource(bytes, 9200, strays::add)) {
            PacketBatch into = source.newBatch();
            int port = bytes.port();
            String address = "";
            for (int stray = 0; stray < 3; stray++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    address = "127.0.0.1:" + socket.getLocalPort();
                    if (stray == 1) {
                        socket.setSoLinger(true, 0);
                    } else if (stray == 2) {
                        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(socket, garbage));
                        while (!sending.isDone()) {
                            assertThat(source.receive(into, 1_000_000)).isZero();
                        }
                    }
                }
                for (int i = 0; i < 1000 && strays.size() <= stray; i++) {
                    assertThat(source.receive(into, 10_000_000)).isZero();
                }
                assertThat(strays).hasSize(stray + 1);
            }
            assertThat(strays.get(0)).endsWith(" ended after 0 bytes, before any packet; waiting for another");
            assertThat(strays.get(2))
                    .isEqualTo("tcp at 127.0.0.1:" + port + ": the connection from " + address
                            + " ended after 500003 bytes, before any packet; waiting for another");
            try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
                sender.getOutputStream().write(packet);
                assertThat(source.receive(into, LONG_NANOS)).isEqualTo(1);
                assertThat(into.length(0)).isEqualTo(packet.length);
            }
            assertThat(source.receive(into, LONG_NANOS)).isEqualTo(PacketSource.END);
            assertThat(source.skippedBytes()).isEqualTo(garbage.length);
            assertThat(source.truncatedPackets()).isZero();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldReadAConnectionThatExists() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
                SocketChannel peer = SocketChannel.open(server.getLocalAddress());
                TcpSource source = TcpSource.accepted(server.accept(), 100_000)) {
            peer.write(ByteBuffer.wrap(new byte[] {5, 6}));
            assertThat(source.read(ByteBuffer.allocate(9), LONG_NANOS)).isEqualTo(2);
            assertThat(source.effectiveReceiveBufferBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(source.describe())
                    .isEqualTo("tcp from 127.0.0.1:" + ((InetSocketAddress) peer.getLocalAddress()).getPort());
        }
    }

    @Test
    void shouldFailWhenTheConnectionIsReset() throws IOException {
        try (TcpSource source = listen()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), source.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(1);
                assertThat(source.read(ByteBuffer.allocate(1), LONG_NANOS)).isEqualTo(1);
            }
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> source.read(ByteBuffer.allocate(1), LONG_NANOS));
        }
    }

    @Test
    void shouldWriteManyPacketsAtOnceAndAlsoThoseApart() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpSink sink = new TcpSink("127.0.0.1", server.getLocalPort(), ONCE);
                Socket peer = server.accept()) {
            PacketBatch batch = new PacketBatch(100, 5);
            for (int i = 0; i < 40; i++) {
                batch.buffer().put(i, (byte) i);
            }
            batch.add(0, 3);
            batch.add(3, 4);
            batch.add(10, 5);
            batch.add(15, 0);
            batch.add(30, 2);
            assertThat(sink.send(batch, 0)).isEqualTo(5);
            assertThat(peer.getInputStream().readNBytes(14))
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 30, 31);
            assertThat(batch.buffer().limit()).isEqualTo(100);
            assertThat(sink.describe()).isEqualTo("tcp to 127.0.0.1:" + server.getLocalPort());
        }
    }

    @Test
    void shouldShapeBatchesForManyPackets() throws IOException {
        try (TcpSource source = listen();
                TcpSink sink = new TcpSink("127.0.0.1", source.port(), ONCE)) {
            assertThat(sink.newBatch(1472).maxPackets())
                    .as("what is written at once")
                    .isEqualTo(44);
            assertThat(sink.newBatch(1472).isGathering()).isFalse();
            assertThat(sink.newBatch(65_507).isGathering()).isTrue();
            assertThat(sink.newBatch(65_507).maxPackets()).isEqualTo(16);
        }
    }

    /** Small buffers, a slow reader: whatever is offered meanwhile, what arrives are whole packets in their order. */
    @ParameterizedTest(name = "in two pieces: {0}")
    @ValueSource(booleans = {false, true})
    void shouldCompleteAPacketThatLeftInPartBeforeAnythingElse(boolean inPieces) throws IOException {
        long seed = 8;
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        int stops = 0;
        try (TcpSource source = TcpSource.listen("127.0.0.1", 0, 1);
                TcpSink sink = new TcpSink("127.0.0.1", source.port(), ONCE.withSendBufferBytes(1))) {
            ByteBuffer into = ByteBuffer.allocate(1 << 16);
            for (int round = 0; round < 300; round++) {
                byte[][] packets = new byte[1 + random.nextInt(5)][];
                for (int i = 0; i < packets.length; i++) {
                    packets[i] = random(random, random.nextInt(3000));
                    expected.writeBytes(packets[i]);
                }
                int next = 0;
                while (next < packets.length) {
                    // The same packets in another block each time: nothing may depend on where they lie.
                    int taken = sink.send(inPieces ? inPieces(packets, random) : batch(packets), next);
                    next += taken;
                    stops += next < packets.length ? 1 : 0;
                    into.clear().limit(1 + random.nextInt(2000));
                    if (next < packets.length && source.read(into, LONG_NANOS) > 0) {
                        arrived.write(into.array(), 0, into.position());
                    }
                }
            }
            into.clear();
            while (arrived.size() < expected.size() && source.read(into, LONG_NANOS) > 0) {
                arrived.write(into.array(), 0, into.position());
                into.clear();
            }
        }
        assertThat(stops).as("the medium was full").isGreaterThan(100);
        assertThat(arrived.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
    }

    @Test
    void shouldCompleteAPacketThatIsNotOfferedAgain() throws IOException {
        Random random = new Random(9);
        byte[] big = random(random, 8 << 20);
        byte[] other = random(random, 100);
        try (TcpSource source = listen();
                TcpSink sink = new TcpSink("127.0.0.1", source.port(), ONCE.withSendBufferBytes(100_000))) {
            assertThat(sink.send(batch(big), 0)).isZero();
            ByteBuffer into = ByteBuffer.allocate(big.length + other.length);
            while (sink.send(batch(other), 0) == 0) {
                source.read(into, LONG_NANOS);
            }
            while (into.hasRemaining() && source.read(into, LONG_NANOS) > 0) {
                // Until all is there.
            }
            assertThat(into.array()).startsWith(big).endsWith(other);
        }
    }

    @Test
    void shouldFailWhenTheReceiverIsGone() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpSink sink = new TcpSink("127.0.0.1", server.getLocalPort(), ONCE)) {
            Socket peer = server.accept();
            peer.setSoLinger(true, 0);
            peer.close();
            PacketBatch batch = batch(new byte[1000]);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                for (int i = 0; i < 1_000_000; i++) {
                    sink.send(batch, 0);
                }
            });
            assertThatExceptionOfType(IOException.class).as("lost for good").isThrownBy(() -> sink.send(batch, 0));
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        try (Socket bound = bound()) {
            int port = bound.getLocalPort();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new TcpSink("127.0.0.1", port, ONCE))
                    .withMessage("cannot connect to 127.0.0.1:" + port + ": Connection refused");
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new TcpSink("::1", port, ONCE.withConnectTimeoutNanos(250_000_000)))
                    .withMessage("cannot connect to [::1]:" + port + ": Connection refused, tried for 0.25 s");
        }
    }

    @Test
    void shouldGiveUpConnectingWhenAbandoned() throws IOException {
        try (Socket bound = bound()) {
            int port = bound.getLocalPort();
            AtomicInteger asked = new AtomicInteger();
            long before = System.nanoTime();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() ->
                            new TcpSink("127.0.0.1", port, TcpSinkOptions.DEFAULT, () -> asked.incrementAndGet() > 3))
                    .withMessage("the connection to 127.0.0.1:" + port + " was given up before it was made");
            assertThat(System.nanoTime() - before).isLessThan(LONG_NANOS / 2);
        }
    }

    @Test
    void shouldWaitForAReceiverThatStartsLate() throws Exception {
        try (Socket bound = bound()) {
            int port = bound.getLocalPort();
            CountDownLatch refused = new CountDownLatch(3);
            AtomicReference<TcpSink> connected = new AtomicReference<>();
            Agent sender = new Agent() {
                @Override
                public String roleName() {
                    return "sender";
                }

                @Override
                public int doWork() {
                    try {
                        connected.set(new TcpSink("127.0.0.1", port, TcpSinkOptions.DEFAULT, () -> {
                            refused.countDown();
                            return false;
                        }));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return DONE;
                }
            };
            try (AgentRunner runner =
                    new AgentRunner("sender", List.of(sender), IdleStrategy.backoff(), (agent, e) -> {}).start()) {
                assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
                try (TcpSource source = TcpSource.listen("127.0.0.1", port, TcpSource.SYSTEM_BUFFER)) {
                    assertThat(runner.join(10_000)).isTrue();
                    connected.get().send(batch(new byte[] {1}), 0);
                    assertThat(source.read(ByteBuffer.allocate(1), LONG_NANOS)).isEqualTo(1);
                    connected.get().close();
                }
            }
        }
    }

    @Test
    void shouldNameWhatCannotBe() throws IOException {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> new TcpSink("no-such-host.invalid", 7148, ONCE))
                .withMessage("there is no host called no-such-host.invalid");
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> new TcpSink("127.0.0.1", 7148, ONCE.withInterfaceName("nosuchif0")))
                .withMessage("there is no network interface called nosuchif0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpSource.listen("127.0.0.1", 65_536, 0))
                .withMessage("a TCP port is from 0 to 65535, not 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TcpSink("239.1.2.3", 7148, ONCE))
                .withMessage("239.1.2.3 is a multicast group, which TCP cannot reach");
        try (TcpSource source = listen()) {
            int port = source.port();
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> TcpSource.listen("127.0.0.1", port, TcpSource.SYSTEM_BUFFER))
                    .withMessageStartingWith("cannot listen at 127.0.0.1:" + port + ": ");
        }
    }

    @Test
    void shouldConnectFromTheInterfaceNamed() throws IOException {
        for (String name : new String[] {"lo", "127.0.0.1"}) {
            try (TcpSource source = listen();
                    TcpSink sink = new TcpSink("127.0.0.1", source.port(), ONCE.withInterfaceName(name))) {
                sink.send(batch(new byte[] {1}), 0);
                assertThat(source.read(ByteBuffer.allocate(1), LONG_NANOS)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldReportTheBuffersGranted() throws IOException {
        try (TcpSource source = TcpSource.listen("127.0.0.1", 0, 100_000);
                TcpSink sink = new TcpSink("127.0.0.1", source.port(), ONCE.withSendBufferBytes(50_000))) {
            assertThat(source.effectiveReceiveBufferBytes()).isGreaterThanOrEqualTo(100_000);
            sink.send(batch(new byte[] {1}), 0);
            assertThat(source.read(ByteBuffer.allocate(1), LONG_NANOS)).isEqualTo(1);
            assertThat(source.effectiveReceiveBufferBytes()).isGreaterThanOrEqualTo(100_000);
            assertThat(sink.effectiveSendBufferBytes()).isGreaterThanOrEqualTo(50_000);
        }
    }

    @Test
    void shouldRefuseWrongOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpSource.listen("127.0.0.1", 0, -1))
                .withMessage("receiveBufferBytes must not be negative, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpSinkOptions.DEFAULT.withSendBufferBytes(-1))
                .withMessage("sendBufferBytes must not be negative, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpSinkOptions.DEFAULT.withConnectTimeoutNanos(-1))
                .withMessage("connectTimeoutNanos must not be negative, not -1");
    }
}
