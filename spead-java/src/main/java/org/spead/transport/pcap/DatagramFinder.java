package org.spead.transport.pcap;

import java.nio.ByteBuffer;

/**
 * Finds the UDP payload in a captured frame: through link layer, VLAN tags, IPv4 or IPv6 and its extension headers.
 *
 * <p>Checksums are not looked at: captures of a sending machine often hold wrong ones, since its network card fills them
 * in after the capture. Any bytes are welcome; nothing outside the frame is read. Confined to the reading thread.
 */
final class DatagramFinder {
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_SERVICE_VLAN = 0x9100;
    private static final int UDP = 17;
    private static final int UDP_BYTES = 8;
    private static final int IPV6_BYTES = 40;

    private ByteBuffer block;
    private int at;
    private int end;
    private PcapFault tooShort = PcapFault.BAD_HEADER;
    private int payloadOffset;
    private int payloadBytes;
    private int destinationPort;
    private int destinationOffset;
    private int addressBytes;

    /** Looks into a frame; {@code null} when it holds a datagram, else why not. */
    PcapFault find(ByteBuffer frameBlock, CapturedFrame frame) {
        block = frameBlock;
        at = frame.offset;
        end = frame.offset + frame.capturedBytes;
        tooShort = frame.isTruncated() ? PcapFault.TRUNCATED_CAPTURE : PcapFault.BAD_HEADER;
        return switch (frame.linkType) {
            case LinkType.ETHERNET -> afterEtherType(12);
            case LinkType.LINUX_COOKED -> afterEtherType(14);
            case LinkType.LINUX_COOKED_2 -> afterLinuxCooked2();
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 -> ip();
            case LinkType.NULL, LinkType.LOOP -> afterFamily();
            default -> PcapFault.LINK_TYPE;
        };
    }

    /** Where the payload of the datagram found begins in the block. */
    int payloadOffset() {
        return payloadOffset;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    int destinationPort() {
        return destinationPort;
    }

    /** Whether the datagram found was sent to this address, of 4 or 16 bytes. */
    boolean isSentTo(byte[] address) {
        if (address.length != addressBytes) {
            return false;
        }
        for (int i = 0; i < addressBytes; i++) {
            if (block.get(destinationOffset + i) != address[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean lacks(int bytes) {
        return end - at < bytes;
    }

    private PcapFault afterEtherType(int typeOffset) {
        at += typeOffset;
        if (lacks(2)) {
            return tooShort;
        }
        return network(takeShort());
    }

    private PcapFault afterLinuxCooked2() {
        if (lacks(20)) {
            return tooShort;
        }
        int type = unsignedShort(at);
        at += 20;
        return network(type);
    }

    /** BSD's loopback puts the number of the address family first; which number is whose is told by the IP version. */
    private PcapFault afterFamily() {
        if (lacks(4)) {
            return tooShort;
        }
        int family = block.getInt(at);
        at += 4;
        boolean small = (family & 0xffff_ff00) == 0 || (family & 0x00ff_ffff) == 0;
        int number = family > 0 && family < 256 ? family : family >>> 24;
        boolean isIp = small && (number == 2 || number == 10 || number == 24 || number == 28 || number == 30);
        return isIp ? ip() : PcapFault.NOT_IP;
    }

    private PcapFault network(int etherType) {
        int type = etherType;
        while (type == VLAN || type == SERVICE_VLAN || type == OLD_SERVICE_VLAN) {
            at += 2;
            if (lacks(2)) {
                return tooShort;
            }
            type = takeShort();
        }
        return switch (type) {
            case ETHERTYPE_IPV4 -> ipv4();
            case ETHERTYPE_IPV6 -> ipv6();
            default -> PcapFault.NOT_IP;
        };
    }

    private PcapFault ip() {
        if (lacks(1)) {
            return tooShort;
        }
        return switch ((block.get(at) & 0xff) >>> 4) {
            case 4 -> ipv4();
            case 6 -> ipv6();
            default -> PcapFault.BAD_HEADER;
        };
    }

    private PcapFault ipv4() {
        if (lacks(20)) {
            return tooShort;
        }
        int version = (block.get(at) & 0xff) >>> 4;
        int headerBytes = (block.get(at) & 0x0f) * 4;
        int totalBytes = unsignedShort(at + 2);
        if (version != 4 || headerBytes < 20 || totalBytes < headerBytes) {
            return PcapFault.BAD_HEADER;
        }
        // More fragments to come, or not at the beginning of the datagram.
        if ((unsignedShort(at + 6) & 0x3fff) != 0) {
            return PcapFault.FRAGMENT;
        }
        if ((block.get(at + 9) & 0xff) != UDP) {
            return PcapFault.NOT_UDP;
        }
        destinationOffset = at + 16;
        addressBytes = 4;
        at += headerBytes;
        return udp(totalBytes - headerBytes);
    }

    private PcapFault ipv6() {
        if (lacks(IPV6_BYTES)) {
            return tooShort;
        }
        if ((block.get(at) & 0xff) >>> 4 != 6) {
            return PcapFault.BAD_HEADER;
        }
        int left = unsignedShort(at + 4);
        int next = block.get(at + 6) & 0xff;
        destinationOffset = at + 24;
        addressBytes = 16;
        at += IPV6_BYTES;
        while (isExtension(next)) {
            if (lacks(8)) {
                return tooShort;
            }
            // A fragment header of offset 0 without more to come is a whole datagram (RFC 6946).
            if (next == 44 && (unsignedShort(at + 2) & 0xfff9) != 0) {
                return PcapFault.FRAGMENT;
            }
            int units = block.get(at + 1) & 0xff;
            int bytes = next == 44 ? 8 : next == 51 ? (units + 2) * 4 : (units + 1) * 8;
            if (bytes > left) {
                return PcapFault.BAD_HEADER;
            }
            next = block.get(at) & 0xff;
            at += bytes;
            left -= bytes;
        }
        return next == UDP ? udp(left) : PcapFault.NOT_UDP;
    }

    /** Hop-by-hop options, routing, fragment, authentication, destination options. */
    private static boolean isExtension(int protocol) {
        return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 51 || protocol == 60;
    }

    private PcapFault udp(int ipPayloadBytes) {
        if (ipPayloadBytes < UDP_BYTES) {
            return PcapFault.BAD_HEADER;
        }
        if (lacks(UDP_BYTES)) {
            return tooShort;
        }
        int udpBytes = unsignedShort(at + 4);
        if (udpBytes < UDP_BYTES || udpBytes > ipPayloadBytes) {
            return PcapFault.BAD_HEADER;
        }
        if (lacks(udpBytes)) {
            return tooShort;
        }
        destinationPort = unsignedShort(at + 2);
        payloadOffset = at + UDP_BYTES;
        payloadBytes = udpBytes - UDP_BYTES;
        return payloadBytes == 0 ? PcapFault.EMPTY_DATAGRAM : null;
    }

    private int takeShort() {
        at += 2;
        return unsignedShort(at - 2);
    }

    private int unsignedShort(int offset) {
        return block.getShort(offset) & 0xffff;
    }
}
