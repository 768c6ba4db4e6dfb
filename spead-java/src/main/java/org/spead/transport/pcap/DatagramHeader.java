package org.spead.transport.pcap;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The headers before a UDP payload from one address to another, with their checksums (RFC 768, 791, 1071, 8200). Confined
 * to the writing thread.
 */
final class DatagramHeader {
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int UDP_BYTES = 8;
    private static final int UDP = 17;
    private static final int HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int MOST_BYTES = 65_535;

    private final ByteBuffer template;
    private final int ipOffset;
    private final int udpOffset;
    private final boolean ipv6;
    private final long pseudoHeaderSum;

    DatagramHeader(PcapLink link, InetSocketAddress source, InetSocketAddress destination) {
        ipv6 = destination.getAddress() instanceof Inet6Address;
        if (ipv6 != source.getAddress() instanceof Inet6Address) {
            throw new IllegalArgumentException(source + " and " + destination + " are not of one address family");
        }
        ipOffset = link == PcapLink.ETHERNET ? ETHERNET_BYTES : 0;
        udpOffset = ipOffset + (ipv6 ? IPV6_BYTES : IPV4_BYTES);
        template = ByteBuffer.allocate(udpOffset + UDP_BYTES);
        byte[] from = source.getAddress().getAddress();
        byte[] to = destination.getAddress().getAddress();
        if (link == PcapLink.ETHERNET) {
            template.put(0, stationOf(to, destination.getAddress())).put(6, station(1));
            template.putShort(12, (short) (ipv6 ? 0x86dd : 0x0800));
        }
        if (ipv6) {
            template.put(ipOffset, (byte) 0x60);
            template.put(ipOffset + 6, (byte) UDP).put(ipOffset + 7, (byte) HOPS);
        } else {
            template.put(ipOffset, (byte) 0x45).putShort(ipOffset + 6, (short) DO_NOT_FRAGMENT);
            template.put(ipOffset + 8, (byte) HOPS).put(ipOffset + 9, (byte) UDP);
        }
        int addresses = ipOffset + (ipv6 ? 8 : 12);
        template.put(addresses, from).put(addresses + from.length, to);
        template.putShort(udpOffset, (short) source.getPort());
        template.putShort(udpOffset + 2, (short) destination.getPort());
        pseudoHeaderSum =
                sum(template, addresses, from.length + to.length) + UDP + source.getPort() + destination.getPort();
    }

    int bytes() {
        return template.capacity();
    }

    /** The largest payload that the IP header can tell. */
    int maxPayloadBytes() {
        return MOST_BYTES - UDP_BYTES - (ipv6 ? 0 : IPV4_BYTES);
    }

    /** Puts the headers at {@code offset} of {@code out}, where the payload lies behind them already. */
    void put(ByteBuffer out, int offset, int payloadBytes) {
        int udpBytes = UDP_BYTES + payloadBytes;
        out.put(offset, template, 0, template.capacity());
        int ip = offset + ipOffset;
        if (ipv6) {
            out.putShort(ip + 4, (short) udpBytes);
        } else {
            out.putShort(ip + 2, (short) (IPV4_BYTES + udpBytes));
            out.putShort(ip + 10, (short) complement(sum(out, ip, IPV4_BYTES)));
        }
        int udp = offset + udpOffset;
        out.putShort(udp + 4, (short) udpBytes);
        // The length counts twice: in the pseudo header and in the header.
        int checksum = complement(pseudoHeaderSum + 2L * udpBytes + sum(out, offset + bytes(), payloadBytes));
        // Zero would mean that there is none.
        out.putShort(udp + 6, (short) (checksum == 0 ? 0xffff : checksum));
    }

    /** Big-endian words of 32 bits: as 2^16 is 1 modulo 0xffff, their sum folds to that of the words of 16 bits. */
    private static long sum(ByteBuffer bytes, int offset, int count) {
        long sum = 0;
        int at = offset;
        int end = offset + count;
        for (; at + 8 <= end; at += 8) {
            long word = bytes.getLong(at);
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        for (; at < end; at++) {
            int shift = ((at - offset) & 1) == 0 ? 8 : 0;
            sum += (long) (bytes.get(at) & 0xff) << shift;
        }
        return sum;
    }

    private static int complement(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) (~folded & 0xffff);
    }

    /** Multicast groups have station addresses made of theirs (RFC 1112, 2464); others get one that nobody has. */
    private byte[] stationOf(byte[] to, InetAddress destination) {
        if (!destination.isMulticastAddress()) {
            return station(2);
        }
        return ipv6
                ? new byte[] {0x33, 0x33, to[12], to[13], to[14], to[15]}
                : new byte[] {0x01, 0x00, 0x5e, (byte) (to[1] & 0x7f), to[2], to[3]};
    }

    /** Locally administered. */
    private static byte[] station(int number) {
        return new byte[] {0x02, 0, 0, 0, 0, (byte) number};
    }
}
