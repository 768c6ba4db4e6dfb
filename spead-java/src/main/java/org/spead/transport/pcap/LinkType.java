package org.spead.transport.pcap;

/** Link layers that are read, by their numbers in capture files (the tcpdump group's registry of link types). */
final class LinkType {
    /** BSD loopback; address family in the capturing machine's byte order. */
    static final int NULL = 0;

    static final int ETHERNET = 1;

    /** Raw IP as some systems number it, where 101 ought to be. */
    static final int RAW_BSD = 12;

    static final int RAW_OPENBSD = 14;

    /** IP without anything before it. */
    static final int RAW = 101;

    /** OpenBSD loopback; address family big-endian. */
    static final int LOOP = 108;

    /** What capturing on all interfaces of Linux at once gives. */
    static final int LINUX_COOKED = 113;

    static final int IPV4 = 228;
    static final int IPV6 = 229;

    /** The same, newer. */
    static final int LINUX_COOKED_2 = 276;

    private LinkType() {}
}
