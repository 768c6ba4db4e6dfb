package org.cbfsdp.recv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetException;
import org.cbfsdp.ms.MsTelescopeModel;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.recv.ReceptionReport.Ending;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;

/**
 * One reception, from settings to report: makes the parts, connects them, waits, and takes them apart.
 *
 * <p>Order of making: telescope model (read and closed), plan, memory, practice, sources (so that a port in use leaves no empty set
 * behind), consumers (started, each on its thread), receive streams, router. Order of ending: receive streams, then the router when
 * the rings are drained, then the consumers when their queues are empty, then the sources. Used by the main thread;
 * {@link #stop()} may be called from any.
 */
final class Reception {
    private static final long WATCH_MILLIS = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Between dumps, for sensors of a reception that no data model tells. */
    private static final double USUAL_INTERVAL_SECONDS = 1;

    private static final Logger LOG = LogManager.getLogger(Reception.class);

    private final ReceiverSettings settings;
    private final Consumer<String> announcement;
    private final ReceiverTelemetry telemetry;
    private final ConsumerCatalog catalog;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private HeapFormat format;
    private StreamSources sources;
    private Receivers receivers;
    private volatile boolean stopRequested;
    private volatile AgentRunner routingThread;
    private volatile HeapRouter router;

    /**
     * Prepares a reception.
     *
     * @param announcement told one line when packets can come
     * @param telemetry told what there is to be watched; stays the caller's
     */
    Reception(ReceiverSettings settings, Consumer<String> announcement, ReceiverTelemetry telemetry) {
        this(settings, announcement, telemetry, new ConsumerCatalog());
    }

    /** The same with the consumers of a catalog. */
    Reception(
            ReceiverSettings settings,
            Consumer<String> announcement,
            ReceiverTelemetry telemetry,
            ConsumerCatalog catalog) {
        this.settings = settings;
        this.announcement = announcement;
        this.telemetry = telemetry;
        this.catalog = catalog;
    }

    /** Asks the reception to end: what has been received whole is still delivered. Thread-safe, idempotent. */
    void stop() {
        stopRequested = true;
    }

    /**
     * Receives until the streams end, nothing comes any more, or {@link #stop()}.
     *
     * @throws IOException when a socket cannot be bound, or a capture cannot be used
     */
    ReceptionReport run() throws IOException, InterruptedException {
        ReceptionSettings reception = settings.reception();
        Optional<TelescopeModel> model = reception.dataModel().map(Reception::readModel);
        ReceptionPlan plan = ReceptionPlan.of(settings, model);
        format = HeapFormat.of(settings, model, plan.plan());
        OptionalInt baselines =
                model.map(known -> OptionalInt.of(known.baselines().count())).orElse(OptionalInt.empty());
        LOG.debug(
                "expecting {} streams, channels {}",
                plan.streamCount(),
                plan.plan().map(Object::toString).orElse("unknown"));
        plan.plan().ifPresent(known -> MemoryShares.of(reception).check(known, baselines));
        boolean failed = true;
        try (ConsumerGroup consumers = new ConsumerGroup(settings, catalog, model, plan)) {
            BufferPool buffers = HeapMemory.of(reception, format.heapBytes(), plan.plan(), model);
            WarmUp.run(reception, () -> stopRequested);
            openStreams(plan.streamCount(), buffers, consumers);
            consumers.start();
            ReceptionReport report = receive(model, plan, consumers);
            failed = report.hasFailed();
            return report;
        } finally {
            telemetry.ended(failed);
            close();
        }
    }

    private static TelescopeModel readModel(Path dataModel) {
        try {
            return MsTelescopeModel.read(dataModel);
        } catch (MeasurementSetException e) {
            throw new SettingsException("reception.datamodel: " + e.getMessage(), e);
        }
    }

    private ReceptionReport receive(Optional<TelescopeModel> model, ReceptionPlan plan, ConsumerGroup consumers)
            throws InterruptedException {
        ReceptionSettings reception = settings.reception();
        StreamAccount[] accounts = IntStream.range(0, plan.streamCount())
                .mapToObj(i -> new StreamAccount())
                .toArray(StreamAccount[]::new);
        if (!format.hasStartHeaps()) {
            List.of(accounts).forEach(StreamAccount::startSeen);
        }
        List<ReceiveStream> streams = receivers.streams();
        DumpGrid grid = DumpGrid.of(model, reception.timeToleranceFraction());
        DumpLedger ledger = new DumpLedger(grid, accounts, consumers.agents());
        DumpAssembler assembler = new DumpAssembler(accounts, grid, limits(), ledger);
        ChannelClaims claims = new ChannelClaims(plan.streamCount());
        router = new HeapRouter(
                receivers.rings(),
                format.readers(),
                rules(model, plan),
                accounts,
                claims,
                assembler,
                stream -> streams.get(stream).stop(),
                consumers::endOfDumps);
        List<StreamReport> reports = streamReports(accounts);
        telemetry.watch(reports, ledger, consumers.agents(), dumpIntervalNanos(model));
        Ending ending;
        try (AgentRunner routing = new AgentRunner("router", List.of(router), IdleStrategy.woken(), this::fail)) {
            routingThread = routing.start();
            receivers.start(this::fail);
            telemetry.watchThreads(threads(routing, consumers));
            telemetry.ready();
            announcement.accept(sources.readyLine());
            ending = watch(routing, ledger, consumers);
            telemetry.draining();
            receivers.stop();
            routing.join();
        }
        if (ending != Ending.STOPPED) {
            ledger.accountTruncatedTails();
        }
        consumers.join();
        List<ChannelRange> uncovered = ledger.dumps() == 0
                ? List.of()
                : plan.selection().map(claims::missing).orElse(List.of());
        return report(reports, consumers, ledger, uncovered, router.activeNanos(), ending);
    }

    private static PayloadRules rules(Optional<TelescopeModel> model, ReceptionPlan plan) {
        return new PayloadRules(
                plan.plan(),
                model.map(known -> OptionalInt.of(known.channelCount())).orElse(OptionalInt.empty()),
                model.map(known -> OptionalInt.of(known.baselines().count())).orElse(OptionalInt.empty()),
                model.map(PolarisationRule::of).orElse(PolarisationRule.any()),
                plan.channelIdOffset());
    }

    private List<StreamReport> streamReports(StreamAccount[] accounts) {
        List<ReceiveStream> streams = receivers.streams();
        return IntStream.range(0, streams.size())
                .mapToObj(i -> new StreamReport(
                        i,
                        settings.reception().portStart() + i,
                        accounts[i],
                        streams.get(i).stats()))
                .toList();
    }

    private static long dumpIntervalNanos(Optional<TelescopeModel> model) {
        double seconds = model.filter(known -> known.dumpCount() > 0)
                .map(known -> known.dump(0).intervalSeconds())
                .orElse(USUAL_INTERVAL_SECONDS);
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    private DumpAssembler.Limits limits() {
        ReceptionSettings reception = settings.reception();
        boolean ordered = reception.pcapFile().isEmpty() && reception.transportProtocol() == TransportProtocol.TCP;
        boolean lossless = reception.eviction() == ReceptionSettings.Eviction.LOSSLESS
                || (reception.eviction() == ReceptionSettings.Eviction.AUTO && ordered);
        return new DumpAssembler.Limits(
                reception.windowDumps() == 0 ? Integer.MAX_VALUE : reception.windowDumps(),
                MemoryShares.of(reception).windowBytes(),
                PayloadTime.ticksOfSeconds(reception.maxTimeJumpSeconds()),
                lossless);
    }

    private ReceptionReport report(
            List<StreamReport> reports,
            ConsumerGroup consumers,
            DumpLedger ledger,
            List<ChannelRange> uncovered,
            long activeNanos,
            Ending ending) {
        for (StreamReport report : reports) {
            receivers
                    .streams()
                    .get(report.index())
                    .failure()
                    .ifPresent(cause -> failures.add("stream " + report.index() + " (port " + report.port()
                            + ") lost its " + sources.noun() + ": " + cause.getMessage()));
        }
        return new ReceptionReport(
                reports,
                consumers.agents(),
                failures,
                sources.damage(),
                uncovered,
                new ReceptionReport.Dumps(ledger.dumps(), ledger.completeDumps(), ledger.unknownDumps()),
                activeNanos,
                ending,
                settings.reception().idleTimeoutNanos());
    }

    private void openStreams(int count, BufferPool buffers, ConsumerGroup consumers) throws IOException {
        ReceptionSettings reception = settings.reception();
        sources = StreamSources.open(reception, count);
        receivers = new Receivers(
                reception,
                sources,
                count,
                (int) Math.min(format.heapBytes(), ReceiveConfig.DEFAULT_MAX_HEAP_BYTES),
                buffers,
                this::wakeRouter,
                () -> router.isHandingOn() || consumers.isBusy());
    }

    private List<AgentRunner> threads(AgentRunner routing, ConsumerGroup consumers) {
        List<AgentRunner> threads = new ArrayList<>(receivers.threads());
        threads.add(routing);
        threads.addAll(consumers.threads());
        return threads;
    }

    private Ending watch(AgentRunner routing, DumpLedger ledger, ConsumerGroup consumers) throws InterruptedException {
        IdleLimit idleLimit = new IdleLimit(settings.reception().idleTimeoutNanos(), System::nanoTime);
        while (!routing.join(WATCH_MILLIS)) {
            if (!failures.isEmpty()) {
                return Ending.FAILED;
            }
            if (stopRequested) {
                return Ending.STOPPED;
            }
            if (consumers.allFailed()) {
                return Ending.NO_CONSUMER;
            }
            if (idleLimit.isReached(router.idleNanos(), consumers.isBusy())) {
                return Ending.IDLE;
            }
            if ((router.hasAnyEnded() || ledger.isAtEndOfModel()) && isSilent() && !consumers.isBusy()) {
                return Ending.NO_END;
            }
        }
        return failures.isEmpty() ? Ending.END_OF_STREAM : Ending.FAILED;
    }

    /** A pause is no end as long as there have been pauses half as long. */
    private boolean isSilent() {
        long delayNanos = settings.reception().endScanMaxDelayNanos();
        return delayNanos > 0 && router.idleNanos() > Math.max(delayNanos, 2 * router.longestPauseNanos());
    }

    /** Called by receive threads. */
    private void wakeRouter() {
        AgentRunner routing = routingThread;
        if (routing != null) {
            routing.wake();
        }
    }

    private void fail(Agent agent, Throwable cause) {
        LOG.error("{} failed: {}", agent.roleName(), cause.getMessage(), cause);
        failures.add("internal error: " + agent.roleName() + " failed: " + cause);
    }

    private void close() {
        if (receivers != null) {
            receivers.close();
        }
        if (sources != null) {
            sources.close();
        }
    }
}
