package org.cbfsdp.send;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.TelemetrySettings;
import org.cbfsdp.telemetry.Telemetry;
import org.cbfsdp.telemetry.metric.AgentGauges;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.metric.ProgramMetrics;
import org.cbfsdp.telemetry.metric.SenderMetric;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.TelemetryException;
import org.cbfsdp.telemetry.view.ProgressReport;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;

/**
 * What a transmission says of itself while it runs. It reads the counters that are there anyway, on a thread of its own; with nothing
 * set there is no such thread, and nobody reads.
 *
 * <p>The agent's methods are called by the telemetry's thread, the others by the main thread.
 */
final class SenderTelemetry implements Agent, AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(SenderTelemetry.class);
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String PROGRAM = "emu-send";

    private final MetricsRegistry registry = new MetricsRegistry();
    private final ProgramMetrics<SenderMetric> metrics = new ProgramMetrics<>(SenderMetric.class, registry);
    private final AgentGauges agents = new AgentGauges();
    private final ProgressReport report = ProgressReport.onStandardError();
    private final Telemetry telemetry;
    private final Optional<AgentRunner> runner;
    private volatile ProgramState state = ProgramState.STARTING;
    private volatile Watched watched;

    /** What is told of. Immutable; its parts count on. */
    private record Watched(List<SentStream> streams, Packetiser packetiser, List<AgentRunner> threads) {}

    /**
     * Starts what is set.
     *
     * @throws TelemetryException when an address or a file that is set cannot be used
     */
    SenderTelemetry(TelemetrySettings settings) {
        Telemetry.Options options = new Telemetry.Options(
                settings.port(), settings.bindHost(), settings.reportIntervalNanos(), settings.eventLog());
        registry.register(agents);
        telemetry =
                new Telemetry(options, new Telemetry.Sources(registry, new SensorSet(), this::status, report::show));
        runner = options.wantsNothing()
                ? Optional.empty()
                : Optional.of(new AgentRunner(
                        roleName(),
                        List.of(this),
                        new IdleStrategy(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS),
                        SenderTelemetry::unexpected));
        runner.ifPresent(AgentRunner::start);
    }

    /** From now on this is what is told of, and it runs; all its series exist. */
    void watch(List<SentStream> streams, Packetiser packetiser, List<AgentRunner> threads) {
        for (SentStream stream : streams) {
            String label = Integer.toString(stream.index());
            metrics.addStream(
                    label,
                    Map.of(
                            SenderMetric.HEAPS, stream::heaps,
                            SenderMetric.BYTES, stream::bytes,
                            SenderMetric.VISIBILITIES, stream::visibilities,
                            SenderMetric.FAILED_HEAPS, stream::failedHeaps));
            metrics.addGauge(SenderMetric.TIME_ERROR, label, stream::lagSeconds);
        }
        threads.forEach(thread -> agents.add(thread.name(), () -> thread.longestCycleNanos() / NANOS_PER_SECOND));
        watched = new Watched(List.copyOf(streams), packetiser, List.copyOf(threads));
        state = ProgramState.RUNNING;
    }

    /** The last dump is on its way. */
    void draining() {
        state = ProgramState.DRAINING;
    }

    /** The transmission has ended. */
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
        return telemetry.work();
    }

    /** Ends the thread and closes what was opened; the last numbers are logged before. Idempotent. */
    @Override
    public void close() {
        runner.ifPresent(AgentRunner::close);
        telemetry.close();
        report.close();
    }

    private ProgramStatus status() {
        Watched now = watched;
        return now == null
                ? ProgramStatus.starting(PROGRAM, state)
                : new ProgramStatus(
                        PROGRAM,
                        state,
                        "",
                        now.packetiser().sentDumps(),
                        now.streams().stream().map(SentStream::status).toList(),
                        List.of(),
                        now.threads().stream()
                                .map(thread -> new ProgramStatus.Agent(thread.name(), thread.longestCycleNanos()))
                                .toList());
    }

    private static void unexpected(Agent agent, Throwable cause) {
        LOG.error("{} failed and says no more; sending goes on", agent.roleName(), cause);
    }
}
