package org.cbfsdp.telemetry;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
 * The telemetry of a running program: starts what is set and stops it again.
 *
 * <p>Made and closed by the program's thread; {@link #close} is idempotent. It has a thread that samples the status, lets
 * sensors time out, reports and logs, and another for the endpoint; with nothing set it has none. Both are asked of the
 * program's factory.
 */
public final class Telemetry implements AutoCloseable {
    private static final long TICK_MILLIS = 250;

    private final EventBus bus = new EventBus();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What close() does, last first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Optional<TelemetryEndpoint> endpoint = Optional.empty();

    /**
     * What is to be started. Immutable.
     *
     * @param port of the endpoint; 0 for any that is free, empty for none
     * @param bindHost address on which it listens
     * @param reportIntervalNanos between reports; 0 for none
     * @param eventLog file for events; empty for none
     */
    public record Options(OptionalInt port, String bindHost, long reportIntervalNanos, Optional<Path> eventLog) {
        boolean wantsNothing() {
            return port.isEmpty() && reportIntervalNanos == 0 && eventLog.isEmpty();
        }
    }

    /**
     * Where the program's own part comes from.
     *
     * @param metrics registered already, or later
     * @param sensors may be empty
     * @param status called a few times a second by the telemetry's thread
     * @param report what to do with a snapshot that is due to be reported, mostly to print a view of it
     */
    public record Sources(
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<ProgramStatus> status,
            Consumer<StatusSnapshot> report) {}

    /**
     * Starts telemetry.
     *
     * @param threads makes the threads; telemetry itself makes them daemons
     * @throws TelemetryException when an address or a file that is set cannot be used; nothing is left open then
     */
    public Telemetry(Options options, Sources sources, ThreadFactory threads) {
        if (options.wantsNothing()) {
            return;
        }
        try {
            start(options, sources, threads);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Where the endpoint listens, when there is one. */
    public Optional<InetSocketAddress> address() {
        return endpoint.map(TelemetryEndpoint::address);
    }

    /** Events of the program's own may be published here; they reach the page's clients and the log. */
    public EventBus events() {
        return bus;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            closePart(parts.pop());
        }
    }

    private void start(Options options, Sources sources, ThreadFactory threads) {
        Optional<MonitorLog> log = options.eventLog().map(file -> new MonitorLog(file, bus, Telemetry::unixNanos));
        log.ifPresent(parts::push);
        TelemetryDuty duty = new TelemetryDuty(
                sources, bus, log, options.reportIntervalNanos(), System::nanoTime, Telemetry::unixNanos);
        if (options.port().isPresent()) {
            sources.metrics().registerJvm();
            sources.metrics().register(new SensorGauges(sources.sensors()));
            InetSocketAddress address =
                    new InetSocketAddress(options.bindHost(), options.port().getAsInt());
            endpoint = Optional.of(
                    new TelemetryEndpoint(address, sources.metrics(), sources.sensors(), duty::latest, bus, threads));
            endpoint.ifPresent(parts::push);
        }
        Thread thread = threads.newThread(() -> run(duty));
        thread.setDaemon(true);
        parts.push(() -> stop(thread));
        thread.start();
    }

    private void run(TelemetryDuty duty) {
        try {
            do {
                duty.tick();
            } while (!stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
            duty.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Thread thread) throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    private static void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("telemetry could not be stopped: " + e.getMessage(), e);
        }
    }

    private static long unixNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
