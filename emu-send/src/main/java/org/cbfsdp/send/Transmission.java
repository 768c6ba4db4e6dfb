package org.cbfsdp.send;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.send.impair.DumpTimes;
import org.cbfsdp.send.impair.Impairments;
import org.cbfsdp.settings.SenderSettings;
import org.spead.agent.Agent;
import org.spead.transport.PacketSink;

/**
 * One transmission, from settings to summary: makes the parts, connects them, runs them, and takes them apart in the
 * opposite order. Used by the main thread; {@link #stop()} may be called from any.
 */
final class Transmission {
    /** How long after a stop the heaps in flight may still take. */
    private static final long STOP_GRACE_NANOS = 2_000_000_000;

    private static final Logger LOG = LogManager.getLogger(Transmission.class);

    private final SenderSettings settings;
    private final Medium medium;
    private final SenderTelemetry telemetry;
    private final List<PacketSink> sinks = new ArrayList<>();
    private final List<StreamSender> streams = new ArrayList<>();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private volatile long stoppedNanos;
    private volatile boolean stopRequested;

    /**
     * One over any medium, which is made here and is closed when the transmission ends.
     *
     * @param medium made of what says whether the transmission is to end
     */
    Transmission(SenderSettings settings, SenderTelemetry telemetry, Function<BooleanSupplier, Medium> medium) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.medium = medium.apply(this::isStopped);
    }

    /**
     * A transmission over the network.
     *
     * @param telemetry told what there is to be watched; stays the caller's
     */
    static Transmission toNetwork(SenderSettings settings, SenderTelemetry telemetry) {
        return new Transmission(settings, telemetry, stopped -> new NetworkMedium(settings.transmission(), stopped));
    }

    /** One into a capture file, which waits between packets only if told to. */
    static Transmission toCapture(SenderSettings settings, SenderTelemetry telemetry, Path path, boolean inRealTime) {
        return new Transmission(
                settings, telemetry, stopped -> new CaptureMedium(settings.transmission(), path, inRealTime));
    }

    /** Asks the transmission to end: no further dump, but the end of each stream. Thread-safe, idempotent. */
    void stop() {
        stopRequested = true;
        end();
    }

    private void end() {
        if (stoppedNanos == 0) {
            stoppedNanos = Math.max(1, System.nanoTime());
        }
    }

    /**
     * Sends everything.
     *
     * @throws IOException when a socket or file cannot be made
     */
    TransmissionSummary run() throws IOException, InterruptedException {
        try (DumpSource source = DumpSource.open(settings.reader())) {
            return run(source);
        }
    }

    /** The same from any source, which the caller closes. */
    TransmissionSummary run(DumpSource source) throws IOException, InterruptedException {
        StreamFactory factory = new StreamFactory(settings, source);
        describe(source, factory);
        boolean failed = true;
        // What is held back is given up when no thread of the medium sends any more.
        try (Impairments impairments = impairments(factory);
                medium) {
            medium.prepare(factory.plan().count(), source.timeMjdSeconds(0));
            TransmissionSummary summary =
                    openStreams(factory, impairments) ? send(factory, impairments) : nothing(factory);
            failed = !summary.failure().isEmpty() || summary.failedHeaps() > 0;
            return summary;
        } finally {
            telemetry.ended(failed);
        }
    }

    private Impairments impairments(StreamFactory factory) {
        DumpSchedule schedule = factory.schedule();
        DumpTimes dumps =
                new DumpTimes(schedule.count(), dump -> PayloadTime.ticksOfMjdSeconds(schedule.timeMjdSeconds(dump)));
        return new Impairments(
                settings.impair(),
                settings.transmission(),
                dumps,
                factory.plan().count(),
                medium::nanoTime);
    }

    private TransmissionSummary send(StreamFactory factory, Impairments impairments) throws InterruptedException {
        Packetiser packetiser = factory.packetiser(streams, medium);
        impairments.begin();
        medium.start(streams.stream().map(StreamSender::stream).toList(), this::fail);
        BooleanSupplier stopped = this::isStopped;
        BooleanSupplier abandoned = () -> stopped.getAsBoolean() && System.nanoTime() - stoppedNanos > STOP_GRACE_NANOS;
        telemetry.watch(sentStreams(factory), packetiser, medium.threads());
        long startNanos = System.nanoTime();
        try (Progress progress = progress(factory)) {
            packetiser.layOutAhead(stopped);
            startNanos = System.nanoTime();
            packetiser.run(stopped, abandoned, progress);
        } catch (MeasurementSetException e) {
            fail(e);
        }
        telemetry.draining();
        try {
            medium.drain(abandoned);
        } catch (IOException e) {
            fail(e);
        }
        long nanos = System.nanoTime() - startNanos;
        medium.close();
        impairments.close();
        impairments.failure().ifPresent(this::failLog);
        return summary(packetiser, factory.schedule(), nanos, impairments.summary());
    }

    private List<SentStream> sentStreams(StreamFactory factory) {
        return IntStream.range(0, streams.size())
                .mapToObj(
                        i -> new SentStream(i, sinks.get(i).describe(), streams.get(i), factory.visibilitiesPerHeap(i)))
                .toList();
    }

    /** Two that write over each other would be none. */
    private Progress progress(StreamFactory factory) {
        return settings.telemetry().reportIntervalNanos() > 0
                ? Progress.untold()
                : Progress.ofDumps(factory.schedule().count());
    }

    /** Opens the way of every stream; false when asked to stop meanwhile. */
    private boolean openStreams(StreamFactory factory, Impairments impairments) throws IOException {
        try {
            for (int i = 0; i < factory.plan().count(); i++) {
                PacketSink sink = impairments.impair(medium.open());
                sinks.add(sink);
                LOG.info("stream {}: channels {} {}", i, factory.plan().stream(i), sink.describe());
                streams.add(factory.stream(i, medium, sink));
            }
            return true;
        } catch (IOException e) {
            if (!isStopped()) {
                throw e;
            }
            LOG.warn(e.getMessage());
            return false;
        }
    }

    private TransmissionSummary nothing(StreamFactory factory) {
        return new TransmissionSummary(
                0, factory.schedule().count(), factory.plan().count(), 0, 0, 0, "", "", stopRequested);
    }

    /** Asked to stop, or nobody is left to send to: where errors are final, when every stream has met one. */
    private boolean isStopped() {
        if (stoppedNanos == 0 && !streams.isEmpty() && medium.errorsAreFinal() && everyStreamHasFailed()) {
            end();
        }
        return stoppedNanos != 0;
    }

    private boolean everyStreamHasFailed() {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).firstError() == null) {
                return false;
            }
        }
        return true;
    }

    private void fail(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
        fault.compareAndSet(null, cause);
        end();
    }

    private void fail(Exception cause) {
        LOG.error("{}", cause.getMessage());
        fault.compareAndSet(null, cause);
    }

    private void failLog(IOException cause) {
        fail(new IOException(
                "transmission.impair.log = " + settings.impair().log().orElseThrow() + " is cut off: "
                        + cause.getMessage(),
                cause));
    }

    private TransmissionSummary summary(Packetiser packetiser, DumpSchedule schedule, long nanos, String impaired) {
        if (packetiser.partlyFlagged() > 0) {
            LOG.warn(
                    "{} visibilities had some, but not all, of their polarisations flagged; the payload's FD cannot say"
                            + " that, they were sent as not flagged",
                    packetiser.partlyFlagged());
        }
        long bytes = 0;
        long errors = 0;
        for (int i = 0; i < streams.size(); i++) {
            StreamSender stream = streams.get(i);
            bytes += stream.stream().stats().bytes();
            errors += stream.stream().stats().failedHeaps();
            if (stream.firstError() != null) {
                LOG.error("{}: {}", sinks.get(i).describe(), stream.firstError().getMessage());
            }
            warn(sinks.get(i));
        }
        return new TransmissionSummary(
                packetiser.sentDumps(),
                schedule.count(),
                streams.size(),
                bytes,
                errors,
                nanos,
                impaired,
                failure(),
                stopRequested);
    }

    private String failure() {
        Throwable cause = fault.get();
        return cause == null ? "" : "it failed: " + (cause.getMessage() == null ? cause : cause.getMessage());
    }

    private static void warn(PacketSink sink) {
        if (sink.unreachableCount() > 0) {
            LOG.warn(
                    "{}: {} times the host answered that nothing listens there; what was sent then is lost",
                    sink.describe(),
                    sink.unreachableCount());
        }
        if (!sink.segmentsRefused().isEmpty()) {
            LOG.info(
                    "{}: the way there takes no segments, so packets left one by one, which is slower: {}",
                    sink.describe(),
                    sink.segmentsRefused());
        }
    }

    private static void describe(DumpSource source, StreamFactory factory) {
        Baselines baselines = source.baselines();
        LOG.info(
                "{}: {} dumps, {} baselines ({} autocorrelations), channels {}, {} polarisations, in {} streams",
                source.describe(),
                source.dumpCount(),
                baselines.count(),
                baselines.hasAutocorrelations() ? "with" : "without",
                source.channels(),
                source.correlationTypes().length,
                factory.plan().count());
    }
}
