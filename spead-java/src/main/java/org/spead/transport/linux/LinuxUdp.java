package org.spead.transport.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.cbfsdp.net.Errno;
import org.cbfsdp.net.LinuxSocket;
import org.cbfsdp.net.SocketOption;

/** Whether this transport can be had, and sockets of the family of an address. Thread-safe. */
public final class LinuxUdp {
    /** What no packet may be longer than for several to share a message. */
    static final int MAX_MESSAGE_BYTES = 65_507;

    /** The kernel doubles what is asked for, for its own bookkeeping, and tells the double. */
    static final int KERNEL_BUFFER_FACTOR = 2;

    private static final int PROBE_SEGMENT_BYTES = 1400;

    private LinuxUdp() {}

    /** Why the transport cannot be had: a sentence without its full stop; empty when it can. Probed once. */
    public static Optional<String> unavailability() {
        return Probe.OUTCOME;
    }

    /** The outcome, found out when it is first asked for. */
    private static final class Probe {
        static final Optional<String> OUTCOME = probe();

        private static Optional<String> probe() {
            Throwable missing = LinuxSocket.unavailabilityCause();
            if (missing != null) {
                return Optional.of(missing.getMessage());
            }
            try (LinuxSocket socket = LinuxSocket.open(false)) {
                if (!socket.trySet(SocketOption.RECEIVE_OFFLOAD, 1)) {
                    return Optional.of("the kernel has no UDP_GRO; it came with Linux 5.0");
                }
                if (!socket.trySet(SocketOption.SEGMENT, PROBE_SEGMENT_BYTES)) {
                    return Optional.of("the kernel has no UDP_SEGMENT; it came with Linux 4.18");
                }
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e.getMessage());
            }
        }
    }

    /** A socket of the address's family; for any address one of both families, where the machine has IPv6. */
    static LinuxSocket open(InetAddress address) throws IOException {
        if (!address.isAnyLocalAddress()) {
            return LinuxSocket.open(address.getAddress().length > Integer.BYTES);
        }
        try {
            LinuxSocket both = LinuxSocket.open(true);
            if (both.trySet(SocketOption.IPV6_ONLY, 0)) {
                return both;
            }
            both.close();
        } catch (IOException e) {
            // No IPv6 on this machine.
        }
        return LinuxSocket.open(false);
    }

    /** Sets a buffer past the system's limit if that is wanted and allowed, else as far as the limit goes. */
    static void setBuffer(LinuxSocket socket, SocketOption plain, SocketOption forced, int bytes, boolean force)
            throws IOException {
        if (bytes > 0 && !(force && socket.trySet(forced, bytes))) {
            socket.set(plain, bytes);
        }
    }

    /** Whether the system refused a message for having segments, and would take its packets one by one. */
    static boolean refusesSegments(int outcome) {
        return switch (Errno.of(outcome)) {
            case EINVAL, EIO, EMSGSIZE, EOPNOTSUPP, ENOPROTOOPT -> true;
            default -> false;
        };
    }
}
