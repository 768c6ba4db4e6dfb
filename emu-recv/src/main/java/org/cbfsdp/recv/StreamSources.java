package org.cbfsdp.recv;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.HeapSink;
import org.spead.transport.PacketSource;

/** Where the packets of all streams come from. Opened and closed by the main thread. */
interface StreamSources extends AutoCloseable {
    /**
     * Opens what the settings name.
     *
     * @throws IOException when a socket cannot be bound, or a file cannot be used
     */
    static StreamSources open(ReceptionSettings settings, int streamCount) throws IOException {
        return settings.pcapFile().isPresent()
                ? new CaptureSources(settings, streamCount)
                : ReceiverSockets.open(settings, streamCount);
    }

    /** The packets of one stream. */
    PacketSource source(int stream);

    /**
     * What the stream delivers into: the ring, and what these sources want to know besides.
     *
     * @param isDelivering whether dumps are on their way to consumers, or with them
     */
    HeapSink sink(int stream, HeapRing ring, BufferPool buffers, BooleanSupplier isDelivering);

    /** A sentence that says that what all streams come from is not whole. Any thread. */
    Optional<String> damage();

    /** How a thread that serves the streams waits for packets. */
    IdleStrategy idleStrategy();

    /** How many threads may serve the streams, of as many as were asked for. */
    int threads(int wanted);

    /** What one source is, in a sentence that says it is lost. */
    String noun();

    /** The line that says that packets can come. */
    String readyLine();

    /** Closes everything; what cannot be closed is logged. */
    @Override
    void close();
}
