package org.cbfsdp.telemetry.http;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 * <p>It has no thread: it answers while one thread calls {@link #poll} again and again, and that thread calls the suppliers.
 */
public final class TelemetryEndpoint implements AutoCloseable {
    private final MetricsRegistry metrics;
    private final SensorSet sensors;
    private final Supplier<StatusSnapshot> status;
    private final Supplier<ProgramState> state;
    private final TelemetryServer server;

    /**
     * Listens; answers when it is polled.
     *
     * @param address port 0 for any that is free
     * @param status the latest snapshot, never null
     * @param state as it is now, which the snapshot may not know yet
     * @throws TelemetryException when it cannot listen there; the message names the setting
     */
    public TelemetryEndpoint(
            InetSocketAddress address,
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<StatusSnapshot> status,
            Supplier<ProgramState> state,
            EventBus bus) {
        this(address, metrics, sensors, status, state, bus, ServerLimits.DEFAULT);
    }

    TelemetryEndpoint(
            InetSocketAddress address,
            MetricsRegistry metrics,
            SensorSet sensors,
            Supplier<StatusSnapshot> status,
            Supplier<ProgramState> state,
            EventBus bus,
            ServerLimits limits) {
        this.metrics = metrics;
        this.sensors = sensors;
        this.status = status;
        this.state = state;
        server = new TelemetryServer(address, routes(), bus, this::greeting, limits);
        registerOwn();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Answers what has come, waiting for nothing; more than 0 when there was something to do. */
    public int poll() {
        return server.poll();
    }

    /** Closes all connections. Idempotent; called when nobody polls any more. */
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
                .add("/healthz", () -> answer(state.get(), ProgramState::isHealthy))
                .add("/readyz", () -> answer(state.get(), ProgramState::isReady));
        PageFiles.addTo(routes);
        return routes;
    }

    private static HttpResponse answer(ProgramState state, Predicate<ProgramState> good) {
        return HttpResponse.fault(good.test(state) ? 200 : 503, state.word());
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
