package org.spead.transport.linux;

import java.io.IOException;
import org.spead.transport.TransportContract;
import org.spead.transport.UdpContract;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** What every transport does, by this one. */
class LinuxUdpContractTest extends UdpContract {
    @Override
    protected TransportContract.Pair open(String host) throws IOException {
        LinuxUdpSource source = new LinuxUdpSource(
                host, 0, UdpSourceOptions.DEFAULT.withMaxPacketBytes(UdpSourceOptions.MAX_DATAGRAM_BYTES));
        return new TransportContract.Pair(new LinuxUdpSink(host, source.port(), UdpSinkOptions.DEFAULT), source);
    }
}
