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

    /** The interface of this machine with that name or address. */
    static NetworkInterface networkInterface(String nameOrAddress) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(nameOrAddress);
        if (found == null && isLiteral(nameOrAddress)) {
            found = NetworkInterface.getByInetAddress(InetAddress.getByName(nameOrAddress));
        }
        if (found == null) {
            throw new SocketException("there is no network interface called " + nameOrAddress);
        }
        return found;
    }

    /** The address of an interface from which a destination can be reached: the one named, or the first of its family. */
    static InetAddress sourceAddress(String nameOrAddress, InetAddress destination) throws IOException {
        NetworkInterface named = networkInterface(nameOrAddress);
        if (isLiteral(nameOrAddress)) {
            return InetAddress.getByName(nameOrAddress);
        }
        return named.inetAddresses()
                .filter(address -> address.getClass() == destination.getClass())
                .findFirst()
                .orElseThrow(() -> new SocketException("network interface " + nameOrAddress
                        + " has no address of the family of " + destination.getHostAddress()));
    }

    /** Only what cannot be a name is looked up as an address, so that no name service is asked. */
    private static boolean isLiteral(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    }

    /** {@code host:port}, with an IPv6 literal in brackets. */
    static String text(String host, int port) {
        String shown = host.isEmpty() ? "*" : host;
        return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
    }
}
