package org.spead.tutorial;

import java.io.IOException;
import java.util.Optional;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdp;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSource;

/** Receives by the transport of Linux where there is one. */
final class FastWeather {
    private FastWeather() {}

    /** A source at a port of this machine, whatever its address. */
    static PacketSource open(int port) throws IOException {
        Optional<String> missing = LinuxUdp.unavailability();
        return missing.isEmpty()
                ? new LinuxUdpSource("", port, UdpSourceOptions.DEFAULT)
                : new UdpSource("", port, UdpSourceOptions.DEFAULT);
    }
}
