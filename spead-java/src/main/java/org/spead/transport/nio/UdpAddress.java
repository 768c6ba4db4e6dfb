package org.spead.transport.nio;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;

/** Names of hosts and interfaces made into what a channel wants, or refused by a sentence that quotes them. Stateless. */
final class UdpAddress {
    private UdpAddress() {}

    /** The address of {@code host}, which is a name or a literal of either family; empty means any. */
    static InetSocketAddress resolve(String host, int port) throws UnknownHostException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a UDP port is from 0 to 65535, not " + port);
        }
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("there is no host called " + host);
            named.initCause(e);
            throw named;
        }
    }

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

    static NetworkInterface networkInterface(String name) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found == null) {
            throw new SocketException("there is no network interface called " + name);
        }
        return found;
    }

    /** {@code host:port}, with an IPv6 literal in brackets. */
    static String text(String host, int port) {
        String shown = host.isEmpty() ? "*" : host;
        return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
    }
}
