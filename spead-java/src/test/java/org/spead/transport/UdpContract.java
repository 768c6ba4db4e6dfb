package org.spead.transport;

import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** The transport contract over loopback, with both families of addresses; each transport of datagrams extends it. */
public abstract class UdpContract {
    /** A source at a free port of that host, which takes datagrams of any length, and a sink to it. */
    protected abstract TransportContract.Pair open(String host) throws IOException;

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

    abstract class Udp extends TransportContract {
        private final String host;

        Udp(String host) {
            this.host = host;
        }

        @Override
        protected Pair open() throws IOException {
            return UdpContract.this.open(host);
        }

        @Override
        protected boolean has(Trait trait) {
            return false;
        }
    }
}
