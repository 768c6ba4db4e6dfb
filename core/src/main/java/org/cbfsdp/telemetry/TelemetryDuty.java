package org.cbfsdp.telemetry;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.MonitorLog;
import org.cbfsdp.telemetry.status.StatusJson;
import org.cbfsdp.telemetry.status.StatusSampler;
import org.cbfsdp.telemetry.status.StatusSnapshot;

/**
 * What telemetry does again and again: sensors time out, the status is sampled once a second and published, reports are
 * made, events logged. Called by one thread, except {@link #latest}. A program's fault in its status is logged once and
 * stops nothing else.
 */
final class TelemetryDuty {
    private static final Logger LOG = LogManager.getLogger(TelemetryDuty.class);
    private static final long SAMPLE_NANOS = 1_000_000_000;

    private final Telemetry.Sources sources;
    private final EventBus bus;
    private final long reportIntervalNanos;
    private final LongSupplier nanoClock;
    private final StatusSampler sampler;

    /** Apart, so that the rates of a report are those since the report before. */
    private final StatusSampler reportSampler;

    private Optional<MonitorLog> log;
    private long nextSampleNanos;
    private long nextReportNanos;
    private boolean complained;
    private volatile StatusSnapshot latest;

    TelemetryDuty(
            Telemetry.Sources sources,
            EventBus bus,
            Optional<MonitorLog> log,
            long reportIntervalNanos,
            LongSupplier nanoClock,
            LongSupplier unixNanoClock) {
        this.sources = sources;
        this.bus = bus;
        this.log = log;
        this.reportIntervalNanos = reportIntervalNanos;
        this.nanoClock = nanoClock;
        this.sampler = new StatusSampler(sources.status(), nanoClock, unixNanoClock);
        this.reportSampler = new StatusSampler(sources.status(), nanoClock, unixNanoClock);
        SensorSet sensors = sources.sensors();
        sensors.publish(
                (sensor, reading) -> bus.publish(new EventBus.Event("sensor", StatusJson.sensor(sensor, reading))));
        latest = sampler.sample();
        reportSampler.sample();
        long now = nanoClock.getAsLong();
        nextSampleNanos = now + SAMPLE_NANOS;
        nextReportNanos = now + reportIntervalNanos;
    }

    /** The last sample. Called by any thread. */
    StatusSnapshot latest() {
        return latest;
    }

    /** Does what is due; a few times a second. */
    void tick() {
        try {
            sources.sensors().poll();
            long now = nanoClock.getAsLong();
            if (now - nextSampleNanos >= 0) {
                nextSampleNanos = now + SAMPLE_NANOS;
                sample();
            }
            if (reportIntervalNanos > 0 && now - nextReportNanos >= 0) {
                nextReportNanos = now + reportIntervalNanos;
                sources.report().accept(reportSampler.sample());
            }
        } catch (RuntimeException e) {
            complain(e);
        }
        drainLog();
    }

    /** The last sample of all, so that the log ends with the final numbers. */
    void finish() {
        try {
            sample();
        } catch (RuntimeException e) {
            complain(e);
        }
        drainLog();
    }

    private void sample() {
        latest = sampler.sample();
        bus.publish(new EventBus.Event("status", StatusJson.status(latest)));
    }

    private void complain(RuntimeException fault) {
        if (!complained) {
            complained = true;
            LOG.warn("telemetry could not read the program's status; said once", fault);
        }
    }

    private void drainLog() {
        try {
            if (log.isPresent()) {
                log.get().drain();
            }
        } catch (IOException e) {
            log = Optional.empty();
            LOG.warn("telemetry.event_log cannot be written any more: {}", e.getMessage());
        }
    }
}
