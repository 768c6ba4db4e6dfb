package org.cbfsdp.recv.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.pcap.PcapSource;

/** What the command line names as a source: {@code [HOST]:PORT}, or else a capture file. Immutable. */
public record DumpSource(String text) {
    private static final int LAST_PORT = 65_535;

    /** The host to receive at, without brackets, empty for any address; nothing when this is a capture file. */
    public Optional<String> host() {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return Optional.of(bracketed ? host.substring(1, host.length() - 1) : host);
    }

    /**
     * Opens it.
     *
     * @param interfaceName name, address or index of the interface to join a multicast group on; empty for the first that can
     * @throws IOException when the socket cannot be bound, or the file is no capture
     */
    public PacketSource open(String interfaceName) throws IOException {
        Optional<String> host = host();
        if (host.isEmpty()) {
            return new PcapSource(Path.of(text));
        }
        int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
        if (port < 1 || port > LAST_PORT) {
            throw new IOException(text + " has no port from 1 to " + LAST_PORT);
        }
        return new UdpSource(host.get(), port, UdpSourceOptions.DEFAULT.withInterfaceName(interfaceName));
    }
}
