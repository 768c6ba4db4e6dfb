package org.cbfsdp.net;

/**
 * {@code linux_socket_jni.cpp}. Those that give a number give one that is not negative, or {@code -errno}.
 *
 * <p>A family is 4 or 6. An address is its bits, {@code high} and {@code low}; IPv4 has 32 at the low end of {@code low}.
 */
final class LinuxSocketJni {
    private LinuxSocketJni() {}

    static native int abi();

    static native int open(int family);

    static native int openEvent();

    static native int close(int descriptor);

    static native int bind(int socket, int family, long high, long low, int scope, int port);

    static native int connect(int socket, int family, long high, long low, int scope, int port);

    static native int localPort(int socket);

    /** The name of the {@link SocketOption} of that index; null when there are not so many. */
    static native String optionName(int option);

    /** {@code option} is the index of a {@link SocketOption}. */
    static native int setOption(int socket, int option, int value);

    static native int getOption(int socket, int option);

    static native int join(int socket, int family, long high, long low, int interfaceIndex);

    static native int multicastInterface(int socket, int family, int interfaceIndex);

    /** Messages that found the receive buffer full, modulo 2<sup>32</sup>. */
    static native long drops(int socket);

    static native int wake(int event);
}
