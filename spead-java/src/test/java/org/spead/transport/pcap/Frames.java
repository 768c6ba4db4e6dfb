package org.spead.transport.pcap;

import java.io.ByteArrayOutputStream;

/**
 * Frames for tests, written octet by octet from the RFCs and with nothing in common with the code under test. Any nonsense
 * can be written too.
 */
public final class Frames {
    private Frames() {}

    /** A UDP datagram whose length is true. */
    public static byte[] udp(int destinationPort, byte[] payload) {
        return udp(destinationPort, 8 + payload.length, payload);
    }

    static byte[] udp(int destinationPort, int length, byte[] payload) {
        return join(shorts(50_000, destinationPort, length, 0), payload);
    }

    /** An IPv4 packet of UDP from 127.0.0.1 to 127.0.0.1. */
    public static byte[] ipv4(byte[] content) {
        return ipv4(17, 0x4000, new byte[0], 20 + content.length, content);
    }

    static byte[] ipv4(int protocol, int fragmentField, byte[] options, int totalLength, byte[] content) {
        int words = 5 + options.length / 4;
        return join(
                octets(0x40 + words, 0),
                shorts(totalLength, 7, fragmentField),
                octets(64, protocol),
                shorts(0),
                octets(127, 0, 0, 1, 127, 0, 0, 1),
                options,
                content);
    }

    /** An IPv6 packet from ::1 to ::2. */
    static byte[] ipv6(int nextHeader, byte[] content) {
        byte[] addresses = new byte[32];
        addresses[15] = 1;
        addresses[31] = 2;
        return join(octets(0x60, 0, 0, 0), shorts(content.length), octets(nextHeader, 64), addresses, content);
    }

    /** Ethernet with a VLAN tag for each of {@code tags}, 0x8100 or 0x88a8. */
    public static byte[] ethernet(int etherType, byte[] content, int... tags) {
        byte[] frame = new byte[12];
        for (int tag : tags) {
            frame = join(frame, shorts(tag, 0x2005));
        }
        return join(frame, shorts(etherType), content);
    }

    static byte[] linuxCooked(int protocol, byte[] content) {
        return join(shorts(0, 1, 6), new byte[8], shorts(protocol), content);
    }

    static byte[] linuxCooked2(int protocol, byte[] content) {
        return join(shorts(protocol, 0), octets(0, 0, 0, 3), shorts(1), octets(0, 6), new byte[8], content);
    }

    static byte[] octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] shorts(int... values) {
        byte[] bytes = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[2 * i] = (byte) (values[i] / 256);
            bytes[2 * i + 1] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
