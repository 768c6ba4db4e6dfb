package org.spead.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every UDP transport owes to groups of both families, with the interface chosen in every way there is. */
@Timeout(60)
public abstract class MulticastContract {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String GROUP = "239.102.17.5";

    static Stream<Arguments> groupsAndInterfaces() throws SocketException {
        NetworkInterface loopback = NetworkInterface.getByName("lo");
        NetworkInterface six = interfaceWithIpv6();
        return Stream.of(
                Arguments.of(GROUP, "lo"),
                Arguments.of(GROUP, "127.0.0.1"),
                Arguments.of(GROUP, String.valueOf(loopback.getIndex())),
                Arguments.of("ff15::7148", six.getName()),
                Arguments.of("ff15::7148", String.valueOf(six.getIndex())),
                Arguments.of("ff15::7148", addressOf(six, Inet6Address.class)),
                Arguments.of("ff02::7148", six.getName()),
                Arguments.of("ff01::7148", six.getName()),
                Arguments.of("[ff12::7148]", six.getName()));
    }

    /** The system sends IPv6 multicast over the loopback interface only where a route says so. */
    private static NetworkInterface interfaceWithIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(link -> isUpForMulticast(link) && link.inetAddresses().anyMatch(Inet6Address.class::isInstance))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no interface that is up has multicast and an IPv6 address"));
    }

    private static boolean isUpForMulticast(NetworkInterface link) {
        try {
            return link.isUp() && link.supportsMulticast();
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private static String addressOf(NetworkInterface link, Class<? extends InetAddress> family) {
        return link.inetAddresses()
                .filter(family::isInstance)
                .findFirst()
                .orElseThrow()
                .getHostAddress();
    }

    /** Opens a source of the transport. */
    protected abstract PacketSource open(String group, int port, UdpSourceOptions options) throws IOException;

    /** Opens a sink of the transport. */
    protected abstract PacketSink open(String group, int port, UdpSinkOptions options) throws IOException;

    private PacketSource source(String group, int port, String link) throws IOException {
        return open(group, port, UdpSourceOptions.DEFAULT.withInterfaceName(link));
    }

    private PacketSink sink(String group, int port, String link) throws IOException {
        return open(group, port, UdpSinkOptions.DEFAULT.withInterfaceName(link).withTimeToLive(0));
    }

    private static int port(PacketSource source) {
        String description = source.describe();
        return Integer.parseInt(description.substring(description.lastIndexOf(':') + 1));
    }

    private static void send(PacketSink sink, int value) throws IOException {
        PacketBatch batch = sink.newBatch(100);
        batch.buffer().putInt(0, value);
        batch.add(0, Integer.BYTES);
        assertThat(sink.send(batch, 0)).isEqualTo(1);
    }

    private static int receive(PacketSource source) throws IOException {
        PacketBatch batch = source.newBatch();
        assertThat(source.receive(batch, LONG_NANOS)).isEqualTo(1);
        return batch.buffer().getInt(batch.offset(0));
    }

    @ParameterizedTest
    @MethodSource("groupsAndInterfaces")
    void shouldReachEveryReceiverOfTheGroup(String group, String link) throws IOException {
        List<PacketSource> sources = new ArrayList<>();
        try {
            sources.add(source(group, 0, link));
            int port = port(sources.get(0));
            sources.add(source(group, port, link));
            sources.add(source(group, port, link));
            try (PacketSink sink = sink(group, port, link)) {
                send(sink, 7);
                send(sink, 8);
                for (PacketSource source : sources) {
                    PacketBatch batch = source.newBatch();
                    int received = source.receive(batch, LONG_NANOS);
                    assertThat(batch.buffer().getInt(batch.offset(0))).isEqualTo(7);
                    assertThat(received == 2 || receive(source) == 8).isTrue();
                }
            }
        } finally {
            for (PacketSource source : sources) {
                source.close();
            }
        }
    }

    @Test
    void shouldHearItsOwnGroupOnly() throws IOException {
        try (PacketSource source = source(GROUP, 0, "lo");
                PacketSource other = source("239.102.17.6", port(source), "lo");
                PacketSink sink = sink(GROUP, port(source), "lo");
                PacketSink otherSink = sink("239.102.17.6", port(source), "lo")) {
            send(otherSink, 6);
            send(sink, 5);
            assertThat(receive(source)).isEqualTo(5);
            assertThat(receive(other)).isEqualTo(6);
        }
    }

    @Test
    void shouldTakeTheScopeInTheAddressForTheInterface() throws IOException {
        String group = "ff02::7149%" + interfaceWithIpv6().getName();
        try (PacketSource source = source(group, 0, "");
                PacketSink sink = sink(group, port(source), "")) {
            send(sink, 3);
            assertThat(receive(source)).isEqualTo(3);
        }
    }

    @Test
    void shouldChooseAnInterfaceWhenNoneIsNamed() throws IOException {
        try (PacketSource source = source(GROUP, 0, "")) {
            assertThat(port(source)).isPositive();
            assertThat(source.describe()).isEqualTo("udp at " + GROUP + ":" + port(source));
        }
    }

    @Test
    void shouldBindUnicastToTheAddressOfAnInterfaceGivenByIndex() throws IOException {
        NetworkInterface loopback = NetworkInterface.getByName("lo");
        assertThat(addressOf(loopback, Inet4Address.class)).isEqualTo("127.0.0.1");
        try (PacketSource source = source("127.0.0.1", 0, "");
                PacketSink sink = sink("127.0.0.1", port(source), String.valueOf(loopback.getIndex()))) {
            send(sink, 1);
            assertThat(receive(source)).isEqualTo(1);
        }
    }

    @Nested
    class Contract extends TransportContract {
        @Override
        protected Pair open() throws IOException {
            PacketSource source = MulticastContract.this.open(
                    GROUP,
                    0,
                    UdpSourceOptions.DEFAULT
                            .withMaxPacketBytes(UdpSourceOptions.MAX_DATAGRAM_BYTES)
                            .withInterfaceName("lo"));
            return new Pair(sink(GROUP, port(source), "lo"), source);
        }

        @Override
        protected boolean has(Trait trait) {
            return false;
        }
    }
}
