package org.cbfsdp.net;

/** Options of a {@link LinuxSocket} that are a number. {@code linux_socket_jni.cpp} has the same names. */
public enum SocketOption {
    /** Other sockets may be bound to the same address, as receivers of one group are. */
    REUSE_ADDRESS,
    /** Bytes of receive buffer; the kernel doubles what is set and gives no more than {@code net.core.rmem_max}. */
    RECEIVE_BUFFER,
    /** The same without that limit; wants CAP_NET_ADMIN. */
    RECEIVE_BUFFER_FORCE,
    /** Bytes of send buffer, limited by {@code net.core.wmem_max}. */
    SEND_BUFFER,
    /** The same without that limit; wants CAP_NET_ADMIN. */
    SEND_BUFFER_FORCE,
    /** Each message tells how many packets were dropped before it. */
    DROP_COUNT,
    /** Datagrams of one length from one sender may come as one message. */
    RECEIVE_OFFLOAD,
    /** Each message is cut into datagrams of so many bytes; 0 leaves it whole. */
    SEGMENT,
    /** Hops that a unicast IPv4 packet may make. */
    UNICAST_TTL_V4,
    /** Hops that a unicast IPv6 packet may make. */
    UNICAST_HOPS_V6,
    /** Hops that a multicast IPv4 packet may make. */
    MULTICAST_TTL_V4,
    /** Hops that a multicast IPv6 packet may make. */
    MULTICAST_HOPS_V6,
    /** Whether receivers on this machine hear what is sent to a group of IPv4. */
    MULTICAST_LOOP_V4,
    /** Whether receivers on this machine hear what is sent to a group of IPv6. */
    MULTICAST_LOOP_V6,
    /** Whether an IPv6 socket leaves IPv4 alone. */
    IPV6_ONLY,
    /** Index of the interface that IPv6 multicast leaves by; to be read, {@link LinuxSocket#multicastInterface} sets it. */
    MULTICAST_INTERFACE_V6;

    /** Where the native table has it; found by name, so that the order is nobody's concern. Wants the library. */
    int index() {
        for (int i = 0; ; i++) {
            String name = LinuxSocketJni.optionName(i);
            if (name == null) {
                throw new IllegalStateException("the native library has no option " + this);
            }
            if (name.equals(name())) {
                return i;
            }
        }
    }
}
