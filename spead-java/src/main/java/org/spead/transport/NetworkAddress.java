package org.spead.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * Names of hosts and interfaces made into what the transports want, or refused by a sentence that quotes them. Stateless; may
 * ask a name service.
 */
public final class NetworkAddress {
    private NetworkAddress() {}

    /**
     * The address of a host.
     *
     * @param protocol for the sentence about a wrong port
     * @param host name or literal of either family; empty means any address of this machine
     * @throws UnknownHostException when the name does not resolve
     * @throws IllegalArgumentException when there is no such port
     */
    public static InetSocketAddress resolve(String protocol, String host, int port) throws UnknownHostException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a " + protocol + " port is from 0 to 65535, not " + port);
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

    /**
     * The interface of this machine with that name, address or index.
     *
     * @throws SocketException when there is none
     */
    public static NetworkInterface networkInterface(String chosen) throws IOException {
        NetworkInterface found = NetworkInterface.getByName(chosen);
        if (found == null && chosen.matches("[0-9]{1,9}")) {
            found = NetworkInterface.getByIndex(Integer.parseInt(chosen));
        } else if (found == null && isLiteral(chosen)) {
            found = NetworkInterface.getByInetAddress(InetAddress.getByName(chosen));
        }
        if (found == null) {
            throw new SocketException("there is no network interface called " + chosen);
        }
        return found;
    }

    /**
     * The address of an interface from which a destination can be reached: the one named, or the first of its family.
     *
     * @throws SocketException when there is no such interface or address
     */
    public static InetAddress sourceAddress(String chosen, InetAddress destination) throws IOException {
        NetworkInterface named = networkInterface(chosen);
        if (isLiteral(chosen) && !chosen.matches("[0-9]+")) {
            return InetAddress.getByName(chosen);
        }
        return named.inetAddresses()
                .filter(address -> address.getClass() == destination.getClass())
                .findFirst()
                .orElseThrow(() -> new SocketException("network interface " + chosen
                        + " has no address of the family of " + destination.getHostAddress()));
    }

    /**
     * The interface on which a group is joined: the one named, the one of the group's scope, or the first that can.
     *
     * @throws SocketException when there is none
     */
    public static NetworkInterface multicastInterface(String chosen, InetAddress group) throws IOException {
        if (!chosen.isEmpty()) {
            return networkInterface(chosen);
        }
        if (group instanceof Inet6Address six && six.getScopeId() > 0) {
            return NetworkInterface.getByIndex(six.getScopeId());
        }
        NetworkInterface loopback = null;
        for (NetworkInterface candidate : NetworkInterface.networkInterfaces().toList()) {
            if (candidate.isUp() && candidate.isLoopback()) {
                loopback = candidate;
            } else if (candidate.isUp() && candidate.supportsMulticast()) {
                return candidate;
            }
        }
        if (loopback == null) {
            throw new SocketException("no network interface is up to join a multicast group on");
        }
        return loopback;
    }

    /** The group with the interface in it, for groups of IPv6 that mean something on one link only. */
    public static InetSocketAddress scoped(InetSocketAddress group, NetworkInterface link) throws IOException {
        if (group.getAddress() instanceof Inet6Address six
                && (six.isMCLinkLocal() || six.isMCNodeLocal())
                && six.getScopeId() == 0) {
            return new InetSocketAddress(Inet6Address.getByAddress(null, six.getAddress(), link), group.getPort());
        }
        return group;
    }

    /** Only what cannot be a name is looked up as an address, so that no name service is asked. */
    private static boolean isLiteral(String text) {
        return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    }

    /** {@code host:port}, with an IPv6 literal in brackets. */
    public static String text(String host, int port) {
        String shown = host.isEmpty() ? "*" : host;
        return (shown.indexOf(':') >= 0 && !shown.startsWith("[") ? "[" + shown + "]" : shown) + ":" + port;
    }
}
