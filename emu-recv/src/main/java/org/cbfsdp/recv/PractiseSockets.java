package org.cbfsdp.recv;

import java.io.IOException;
import org.spead.recv.FramedSource;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxUdpSink;
import org.spead.transport.linux.LinuxUdpSource;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;
import org.spead.transport.tcp.TcpSink;
import org.spead.transport.tcp.TcpSinkOptions;
import org.spead.transport.tcp.TcpSource;

/**
 * Both ends of a loopback connection of the kind that a reception will have, for its {@link WarmUp}. Used by one thread.
 *
 * @param source where packets come out
 * @param sink where they go in
 */
record PractiseSockets(PacketSource source, PacketSink sink) implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    /** A connection. Neither end is open when this throws. */
    static PractiseSockets tcp() throws IOException {
        TcpSource bytes = TcpSource.listen(HERE, 0, TcpSource.SYSTEM_BUFFER);
        FramedSource source = new FramedSource(bytes, FramedSource.DEFAULT_MAX_PACKET_BYTES);
        return connect(source, () -> new TcpSink(HERE, bytes.port(), TcpSinkOptions.DEFAULT));
    }

    /**
     * Datagram sockets. Neither is open when this throws.
     *
     * @param inBatches whether by Linux system calls that move many datagrams
     */
    static PractiseSockets udp(boolean inBatches) throws IOException {
        UdpSourceOptions options = UdpSourceOptions.DEFAULT.withReceiveBufferBytes(0);
        if (inBatches) {
            LinuxUdpSource source = new LinuxUdpSource(HERE, 0, options);
            return connect(source, () -> new LinuxUdpSink(HERE, source.port(), UdpSinkOptions.DEFAULT));
        }
        UdpSource source = new UdpSource(HERE, 0, options);
        return connect(source, () -> new UdpSink(HERE, source.port(), UdpSinkOptions.DEFAULT));
    }

    /** Makes a sink that reaches a source which is open. */
    @FunctionalInterface
    private interface Opener {
        PacketSink open() throws IOException;
    }

    private static PractiseSockets connect(PacketSource source, Opener sink) throws IOException {
        try {
            return new PractiseSockets(source, sink.open());
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sink.close();
        } finally {
            source.close();
        }
    }
}
