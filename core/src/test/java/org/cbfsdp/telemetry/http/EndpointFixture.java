package org.cbfsdp.telemetry.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.cbfsdp.telemetry.Examples;
import org.cbfsdp.telemetry.metric.EndpointMetric;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.metric.ProgramMetrics;
import org.cbfsdp.telemetry.metric.ReceiverMetric;
import org.cbfsdp.telemetry.sensor.ReceiveSensors;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.StatusSnapshot;

/** An endpoint on a free port of the loopback, over a program that is made up. */
final class EndpointFixture implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000;

    final EventBus bus = new EventBus();
    final MetricsRegistry metrics = new MetricsRegistry();
    final SensorSet sensorSet = new SensorSet();
    final ReceiveSensors sensors = new ReceiveSensors(sensorSet, "", 1_000_000_000);
    volatile StatusSnapshot snapshot = Examples.snapshot(ProgramState.RUNNING);
    final TelemetryEndpoint endpoint;
    private final Thread thread = new Thread(this::poll, "telemetry-http");
    private volatile boolean closed;

    EndpointFixture(ServerLimits limits) {
        new ProgramMetrics<>(ReceiverMetric.class, metrics).addStream("0", Map.of(ReceiverMetric.HEAPS, () -> 17));
        endpoint = new TelemetryEndpoint(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                metrics,
                sensorSet,
                () -> snapshot,
                () -> snapshot.status().state(),
                bus,
                limits);
        thread.setDaemon(true);
        thread.start();
    }

    private void poll() {
        while (!closed) {
            if (endpoint.poll() == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    InetSocketAddress address() {
        return endpoint.address();
    }

    /** Waits for the server to count; a server that does not is a test that hangs, and its name says which. */
    void awaitCount(EndpointMetric metric, long count) {
        while (endpoint.count(metric) < count) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        closed = true;
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
        endpoint.close();
    }
}
