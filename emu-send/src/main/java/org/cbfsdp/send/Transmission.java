package org.cbfsdp.send;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.StreamDivision;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.send.SendStream;
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
    private final List<PacketSink> sinks = new ArrayList<>();
    private final List<StreamSender> streams = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private volatile long stoppedNanos;

    Transmission(SenderSettings settings) {
        this.settings = settings;
    }

    /** Asks the transmission to end: no further dump, but the end of each stream. Thread-safe, idempotent. */
    void stop() {
        if (stoppedNanos == 0) {
            stoppedNanos = Math.max(1, System.nanoTime());
        }
    }

    /**
     * Sends everything.
     *
     * @throws IOException when a socket cannot be made
     */
    TransmissionSummary run() throws IOException, InterruptedException {
        try (DumpSource source = MeasurementSetSource.open(settings.reader())) {
            StreamDivision division = settings.transmission().streams();
            StreamPlan plan = StreamPlan.of(source.channels(), division.channelsPerStream(), division.streamCount());
            describe(source, plan);
            try {
                return send(source, plan);
            } finally {
                close();
            }
        }
    }

    private TransmissionSummary send(DumpSource source, StreamPlan plan) throws IOException, InterruptedException {
        StreamFactory factory = new StreamFactory(settings, source);
        DumpSchedule schedule = factory.schedule();
        TransmissionSettings transmission = settings.transmission();
        BooleanSupplier stopped = this::isStopped;
        try {
            openStreams(plan, factory);
        } catch (IOException e) {
            if (stopped.getAsBoolean()) {
                LOG.warn(e.getMessage());
                return new TransmissionSummary(0, schedule.count(), plan.count(), 0, 0, 0, false);
            }
            throw e;
        }
        Packetiser packetiser = factory.packetiser(streams, System::nanoTime, Waiting.PARKED);
        startThreads(transmission.senderThreads());
        BooleanSupplier abandoned = () -> stopped.getAsBoolean() && System.nanoTime() - stoppedNanos > STOP_GRACE_NANOS;
        long startNanos = System.nanoTime();
        try (Progress progress = Progress.ofDumps(schedule.count())) {
            packetiser.run(stopped, abandoned, progress);
        } catch (MeasurementSetException e) {
            LOG.error("{}", e.getMessage());
            fault.compareAndSet(null, e);
        }
        awaitStreams(abandoned);
        long nanos = System.nanoTime() - startNanos;
        close();
        return summary(packetiser, schedule, nanos);
    }

    private void openStreams(StreamPlan plan, StreamFactory factory) throws IOException {
        SinkFactory sinkFactory = new SinkFactory(settings.transmission(), this::isStopped);
        List<Endpoint> destinations = sinkFactory.destinations(plan.count());
        sinkFactory.warn(destinations);
        for (int i = 0; i < plan.count(); i++) {
            PacketSink sink = sinkFactory.open(destinations.get(i));
            sinks.add(sink);
            LOG.info("stream {}: channels {} {}", i, plan.stream(i), sink.describe());
            streams.add(factory.stream(i, plan, factory.sendConfig().build(), sink, System::nanoTime, Waiting.PARKED));
        }
    }

    /** Asked to stop, or nobody is left to send to: over TCP, when every connection is lost. */
    private boolean isStopped() {
        if (stoppedNanos == 0
                && settings.transmission().transportProtocol() == TransportProtocol.TCP
                && !streams.isEmpty()
                && streams.stream().allMatch(stream -> stream.firstError() != null)) {
            stop();
        }
        return stoppedNanos != 0;
    }

    private void startThreads(int threads) {
        int used = Math.min(threads, streams.size());
        for (int t = 0; t < used; t++) {
            int first = t;
            List<SendStream> served = IntStream.range(0, streams.size())
                    .filter(i -> i % used == first)
                    .mapToObj(i -> streams.get(i).stream())
                    .toList();
            runners.add(new AgentRunner("send-" + t, served, IdleStrategy.backoff(), this::fail).start());
        }
    }

    private void fail(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
        fault.compareAndSet(null, cause);
        stop();
    }

    private void awaitStreams(BooleanSupplier abandoned) throws InterruptedException {
        for (AgentRunner runner : runners) {
            while (!runner.join(20) && !abandoned.getAsBoolean()) {
                // join waits
            }
        }
    }

    private TransmissionSummary summary(Packetiser packetiser, DumpSchedule schedule, long nanos) {
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
                packetiser.sentDumps(), schedule.count(), streams.size(), bytes, errors, nanos, fault.get() != null);
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

    private void close() {
        runners.forEach(AgentRunner::close);
        for (PacketSink sink : sinks) {
            try {
                sink.close();
            } catch (IOException e) {
                LOG.warn("{}: {}", sink.describe(), e.getMessage());
            }
        }
    }

    private void describe(DumpSource source, StreamPlan plan) {
        Baselines baselines = source.baselines();
        LOG.info(
                "{}: {} dumps, {} baselines ({} autocorrelations), channels {}, {} polarisations, in {} streams",
                settings.reader().measurementSet(),
                source.dumpCount(),
                baselines.count(),
                baselines.hasAutocorrelations() ? "with" : "without",
                source.channels(),
                source.correlationTypes().length,
                plan.count());
    }
}
