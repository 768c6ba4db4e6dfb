package org.cbfsdp.telemetry.http;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.cbfsdp.telemetry.metric.EndpointMetric;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.metric.StatsCollector;
import org.cbfsdp.telemetry.sensor.Sensor;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.StatusJson;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.cbfsdp.telemetry.status.TelemetryException;

/**
 * What a program says of itself, over HTTP: {@code /metrics}, {@code /api/status}, {@code /api/sensors},
 * {@code /api/events}, {@code /healthz}, {@code /readyz} and the live page at {@code /}.
 *
 * <p>Made and closed by the program's thread. The suppliers are called by the server's.
 */
public final class TelemetryEndpoint implements AutoCloseable {
    private final MetricsRegistry metrics;
    private final SensorSet sensors;
    private final Supplier<StatusSnapshot> status;
    private final TelemetryServer server;

    /**
     * Listens and answers.
     *
     * @param address port 0 for any that is free
     * @param status the latest snapshot, never null
     * @param threads makes the one thread of the server
     * @throws TelemetryException when it cannot listen there; the message names the setting
     */
    public TelemetryEndpoint(
            InetSocketAddress address,
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<StatusSnapshot> status,
            EventBus bus,
            ThreadFactory threads) {
        this(address, metrics, sensors, status, bus, threads, ServerLimits.DEFAULT);
    }

    TelemetryEndpoint(
            InetSocketAddress address,
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<StatusSnapshot> status,
            EventBus bus,
            ThreadFactory threads,
            ServerLimits limits) {
        this.metrics = metrics;
        this.sensors = sensors;
        this.status = status;
        server = new TelemetryServer(address, routes(), bus, this::greeting, limits, threads);
        registerOwn();
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        server.close();
    }

    long count(EndpointMetric metric) {
        return server.count(metric);
    }

    private Routes routes() {
        Routes routes = new Routes()
                .add("/metrics", () -> new HttpResponse(200, MetricsRegistry.CONTENT_TYPE, Map.of(), metrics.scrape()))
                .add("/api/status", () -> HttpResponse.of(200, HttpResponse.JSON, StatusJson.status(status.get())))
                .add(
                        "/api/sensors",
                        () -> HttpResponse.of(200, HttpResponse.JSON, StatusJson.sensors(sensors.sensors())))
                .add("/healthz", () -> state(state().isHealthy()))
                .add("/readyz", () -> state(state().isReady()));
        PageFiles.addTo(routes);
        return routes;
    }

    private ProgramState state() {
        return status.get().status().state();
    }

    private HttpResponse state(boolean good) {
        return HttpResponse.fault(good ? 200 : 503, state().word());
    }

    /** What a new client is told before any news: all there is. */
    private List<EventBus.Event> greeting() {
        List<EventBus.Event> events = new ArrayList<>();
        events.add(new EventBus.Event("status", StatusJson.status(status.get())));
        for (Sensor<?> sensor : sensors.sensors()) {
            events.add(new EventBus.Event("sensor", StatusJson.sensor(sensor, sensor.reading())));
        }
        return events;
    }

    private void registerOwn() {
        Map<String, EndpointMetric> byName = new LinkedHashMap<>();
        for (EndpointMetric metric : EndpointMetric.values()) {
            byName.put(metric.metricName(), metric);
        }
        StatsCollector collector = new StatsCollector(byName, List.of());
        collector.addStream(server, (counted, name) -> counted.count(byName.get(name)));
        metrics.register(collector);
    }
}
