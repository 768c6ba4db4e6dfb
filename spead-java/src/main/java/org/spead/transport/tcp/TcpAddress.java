package org.spead.transport.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Names of hosts made into addresses, or refused by a sentence that quotes them. Stateless. */
final class TcpAddress {
    private TcpAddress() {}

    /** The address of {@code host}, which is a name or a literal of either family; empty means any. */
    static InetSocketAddress resolve(String host, int port) throws UnknownHostException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a TCP port is from 0 to 65535, not " + port);
        }
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            UnknownHostException named = new UnknownHostException("there is no host called " + host);
            named.initCause(e);
            throw named;
        }
        if (address.isMulticastAddress()) {
            throw new IllegalArgumentException(host + " is a multicast group, which TCP cannot reach");
        }
        return new InetSocketAddress(address, port);
    }

    /** {@code host:port}, with an IPv6 literal in brackets. */
    static String text(String host, int port) {
        String shown = host.isEmpty() ? "*" : host;
        return (shown.indexOf(':') >= 0 && !shown.startsWith("[") ? "[" + shown + "]" : shown) + ":" + port;
    }
}
