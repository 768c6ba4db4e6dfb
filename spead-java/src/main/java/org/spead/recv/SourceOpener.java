package org.spead.recv;

import java.io.IOException;
import org.spead.transport.PacketSource;

/** Opens a source of packets when it is time to: binds the socket, or opens the file. */
@FunctionalInterface
public interface SourceOpener {
    /** Opens the source, which then is the caller's to close. */
    PacketSource open() throws IOException;
}
