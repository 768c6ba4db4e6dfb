package org.cbfsdp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one socket does with one vector; what the kernel must be able to do here is not skipped when it cannot. */
@Timeout(60)
class LinuxSocketTest {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int SLOT = 65_536;

    private final ByteBuffer incoming = ByteBuffer.allocateDirect(8 * SLOT);
    private final MessageVector received = new MessageVector(8);
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(SLOT);
    private final MessageVector sent = new MessageVector(MessageVector.MAX_MESSAGES);

    private static InetSocketAddress at(String host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private static LinuxSocket bound(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        LinuxSocket socket = LinuxSocket.open(address.getAddress().length > 4);
        socket.bind(new InetSocketAddress(address, 0));
        return socket;
    }

    private static LinuxSocket connected(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        LinuxSocket socket = LinuxSocket.open(address.getAddress().length > 4);
        socket.connect(new InetSocketAddress(address, port));
        return socket;
    }

    @Test
    void shouldBeAvailableHere() {
        assertThat(LinuxSocket.unavailabilityCause()).isNull();
        assertThat(LinuxSocket.isAvailable()).isTrue();
    }

    @Test
    void shouldCarrySegmentsAsOneMessageInBothFamilies() throws IOException {
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            try (LinuxSocket in = bound(host);
                    LinuxSocket out = connected(host, in.localPort())) {
                in.set(SocketOption.RECEIVE_OFFLOAD, 1);
                for (int i = 0; i < 1000; i++) {
                    outgoing.put(i, (byte) (i * 7));
                }
                sent.clear();
                sent.add(0, 950, 300);
                sent.add(950, 50, 0);
                assertThat(out.send(outgoing, sent, 0)).isEqualTo(2);
                int count = in.receive(incoming, received, 8, SLOT, LONG_NANOS);
                assertThat(count).as(host).isEqualTo(2);
                assertThat(received.length(0)).isEqualTo(950);
                assertThat(received.segment(0)).isEqualTo(300);
                assertThat(received.length(1)).isEqualTo(50);
                assertThat(received.segment(1)).as("no segments").isZero();
                assertThat(received.offset(1)).isEqualTo(SLOT);
                assertThat(received.isTruncated(0)).isFalse();
                for (int i = 0; i < 950; i++) {
                    assertThat(incoming.get(i)).isEqualTo((byte) (i * 7));
                }
            }
        }
    }

    @Test
    void shouldSendBodiesBehindTheirHeads() throws IOException {
        ByteBuffer elsewhere = ByteBuffer.allocateDirect(60_000);
        for (int i = 0; i < elsewhere.capacity(); i++) {
            elsewhere.put(i, (byte) (i * 11));
        }
        for (String host : new String[] {"127.0.0.1", "::1"}) {
            try (LinuxSocket in = bound(host);
                    LinuxSocket out = connected(host, in.localPort())) {
                for (int i = 0; i < 40; i++) {
                    outgoing.put(i, (byte) -i);
                }
                sent.clear();
                sent.add(0, 30, elsewhere, 1000, 59_000);
                sent.add(30, 5, 0);
                sent.add(35, 0, elsewhere, 7, 3);
                assertThat(out.send(outgoing, sent, 0)).isEqualTo(3);
                assertThat(in.receive(incoming, received, 3, SLOT, LONG_NANOS)).isEqualTo(3);
                assertThat(received.length(0)).isEqualTo(59_030);
                for (int i = 0; i < 30; i++) {
                    assertThat(incoming.get(i)).isEqualTo((byte) -i);
                }
                for (int i = 0; i < 59_000; i++) {
                    assertThat(incoming.get(30 + i)).isEqualTo((byte) ((1000 + i) * 11));
                }
                assertThat(received.length(1)).isEqualTo(5);
                assertThat(received.length(2)).isEqualTo(3);
                assertThat(incoming.get(2 * SLOT)).isEqualTo((byte) 77);
            }
        }
    }

    @Test
    void shouldRefuseBodiesThatAreNotThere() throws IOException {
        ByteBuffer body = ByteBuffer.allocateDirect(100);
        try (LinuxSocket in = bound("127.0.0.1");
                LinuxSocket out = connected("127.0.0.1", in.localPort())) {
            for (int[] range :
                    new int[][] {{0, 101}, {100, 1}, {-1, 5}, {5, -1}, {Integer.MAX_VALUE, Integer.MAX_VALUE}}) {
                sent.clear();
                sent.add(0, 8, body, range[0], range[1]);
                assertThat(Errno.of(out.send(outgoing, sent, 0))).isEqualTo(Errno.EINVAL);
            }
            sent.clear();
            sent.add(0, 8, ByteBuffer.allocate(100), 0, 100);
            assertThat(Errno.of(out.send(outgoing, sent, 0))).as("not direct").isEqualTo(Errno.EINVAL);
            sent.clear();
            sent.add(0, 8, null, 0, 100);
            assertThat(Errno.of(out.send(outgoing, sent, 0))).as("missing").isEqualTo(Errno.EINVAL);
            sent.clear();
            sent.add(0, 8, 0);
            assertThat(out.send(outgoing, sent, 0)).as("none of before").isEqualTo(1);
            assertThat(in.receive(incoming, received, 8, SLOT, LONG_NANOS)).isEqualTo(1);
            assertThat(received.length(0)).isEqualTo(8);
        }
    }

    @Test
    void shouldTellThatASlotWasTooShort() throws IOException {
        try (LinuxSocket in = bound("127.0.0.1");
                LinuxSocket out = connected("127.0.0.1", in.localPort())) {
            sent.add(0, 500, 0);
            out.send(outgoing, sent, 0);
            assertThat(in.receive(incoming, received, 1, 100, LONG_NANOS)).isEqualTo(1);
            assertThat(received.isTruncated(0)).isTrue();
        }
    }

    @Test
    void shouldRefuseRangesOutsideTheBlocks() throws IOException {
        try (LinuxSocket in = bound("127.0.0.1");
                LinuxSocket out = connected("127.0.0.1", in.localPort())) {
            sent.add(SLOT - 10, 11, 0);
            assertThat(Errno.of(out.send(outgoing, sent, 0))).isEqualTo(Errno.EINVAL);
            assertThat(Errno.of(out.send(outgoing, sent, 5))).isEqualTo(Errno.EINVAL);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> in.receive(incoming, received, 8, SLOT + 1, 0))
                    .withMessage("receiving failed: Invalid argument (EINVAL)");
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> in.receive(ByteBuffer.allocate(8 * SLOT), received, 8, SLOT, 0));
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> in.receive(incoming, received, 9, 1, 0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageVector(65));
    }

    @Test
    void shouldCountDropsExactly() throws IOException {
        LinuxSocket in = bound("127.0.0.1");
        int packets = 500;
        int came = 0;
        try (in;
                LinuxSocket out = connected("127.0.0.1", in.localPort())) {
            in.set(SocketOption.DROP_COUNT, 1);
            in.set(SocketOption.RECEIVE_BUFFER, 1);
            sent.add(0, 1000, 0);
            for (int i = 0; i < packets; i++) {
                assertThat(out.send(outgoing, sent, 0)).isEqualTo(1);
            }
            int count;
            do {
                count = in.receive(incoming, received, 8, SLOT, 0);
                came += count;
            } while (count > 0);
            assertThat(came).isBetween(1, packets - 1);
            assertThat(in.drops()).as("before another packet comes").isEqualTo(packets - came);
            out.send(outgoing, sent, 0);
            assertThat(in.receive(incoming, received, 8, SLOT, LONG_NANOS)).isEqualTo(1);
            assertThat(received.toldDrops()).isTrue();
            assertThat(received.drops()).isEqualTo(packets - came);
        }
        assertThat(in.drops()).as("after the close").isEqualTo(packets - came);
    }

    @Test
    void shouldWakeTheReceiveThatWaitsOrTheNext() throws Exception {
        try (LinuxSocket in = bound("127.0.0.1")) {
            in.wake();
            in.wake();
            assertThat(in.receive(incoming, received, 8, SLOT, LONG_NANOS)).isZero();
            PollingThread waiting = PollingThread.start(() -> in.receive(incoming, received, 8, SLOT, Long.MAX_VALUE));
            waiting.awaitPolling();
            in.wake();
            assertThat(waiting.outcome().get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void shouldEndTheReceiveThatWaitsWhenClosed() throws Exception {
        LinuxSocket in = bound("127.0.0.1");
        PollingThread waiting = PollingThread.start(() -> in.receive(incoming, received, 8, SLOT, Long.MAX_VALUE));
        waiting.awaitPolling();
        in.close();
        assertThat(waiting.outcome().get(20, TimeUnit.SECONDS)).isZero();
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> in.receive(incoming, received, 8, SLOT, Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseUseAfterCloseAndLeaveNoDescriptor() throws IOException {
        LinuxSocket.open(false).close();
        long before = descriptors();
        for (int i = 0; i < 50; i++) {
            LinuxSocket socket = bound("127.0.0.1");
            socket.close();
            socket.close();
            socket.wake();
            assertThat(socket.drops()).isZero();
            assertThat(socket.isOpen()).isFalse();
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(socket::localPort);
            assertThatExceptionOfType(ClosedChannelException.class)
                    .isThrownBy(() -> socket.receive(incoming, received, 1, SLOT, 0));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> socket.send(outgoing, sent, 0));
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    /** Sockets and events that this process has open; files come and go with what the virtual machine loads. */
    private static long descriptors() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open) {
                try {
                    String kind = Files.readSymbolicLink(descriptor).toString();
                    count += kind.startsWith("socket:") || kind.equals("anon_inode:[eventfd]") ? 1 : 0;
                } catch (NoSuchFileException e) {
                    // That of the directory itself, or another file that has been closed meanwhile.
                }
            }
        }
        return count;
    }

    @Test
    void shouldFindEveryOptionAndEveryErrorOnTheNativeSide() {
        assertThat(SocketOption.values())
                .extracting(SocketOption::index)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(LinuxSocketJni.optionName(SocketOption.values().length)).isNull();
        assertThat(IntStream.range(0, 256).mapToObj(Errno::of)).contains(Errno.values());
        assertThat(Errno.of(-13)).isEqualTo(Errno.EACCES);
        assertThat(Errno.of(0)).isEqualTo(Errno.OTHER);
        assertThat(Errno.of(Integer.MIN_VALUE)).isEqualTo(Errno.OTHER);
        assertThat(LinuxSocketJni.setOption(-1, 16, 0)).as("no such option").isEqualTo(-22);
    }

    @Test
    void shouldSetEveryOptionAndTellItBack() throws IOException {
        try (LinuxSocket four = LinuxSocket.open(false);
                LinuxSocket six = LinuxSocket.open(true)) {
            four.set(SocketOption.UNICAST_TTL_V4, 17);
            four.set(SocketOption.MULTICAST_TTL_V4, 3);
            four.set(SocketOption.MULTICAST_LOOP_V4, 0);
            six.set(SocketOption.UNICAST_HOPS_V6, 18);
            six.set(SocketOption.MULTICAST_HOPS_V6, 4);
            six.set(SocketOption.MULTICAST_LOOP_V6, 0);
            six.set(SocketOption.IPV6_ONLY, 1);
            four.set(SocketOption.REUSE_ADDRESS, 1);
            assertThat(four.get(SocketOption.UNICAST_TTL_V4)).isEqualTo(17);
            assertThat(four.get(SocketOption.MULTICAST_TTL_V4)).isEqualTo(3);
            assertThat(four.get(SocketOption.MULTICAST_LOOP_V4)).isZero();
            assertThat(six.get(SocketOption.UNICAST_HOPS_V6)).isEqualTo(18);
            assertThat(six.get(SocketOption.MULTICAST_HOPS_V6)).isEqualTo(4);
            assertThat(six.get(SocketOption.MULTICAST_LOOP_V6)).isZero();
            assertThat(six.get(SocketOption.IPV6_ONLY)).isEqualTo(1);
            assertThat(four.get(SocketOption.REUSE_ADDRESS)).isEqualTo(1);
            four.set(SocketOption.SEND_BUFFER, 60_000);
            assertThat(four.get(SocketOption.SEND_BUFFER)).isEqualTo(120_000);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> four.set(SocketOption.UNICAST_TTL_V4, 300))
                    .withMessage("UNICAST_TTL_V4 = 300 was refused: Invalid argument (EINVAL)");
        }
    }

    @Test
    void shouldNameWhatIsWrongWithAnAddress() throws IOException {
        try (LinuxSocket one = bound("127.0.0.1");
                LinuxSocket other = LinuxSocket.open(false)) {
            assertThatExceptionOfType(BindException.class)
                    .isThrownBy(() -> other.bind(at("127.0.0.1", one.localPort())))
                    .withMessage("bind failed: Address already in use (EADDRINUSE)");
            assertThatExceptionOfType(BindException.class).isThrownBy(() -> other.bind(at("192.0.2.1", 0)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.bind(at("::1", 0)))
                    .withMessage("0:0:0:0:0:0:0:1 is no address for a socket of IPv4");
        }
        assertThat(Errno.text(-9999)).endsWith("(errno 9999)");
    }
}
