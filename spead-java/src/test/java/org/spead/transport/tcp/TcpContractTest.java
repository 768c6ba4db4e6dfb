package org.spead.transport.tcp;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.spead.recv.FramedSource;
import org.spead.transport.TransportContract;

/** The transport contract over connections of both families, the packets in envelopes. */
class TcpContractTest {
    @Nested
    class Ipv4 extends Tcp {
        Ipv4() {
            super("127.0.0.1", "127.0.0.1");
        }
    }

    @Nested
    class Ipv6 extends Tcp {
        Ipv6() {
            super("::1", "::1");
        }
    }

    @Nested
    class ByNameToAnyAddress extends Tcp {
        ByNameToAnyAddress() {
            super("", "localhost");
        }
    }

    abstract static class Tcp extends TransportContract {
        private final String listensAt;
        private final String connectsTo;

        Tcp(String listensAt, String connectsTo) {
            this.listensAt = listensAt;
            this.connectsTo = connectsTo;
        }

        @Override
        protected Pair open() throws IOException {
            TcpSource source = TcpSource.listen(listensAt, 0, TcpSource.SYSTEM_BUFFER);
            TcpSink sink = new TcpSink(connectsTo, source.port(), TcpSinkOptions.DEFAULT);
            FramedSource framed = new FramedSource(source, FramedSource.DEFAULT_MAX_PACKET_BYTES);
            return new Pair(new Enveloped.Sink(sink), new Enveloped.Source(framed));
        }

        @Override
        protected int maxPacketBytes() {
            return FramedSource.DEFAULT_MAX_PACKET_BYTES - Enveloped.ENVELOPE_BYTES;
        }

        @Override
        protected boolean has(Trait trait) {
            // It does push back, but not at the few bytes of the contract's batch.
            return trait != Trait.PUSHES_BACK;
        }
    }
}
