package org.cbfsdp.telemetry;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.telemetry.http.TelemetryEndpoint;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.metric.SensorGauges;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.MonitorLog;
import org.cbfsdp.telemetry.status.ProgramStatus;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.cbfsdp.telemetry.status.TelemetryException;

/**
 * The telemetry of a running program: opens what is set, does what is due, and closes it again.
 *
 * <p>It has no thread of its own. The program's agent for telemetry calls {@link #work} again and again, a thousand times a second
 * or a few; made and closed, which is idempotent, by whoever made that agent, before it starts and after it has ended.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Telemetry.class);
    private static final long TICK_NANOS = 250_000_000;

    private final Options options;
    private final EventBus bus = new EventBus();
    private Optional<TelemetryDuty> duty = Optional.empty();
    private Optional<MonitorLog> log = Optional.empty();
    private Optional<TelemetryEndpoint> endpoint = Optional.empty();
    private long nextTickNanos = System.nanoTime();

    /**
     * What is to be started. Immutable.
     *
     * @param port of the endpoint; 0 for any that is free, empty for none
     * @param bindHost address on which it listens
     * @param reportIntervalNanos between reports; 0 for none
     * @param eventLog file for events; empty for none
     */
    public record Options(OptionalInt port, String bindHost, long reportIntervalNanos, Optional<Path> eventLog) {
        /** Whether there is anything to do. */
        public boolean wantsNothing() {
            return port.isEmpty() && reportIntervalNanos == 0 && eventLog.isEmpty();
        }
    }

    /**
     * Where the program's own part comes from.
     *
     * @param metrics registered already, or later
     * @param sensors may be empty
     * @param status called about once a second, and when somebody asks for the state, by the telemetry's thread
     * @param report what to do with a snapshot that is due to be reported, mostly to print a view of it
     */
    public record Sources(
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<ProgramStatus> status,
            Consumer<StatusSnapshot> report) {}

    /**
     * Opens what is set.
     *
     * @throws TelemetryException when an address or a file that is set cannot be used; nothing is left open then
     */
    public Telemetry(Options options, Sources sources) {
        this.options = options;
        if (options.wantsNothing()) {
            return;
        }
        try {
            open(sources);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The port at which the endpoint listens, when there is one. Any thread. */
    public OptionalInt port() {
        return endpoint.map(open -> OptionalInt.of(open.address().getPort())).orElse(OptionalInt.empty());
    }

    /** Events of the program's own may be published here, by any thread; they reach the page's clients and the log. */
    public EventBus events() {
        return bus;
    }

    /**
     * Does what is due and waits for nothing.
     *
     * @return more than 0 when there was something to do
     */
    public int work() {
        int moved = endpoint.map(TelemetryEndpoint::poll).orElse(0);
        long now = System.nanoTime();
        if (now - nextTickNanos < 0 || duty.isEmpty()) {
            return moved;
        }
        nextTickNanos = now + TICK_NANOS;
        duty.get().tick();
        return moved + 1;
    }

    /** The log gets the final numbers, then all is closed. */
    @Override
    public void close() {
        duty.ifPresent(TelemetryDuty::finish);
        duty = Optional.empty();
        endpoint.ifPresent(TelemetryEndpoint::close);
        log.ifPresent(MonitorLog::close);
    }

    private void open(Sources sources) {
        log = options.eventLog().map(file -> new MonitorLog(file, bus, Telemetry::unixNanos));
        TelemetryDuty made = new TelemetryDuty(
                sources, bus, log, options.reportIntervalNanos(), System::nanoTime, Telemetry::unixNanos);
        if (options.port().isPresent()) {
            listen(sources, made);
        }
        duty = Optional.of(made);
    }

    private void listen(Sources sources, TelemetryDuty made) {
        TelemetryEndpoint opened = new TelemetryEndpoint(
                new InetSocketAddress(options.bindHost(), options.port().getAsInt()),
                sources.metrics(),
                sources.sensors(),
                made::latest,
                () -> sources.status().get().state(),
                bus);
        endpoint = Optional.of(opened);
        sources.metrics().registerJvm();
        sources.metrics().register(new SensorGauges(sources.sensors()));
        InetSocketAddress address = opened.address();
        String host = address.getAddress().getHostAddress();
        LOG.info("telemetry is at http://{}:{}/", host.contains(":") ? "[" + host + "]" : host, address.getPort());
    }

    private static long unixNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
