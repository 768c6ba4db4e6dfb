package org.cbfsdp.send;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.StreamDivision;
import org.spead.send.SendConfig;
import org.spead.transport.PacketSink;
import org.spead.transport.pcap.PcapFile;
import org.spead.transport.pcap.PcapLink;

/**
 * One transmission into a capture file in place of the network: all streams in one file, each with its port, at the times
 * at which pacing would have sent them. Used by the main thread, which does everything; {@link #stop()} may be called from
 * any.
 */
final class CaptureTransmission {
    private static final double NANOS_PER_SECOND = 1e9;

    /** From the day on which Modified Julian Dates begin to 1970. */
    private static final double EPOCH_MJD_SECONDS = 40_587 * 86_400.0;

    private static final Logger LOG = LogManager.getLogger(CaptureTransmission.class);

    private final SenderSettings settings;
    private final Path path;
    private final boolean inRealTime;
    private volatile boolean stopped;

    /** Prepares a transmission into {@code path}, which waits between packets only if told to. */
    CaptureTransmission(SenderSettings settings, Path path, boolean inRealTime) {
        this.settings = settings;
        this.path = path;
        this.inRealTime = inRealTime;
    }

    /** Asks the transmission to end: no further dump, but the end of each stream. Thread-safe, idempotent. */
    void stop() {
        stopped = true;
    }

    /**
     * Writes everything.
     *
     * @throws IOException when the file cannot be written
     */
    TransmissionSummary run() throws IOException, InterruptedException {
        try (DumpSource source = MeasurementSetSource.open(settings.reader())) {
            return run(source);
        }
    }

    /** The same from any source, which the caller closes. */
    TransmissionSummary run(DumpSource source) throws IOException, InterruptedException {
        StreamDivision division = settings.transmission().streams();
        StreamPlan plan = StreamPlan.of(source.channels(), division.channelsPerStream(), division.streamCount());
        long startNanos = System.nanoTime();
        StreamFactory factory = new StreamFactory(settings, source);
        SimulatedTime time = new SimulatedTime(epochNanos(source.timeMjdSeconds(0)), inRealTime);
        List<StreamSender> streams = new ArrayList<>();
        Packetiser packetiser;
        boolean broken = false;
        List<Endpoint> destinations =
                new SinkFactory(settings.transmission(), () -> stopped).destinations(plan.count());
        try (PcapFile file = new PcapFile(path, PcapLink.ETHERNET)) {
            for (int i = 0; i < plan.count(); i++) {
                PacketSink sink = file.sink(
                        destinations.get(i).host(), destinations.get(i).port(), time::epochNanos);
                streams.add(openStream(i, plan, factory, sink, time));
            }
            packetiser = factory.packetiser(streams, time::nanoTime, time);
            try (Progress progress = Progress.ofDumps(factory.schedule().count())) {
                packetiser.run(() -> stopped, () -> false, progress);
            } catch (MeasurementSetException e) {
                LOG.error("{}", e.getMessage());
                broken = true;
            }
            time.drain();
        }
        return summary(packetiser, factory.schedule(), streams, System.nanoTime() - startNanos, broken);
    }

    private StreamSender openStream(
            int index, StreamPlan plan, StreamFactory factory, PacketSink sink, SimulatedTime time) {
        // No thread wakes late here, so nothing need be sent early.
        SendConfig config = factory.sendConfig().earlyNanos(0).build();
        StreamSender stream = factory.stream(index, plan, config, sink, time::nanoTime, time);
        time.add(stream.stream());
        return stream;
    }

    /** The time of the first dump, so that the same set gives the same file. */
    private static long epochNanos(double timeMjdSeconds) {
        return Math.round((timeMjdSeconds - EPOCH_MJD_SECONDS) * NANOS_PER_SECOND);
    }

    private static TransmissionSummary summary(
            Packetiser packetiser, DumpSchedule schedule, List<StreamSender> streams, long nanos, boolean broken) {
        long bytes = 0;
        long errors = 0;
        for (StreamSender stream : streams) {
            bytes += stream.stream().stats().bytes();
            errors += stream.stream().stats().failedHeaps();
            if (stream.firstError() != null) {
                LOG.error(
                        "{}: {}",
                        stream.stream().roleName(),
                        stream.firstError().getMessage());
            }
        }
        if (packetiser.partlyFlagged() > 0) {
            LOG.warn(
                    "{} visibilities had some, but not all, of their polarisations flagged; they were sent as not flagged",
                    packetiser.partlyFlagged());
        }
        return new TransmissionSummary(
                packetiser.sentDumps(), schedule.count(), streams.size(), bytes, errors, nanos, broken);
    }
}
