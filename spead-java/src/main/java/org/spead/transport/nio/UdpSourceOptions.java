package org.spead.transport.nio;

/**
 * How a {@link UdpSource} receives. Immutable.
 *
 * @param maxPacketBytes longest datagram accepted, 1 to 65507
 * @param receiveBufferBytes what is asked of the system for packets that wait in the socket; 0 leaves its default. The
 *     system may grant less, see {@link UdpSource#effectiveReceiveBufferBytes()}
 * @param batchPackets most packets in a batch
 * @param interfaceName name ({@code eth0}), address or index of the network interface on which a multicast group is joined;
 *     empty: the first that can. Without effect on a unicast address
 */
public record UdpSourceOptions(int maxPacketBytes, int receiveBufferBytes, int batchPackets, String interfaceName) {
    /** Datagrams of up to 9200 bytes (a jumbo frame), 8 MiB of socket buffer, batches of 64, any interface. */
    public static final UdpSourceOptions DEFAULT = new UdpSourceOptions(9200, 8 << 20, 64, "");

    public UdpSourceOptions {
        if (maxPacketBytes < 1 || maxPacketBytes > UdpSink.MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    "maxPacketBytes must be from 1 to " + UdpSink.MAX_PACKET_BYTES + ", not " + maxPacketBytes);
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
        return new UdpSourceOptions(bytes, receiveBufferBytes, batchPackets, interfaceName);
    }

    /** The same with another {@link #receiveBufferBytes()}. */
    public UdpSourceOptions withReceiveBufferBytes(int bytes) {
        return new UdpSourceOptions(maxPacketBytes, bytes, batchPackets, interfaceName);
    }

    /** The same with another {@link #batchPackets()}. */
    public UdpSourceOptions withBatchPackets(int packets) {
        return new UdpSourceOptions(maxPacketBytes, receiveBufferBytes, packets, interfaceName);
    }

    /** The same with another {@link #interfaceName()}. */
    public UdpSourceOptions withInterfaceName(String name) {
        return new UdpSourceOptions(maxPacketBytes, receiveBufferBytes, batchPackets, name);
    }
}
