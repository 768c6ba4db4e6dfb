package org.spead.transport.nio;

import java.io.IOException;
import org.spead.transport.TransportContract;
import org.spead.transport.UdpContract;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** What every transport does, by this one. */
class UdpContractTest extends UdpContract {
    @Override
    protected TransportContract.Pair open(String host) throws IOException {
        UdpSource source = new UdpSource(
                host, 0, UdpSourceOptions.DEFAULT.withMaxPacketBytes(UdpSourceOptions.MAX_DATAGRAM_BYTES));
        return new TransportContract.Pair(new UdpSink(host, source.port(), UdpSinkOptions.DEFAULT), source);
    }
}
