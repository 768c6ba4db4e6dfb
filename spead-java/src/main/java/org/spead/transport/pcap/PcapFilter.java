package org.spead.transport.pcap;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which datagrams of a capture are wanted. Immutable.
 *
 * @param destinationPort the port they were sent to; 0 any
 * @param destinationAddress the address they were sent to; empty any
 */
public record PcapFilter(int destinationPort, Optional<InetAddress> destinationAddress) {
    /** All UDP datagrams. */
    public static final PcapFilter ALL = new PcapFilter(0, Optional.empty());

    public PcapFilter {
        if (destinationPort < 0 || destinationPort > 65_535) {
            throw new IllegalArgumentException("a UDP port is from 0 to 65535, not " + destinationPort);
        }
    }

    /** The same for one port. */
    public PcapFilter withDestinationPort(int port) {
        return new PcapFilter(port, destinationAddress);
    }

    /** The same for one address. */
    public PcapFilter withDestinationAddress(InetAddress address) {
        return new PcapFilter(destinationPort, Optional.of(address));
    }
}
