package org.spead.transport;

/**
 * How a socket sends UDP datagrams. Immutable.
 *
 * @param sendBufferBytes what is asked of the system for packets that wait to leave; 0 leaves its default
 * @param timeToLive hops that a multicast packet may make, 0 to 255
 * @param interfaceName name, address or index of the network interface that packets leave by; empty: the system chooses
 * @param batchPackets most packets in a batch, where each takes a system call
 */
public record UdpSinkOptions(int sendBufferBytes, int timeToLive, String interfaceName, int batchPackets) {
    /** 512 KiB of socket buffer, one hop, the system's interface, batches of 64. */
    public static final UdpSinkOptions DEFAULT = new UdpSinkOptions(512 << 10, 1, "", 64);

    public UdpSinkOptions {
        if (sendBufferBytes < 0) {
            throw new IllegalArgumentException("sendBufferBytes must not be negative, not " + sendBufferBytes);
        }
        if (timeToLive < 0 || timeToLive > 255) {
            throw new IllegalArgumentException("timeToLive must be from 0 to 255, not " + timeToLive);
        }
        if (batchPackets < 1) {
            throw new IllegalArgumentException("batchPackets must be at least 1, not " + batchPackets);
        }
    }

    /** The same with another {@link #sendBufferBytes()}. */
    public UdpSinkOptions withSendBufferBytes(int bytes) {
        return new UdpSinkOptions(bytes, timeToLive, interfaceName, batchPackets);
    }

    /** The same with another {@link #timeToLive()}. */
    public UdpSinkOptions withTimeToLive(int hops) {
        return new UdpSinkOptions(sendBufferBytes, hops, interfaceName, batchPackets);
    }

    /** The same with another {@link #interfaceName()}. */
    public UdpSinkOptions withInterfaceName(String name) {
        return new UdpSinkOptions(sendBufferBytes, timeToLive, name, batchPackets);
    }
}
