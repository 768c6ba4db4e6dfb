package org.spead.transport;

/**
 * How a socket receives UDP datagrams. Immutable.
 *
 * @param maxPacketBytes longest datagram accepted, 1 to 65507
 * @param receiveBufferBytes what is asked of the system for packets that wait in the socket; 0 leaves its default. The
 *     system may grant less, see {@link PacketSource#effectiveBufferBytes()}
 * @param batchPackets most packets in a batch, where each takes a system call
 * @param interfaceName name ({@code eth0}), address or index of the network interface on which a multicast group is joined;
 *     empty: the first that can. Without effect on a unicast address
 * @param forceBuffer whether to ask for the socket buffer past the system's limit, which takes a privilege; without it, and
 *     where a transport cannot, the limit holds
 */
public record UdpSourceOptions(
        int maxPacketBytes, int receiveBufferBytes, int batchPackets, String interfaceName, boolean forceBuffer) {
    /** What fits a datagram over IPv4: 65535 less 20 bytes of IP and 8 of UDP header. */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Datagrams of up to 9200 bytes (a jumbo frame), 32 MiB of socket buffer, forced, batches of 64, any interface. */
    public static final UdpSourceOptions DEFAULT = new UdpSourceOptions(9200, 32 << 20, 64, "", true);

    public UdpSourceOptions {
        if (maxPacketBytes < 1 || maxPacketBytes > MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException(
                    "maxPacketBytes must be from 1 to " + MAX_DATAGRAM_BYTES + ", not " + maxPacketBytes);
        }
        if (receiveBufferBytes < 0) {
            throw new IllegalArgumentException("receiveBufferBytes must not be negative, not " + receiveBufferBytes);
        }
        if (batchPackets < 1) {
            throw new IllegalArgumentException("batchPackets must be at least 1, not " + batchPackets);
        }
    }

    /** The same with another {@link #maxPacketBytes()}. */
    public UdpSourceOptions withMaxPacketBytes(int bytes) {
        return new UdpSourceOptions(bytes, receiveBufferBytes, batchPackets, interfaceName, forceBuffer);
    }

    /** The same with another {@link #receiveBufferBytes()}. */
    public UdpSourceOptions withReceiveBufferBytes(int bytes) {
        return new UdpSourceOptions(maxPacketBytes, bytes, batchPackets, interfaceName, forceBuffer);
    }

    /** The same with another {@link #batchPackets()}. */
    public UdpSourceOptions withBatchPackets(int packets) {
        return new UdpSourceOptions(maxPacketBytes, receiveBufferBytes, packets, interfaceName, forceBuffer);
    }

    /** The same with another {@link #interfaceName()}. */
    public UdpSourceOptions withInterfaceName(String name) {
        return new UdpSourceOptions(maxPacketBytes, receiveBufferBytes, batchPackets, name, forceBuffer);
    }

    /** The same with another {@link #forceBuffer()}. */
    public UdpSourceOptions withForceBuffer(boolean force) {
        return new UdpSourceOptions(maxPacketBytes, receiveBufferBytes, batchPackets, interfaceName, force);
    }
}
