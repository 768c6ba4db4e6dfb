package org.spead.transport.nio;

import java.io.IOException;
import org.spead.transport.MulticastContract;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;

/** Groups, by this transport. */
class UdpMulticastTest extends MulticastContract {
    @Override
    protected PacketSource open(String group, int port, UdpSourceOptions options) throws IOException {
        return new UdpSource(group, port, options);
    }

    @Override
    protected PacketSink open(String group, int port, UdpSinkOptions options) throws IOException {
        return new UdpSink(group, port, options);
    }
}
