package org.cbfsdp.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses as the numbers that cross the native boundary. Stateless. */
final class AddressBits {
    private static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

    private AddressBits() {}

    /** Bits 127 to 64 of an IPv6 address; 0 for IPv4. */
    static long high(InetAddress address, boolean ipv6) {
        checkFamily(address, ipv6);
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress()).getLong(0)
                : 0;
    }

    /** Bits 63 to 0; for a socket of IPv6, an address of IPv4 is mapped into it, and 0.0.0.0 is any address of both. */
    static long low(InetAddress address, boolean ipv6) {
        checkFamily(address, ipv6);
        if (address instanceof Inet6Address) {
            return ByteBuffer.wrap(address.getAddress()).getLong(Long.BYTES);
        }
        long bits = Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt(0));
        return ipv6 && bits != 0 ? MAPPED_IPV4 | bits : bits;
    }

    /** The interface that a link-local address belongs to, or 0. */
    static int scope(InetAddress address) {
        return address instanceof Inet6Address six ? six.getScopeId() : 0;
    }

    private static void checkFamily(InetAddress address, boolean ipv6) {
        if (!ipv6 && !(address instanceof Inet4Address)) {
            throw new IllegalArgumentException(address.getHostAddress() + " is no address for a socket of IPv4");
        }
    }
}
