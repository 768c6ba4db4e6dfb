package org.spead.transport.impair;

import java.io.IOException;
import org.spead.transport.TransportContract;
import org.spead.transport.UdpContract;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;

/** The same over a medium that loses packets rather than push back. */
class ImpairedUdpContractTest extends UdpContract {
    @Override
    protected TransportContract.Pair open(String host) throws IOException {
        UdpSource source = new UdpSource(
                host, 0, UdpSourceOptions.DEFAULT.withMaxPacketBytes(UdpSourceOptions.MAX_DATAGRAM_BYTES));
        UdpSink sink = new UdpSink(host, source.port(), UdpSinkOptions.DEFAULT);
        return new TransportContract.Pair(
                new ImpairedSink(sink, PacketImpairments.NONE, 1, PacketChoice.ALL, ImpairmentListener.NONE), source);
    }
}
