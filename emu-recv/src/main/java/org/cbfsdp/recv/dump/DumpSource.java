package org.cbfsdp.recv.dump;

import java.io.IOException;
import java.nio.file.Path;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.pcap.PcapSource;

/** What the command line names as a source: {@code [HOST]:PORT}, or else a capture file. Immutable. */
public record DumpSource(String text) {
    private static final int LAST_PORT = 65_535;

    /**
     * Opens it.
     *
     * @throws IOException when the socket cannot be bound, or the file is no capture
     */
    public PacketSource open() throws IOException {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return new PcapSource(Path.of(text));
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException(text + " has no port from 1 to " + LAST_PORT);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new UdpSource(bracketed ? host.substring(1, host.length() - 1) : host, port, UdpSourceOptions.DEFAULT);
    }
}
