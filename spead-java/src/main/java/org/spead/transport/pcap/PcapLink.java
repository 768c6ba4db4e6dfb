package org.spead.transport.pcap;

/** What a written capture has before each IP packet. */
public enum PcapLink {
    /** An Ethernet header: what every reader takes. */
    ETHERNET(LinkType.ETHERNET),
    /** Nothing. */
    RAW_IP(LinkType.RAW);

    private final int number;

    PcapLink(int number) {
        this.number = number;
    }

    /** The number in the file's header. */
    int number() {
        return number;
    }
}
