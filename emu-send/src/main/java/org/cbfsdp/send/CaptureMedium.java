package org.cbfsdp.send;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;
import org.spead.transport.pcap.PcapFile;
import org.spead.transport.pcap.PcapLink;

/**
 * A capture file in place of the network: all streams in one file, each with its port, at the times at which pacing would have
 * sent them. The main thread does everything.
 *
 * <p>A file that is there is replaced only when everything else is known to be in order.
 */
final class CaptureMedium implements Medium {
    private static final Logger LOG = LogManager.getLogger(CaptureMedium.class);

    private static final double NANOS_PER_SECOND = 1e9;

    /** From the day on which Modified Julian Dates begin to 1970. */
    private static final double EPOCH_MJD_SECONDS = 40_587 * 86_400.0;

    private final TransmissionSettings settings;
    private final Path path;
    private final boolean inRealTime;
    private final SinkFactory sinkFactory;
    private List<Endpoint> destinations = List.of();
    private int opened;
    private SimulatedTime time;
    private PcapFile file;

    /**
     * Writes nothing yet.
     *
     * @param inRealTime whether the thread waits for as long as sending would take
     */
    CaptureMedium(TransmissionSettings settings, Path path, boolean inRealTime) {
        this.settings = settings;
        this.path = path;
        this.inRealTime = inRealTime;
        this.sinkFactory = new SinkFactory(settings, () -> false);
    }

    @Override
    public void prepare(int streams, double firstTimeMjdSeconds) throws IOException {
        if (settings.transportProtocol() == TransportProtocol.TCP) {
            throw new SettingsException(
                    "transmission.transport_protocol = tcp: a capture is of datagrams; give udp, such as with"
                            + " -o transmission.transport_protocol=udp");
        }
        destinations = sinkFactory.destinations(streams);
        for (int i = 0; i < streams; i++) {
            sinkFactory.resolve(i, destinations.get(i));
        }
        // The time of the first dump, so that the same set gives the same file.
        time = new SimulatedTime(Math.round((firstTimeMjdSeconds - EPOCH_MJD_SECONDS) * NANOS_PER_SECOND), inRealTime);
    }

    @Override
    public PacketSink open() throws IOException {
        if (file == null) {
            file = create(path);
        }
        Endpoint destination = destinations.get(opened++);
        return file.sink(destination.host(), destination.port(), time::epochNanos);
    }

    private static PcapFile create(Path path) throws IOException {
        try {
            return new PcapFile(path, PcapLink.ETHERNET);
        } catch (IOException e) {
            throw new IOException("cannot write capture file " + path + ": " + reason(path, e.getCause()), e);
        }
    }

    private static String reason(Path path, Throwable cause) {
        if (Files.isDirectory(path)) {
            return "it is a directory";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no directory " + path.toAbsolutePath().getParent();
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return String.valueOf(cause == null ? "it cannot be opened" : cause.getMessage());
    }

    /** No thread wakes late here, so nothing need be sent early. */
    @Override
    public long earlyNanos(long rateBytesPerSecond) {
        return 0;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Waiting waiting() {
        return time;
    }

    @Override
    public void start(List<SendStream> streams, BiConsumer<Agent, Throwable> faultHandler) {
        streams.forEach(time::add);
    }

    @Override
    public List<AgentRunner> threads() {
        return List.of();
    }

    /** A file that could not be written takes no more. */
    @Override
    public boolean errorsAreFinal() {
        return true;
    }

    @Override
    public void drain(BooleanSupplier abandoned) throws IOException {
        time.drain();
        try {
            file.close();
        } catch (IOException e) {
            throw new IOException(
                    "the capture is cut off, the last of it could not be written into " + path + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.error("cannot write capture file {}: {}", path, e.getMessage());
        }
    }
}
