package org.spead.transport.nio;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Channels of the family of an address. Stateless. */
final class UdpAddress {
    private UdpAddress() {}

    /** A channel of the address's family, or of both when that is any address. */
    static DatagramChannel open(InetSocketAddress address) throws IOException {
        if (address.getAddress().isAnyLocalAddress()) {
            return DatagramChannel.open();
        }
        ProtocolFamily family = address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        return DatagramChannel.open(family);
    }
}
