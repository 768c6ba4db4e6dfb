package org.cbfsdp.settings;

/** What carries the packets. */
public enum TransportProtocol {
    /** One SPEAD packet a datagram, to one receiver or a multicast group. */
    UDP,
    /** Packets back to back, one connection a stream. */
    TCP;

    static final ChoiceType<TransportProtocol> TYPE = ChoiceType.of(TransportProtocol.class);
}
