package org.cbfsdp.settings;

/** What carries the packets. */
public enum TransportProtocol {
    /** One SPEAD packet a datagram. */
    UDP;

    static final ChoiceType<TransportProtocol> TYPE =
            ChoiceType.of(TransportProtocol.class).refuse("tcp", "is not supported yet by this version");
}
