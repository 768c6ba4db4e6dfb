package org.spead.transport.nio;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Channels and groups of the family of an address. Stateless. */
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

    /** The group with the interface in it, for groups of IPv6 that mean something on one link only. */
    static InetSocketAddress scoped(InetSocketAddress group, NetworkInterface link) throws IOException {
        if (group.getAddress() instanceof Inet6Address six
                && (six.isMCLinkLocal() || six.isMCNodeLocal())
                && six.getScopeId() == 0) {
            return new InetSocketAddress(Inet6Address.getByAddress(null, six.getAddress(), link), group.getPort());
        }
        return group;
    }
}
