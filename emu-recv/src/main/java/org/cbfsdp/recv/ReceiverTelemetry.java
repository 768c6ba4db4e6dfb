package org.cbfsdp.recv;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.TelemetrySettings;
import org.cbfsdp.telemetry.Telemetry;
import org.cbfsdp.telemetry.metric.AgentGauges;
import org.cbfsdp.telemetry.metric.MetricDeclaration.Kind;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.metric.ProgramMetrics;
import org.cbfsdp.telemetry.metric.ReceiverMetric;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.TelemetryException;
import org.cbfsdp.telemetry.view.ProgressReport;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/**
 * What a reception says of itself while it runs. It reads the counters that are there anyway, on a thread of its own; with nothing
 * set there is no such thread, and nobody reads.
 *
 * <p>The agent's methods are called by the telemetry's thread, the others by the main thread.
 */
final class ReceiverTelemetry implements Agent, AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ReceiverTelemetry.class);
    private static final String PROGRAM = "emu-recv";
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final MetricsRegistry registry = new MetricsRegistry();
    private final ProgramMetrics<ReceiverMetric> metrics = new ProgramMetrics<>(ReceiverMetric.class, registry);
    private final AgentGauges agents = new AgentGauges();
    private final SensorSet sensorSet = new SensorSet();
    private final ProgressReport report = ProgressReport.onStandardError();
    private final Telemetry telemetry;
    private final Optional<AgentRunner> runner;
    private volatile ProgramState state = ProgramState.STARTING;
    private volatile ReceptionWatch watch;
    private volatile List<AgentRunner> threads = List.of();

    /**
     * Starts what is set.
     *
     * @throws TelemetryException when an address or a file that is set cannot be used
     */
    ReceiverTelemetry(TelemetrySettings settings) {
        Telemetry.Options options = new Telemetry.Options(
                settings.port(), settings.bindHost(), settings.reportIntervalNanos(), settings.eventLog());
        registry.register(agents);
        telemetry = new Telemetry(options, new Telemetry.Sources(registry, sensorSet, this::status, report::show));
        runner = options.wantsNothing()
                ? Optional.empty()
                : Optional.of(new AgentRunner(
                        roleName(),
                        List.of(this),
                        new IdleStrategy(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS),
                        ReceiverTelemetry::unexpected));
        runner.ifPresent(AgentRunner::start);
    }

    /** From now on this is what is told of; all its series exist, at 0. */
    void watch(List<StreamReport> streams, DumpLedger ledger, List<ConsumerAgent> consumers, long dumpIntervalNanos) {
        streams.forEach(this::export);
        metrics.addProgram(Map.of(ReceiverMetric.CHUNKS, ledger::dumps));
        watch = new ReceptionWatch(streams, ledger, consumers, sensorSet, dumpIntervalNanos);
    }

    /** These threads, which run by now, do the work. */
    void watchThreads(List<AgentRunner> runners) {
        runners.forEach(thread -> agents.add(thread.name(), () -> thread.longestCycleNanos() / NANOS_PER_SECOND));
        threads = List.copyOf(runners);
    }

    /** Packets can come. */
    void ready() {
        state = ProgramState.WAITING;
    }

    /** No more packets are taken; what has come is being finished. */
    void draining() {
        state = ProgramState.DRAINING;
    }

    /** The reception has ended. */
    void ended(boolean failed) {
        state = failed ? ProgramState.FAILED : ProgramState.ENDED;
    }

    /** The port at which the endpoint listens, when there is one. */
    OptionalInt port() {
        return telemetry.port();
    }

    @Override
    public String roleName() {
        return "telemetry";
    }

    @Override
    public int doWork() {
        ReceptionWatch watched = watch;
        if (watched != null) {
            watched.feedSensors();
        }
        return telemetry.work();
    }

    /** Ends the thread and closes what was opened; the last numbers are logged before. Idempotent. */
    @Override
    public void close() {
        runner.ifPresent(AgentRunner::close);
        telemetry.close();
        report.close();
    }

    private void export(StreamReport stream) {
        String label = Integer.toString(stream.index());
        Map<ReceiverMetric, LongSupplier> counters = new EnumMap<>(ReceiverMetric.class);
        counters.put(ReceiverMetric.PACKETS, stream::packets);
        counters.put(ReceiverMetric.WORKER_BLOCKED, stream::workerBlocked);
        for (StreamCounter counter : StreamCounter.values()) {
            if (counter.metric().kind() == Kind.COUNTER) {
                counters.put(counter.metric(), () -> stream.get(counter));
            }
        }
        metrics.addStream(label, counters);
        for (StreamCounter counter : StreamCounter.values()) {
            if (counter.metric().kind() == Kind.GAUGE) {
                metrics.addGauge(counter.metric(), label, () -> stream.get(counter));
            }
        }
    }

    private ProgramStatus status() {
        ReceptionWatch watched = watch;
        return watched == null ? ProgramStatus.starting(PROGRAM, state) : watched.status(PROGRAM, state, threads);
    }

    private static void unexpected(Agent agent, Throwable cause) {
        LOG.error("{} failed and says no more; the reception goes on", agent.roleName(), cause);
    }
}
