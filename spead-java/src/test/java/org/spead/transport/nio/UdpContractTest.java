package org.spead.transport.nio;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.spead.transport.TransportContract;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** The transport contract over loopback, with both families of addresses. */
class UdpContractTest {
    @Nested
    class Ipv4 extends Udp {
        Ipv4() {
            super("127.0.0.1");
        }
    }

    @Nested
    class Ipv6 extends Udp {
        Ipv6() {
            super("::1");
        }
    }

    @Nested
    class ByName extends Udp {
        ByName() {
            super("localhost");
        }
    }

    abstract static class Udp extends TransportContract {
        private final String host;

        Udp(String host) {
            this.host = host;
        }

        @Override
        protected Pair open() throws IOException {
            UdpSource source =
                    new UdpSource(host, 0, UdpSourceOptions.DEFAULT.withMaxPacketBytes(UdpSink.MAX_PACKET_BYTES));
            return new Pair(new UdpSink(host, source.port(), UdpSinkOptions.DEFAULT), source);
        }

        @Override
        protected boolean has(Trait trait) {
            return false;
        }
    }
}
