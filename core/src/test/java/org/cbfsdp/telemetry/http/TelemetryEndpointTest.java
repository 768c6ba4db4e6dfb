package org.cbfsdp.telemetry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.cbfsdp.telemetry.Examples;
import org.cbfsdp.telemetry.metric.EndpointMetric;
import org.cbfsdp.telemetry.metric.MetricsText;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.TelemetryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture(ServerLimits.DEFAULT);
    private final InetSocketAddress server = fixture.address();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldServeMetrics() throws IOException {
        String response = RawClient.get(server, "/metrics");
        assertThat(response)
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
        MetricsText first = MetricsText.parse(RawClient.body(response));
        assertThat(first.value("emu_recv_input_heaps_total{stream=\"0\"}")).isEqualTo(17);
        assertThat(first.value("emu_telemetry_dropped_event_clients_total")).isZero();
        MetricsText second = MetricsText.parse(RawClient.body(RawClient.get(server, "/metrics?again")));
        assertThat(second.since(first, "emu_telemetry_requests_total")).isEqualTo(1);
    }

    @Test
    void shouldServeStatusAndSensors() throws IOException {
        String response = RawClient.get(server, "/api/status");
        assertThat(response).contains("\r\nContent-Type: application/json\r\n", "\r\nCache-Control: no-store\r\n");
        assertThat(json(response).at("/streams/0/heaps").asLong()).isEqualTo(1200);
        fixture.sensors.dumpReceived(99, 5_000_000_000L, false);
        JsonNode sensors = json(RawClient.get(server, "/api/sensors"));
        assertThat(sensors).hasSize(4);
        assertThat(sensors.at("/0/name").asText()).isEqualTo("rx.timestamp");
        assertThat(sensors.at("/0/value").asLong()).isEqualTo(99);
        assertThat(sensors.at("/1/unix_time").asDouble()).isEqualTo(5.0);
        assertThat(sensors.at("/3/value").asText()).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, 200, 503",
        "WAITING, 200, 200",
        "RUNNING, 200, 200",
        "DRAINING, 200, 503",
        "ENDED, 200, 503",
        "FAILED, 503, 503"
    })
    void shouldSayWhetherItIsWellAndReady(ProgramState state, int healthz, int readyz) throws IOException {
        fixture.snapshot = Examples.snapshot(state);
        assertThat(RawClient.get(server, "/healthz")).startsWith("HTTP/1.1 " + healthz + " ");
        assertThat(RawClient.get(server, "/readyz"))
                .startsWith("HTTP/1.1 " + readyz + " ")
                .endsWith("\r\n\r\n" + state.word() + "\n");
    }

    @Test
    void shouldServeThePageUnderAStrictPolicy() throws IOException {
        String response = RawClient.get(server, "/");
        assertThat(response)
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
                .contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("\r\nX-Content-Type-Options: nosniff\r\n")
                .doesNotContain("unsafe-inline")
                .doesNotContainPattern("https?://")
                .doesNotContainPattern("<script>|style=|onclick=");
        assertThat(RawClient.get(server, "/uplot/LICENSE")).contains("MIT License");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "X"})
    void shouldRefuseOtherMethods(String method) throws IOException {
        String response = RawClient.ask(
                server,
                method + " /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "b".repeat(100_000));
        assertThat(response).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: GET, HEAD\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/api/status", "/nothing"})
    void shouldAnswerHeadWithTheLengthAlone(String path) throws IOException {
        String head = RawClient.ask(server, "HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(head).contains("\r\nContent-Length: ").endsWith("\r\n\r\n").containsOnlyOnce("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/x", "/metrics/", "//metrics", "/METRICS", "/index.html", "/api", "/page/index.html", "/."})
    void shouldNotFindOtherPaths(String path) throws IOException {
        assertThat(RawClient.get(server, path)).startsWith("HTTP/1.1 404 ").contains("/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/uplot/../../x",
                "/%2e%2e/x",
                "/%2E./x",
                "/metrics%00",
                "/a%2fb",
                "/..\\x",
                "metrics",
                "*",
                "http://x/metrics",
                "/met\0rics",
                "/m\u00e9trics",
                "/me\ttrics\u007f"
            })
    void shouldRefuseTricksWithPaths(String path) throws IOException {
        assertThat(RawClient.get(server, path)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/2.0', 505",
        "'GET / HTTP/1.1 x', 400",
        "'GET  / HTTP/1.1', 400",
        "'GET /', 400",
        "'', 400",
        "' / HTTP/1.1', 400"
    })
    void shouldRefuseOddRequestLines(String line, int status) throws IOException {
        assertThat(RawClient.ask(server, line + "\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void shouldRefuseOddHeaders() throws IOException {
        String get = "GET / HTTP/1.1\r\n";
        assertThat(RawClient.ask(server, get + "no colon\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(RawClient.ask(server, get + "a: b\nc: d\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(RawClient.ask(server, get + "a: b\r\n".repeat(65) + "\r\n")).startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.ask(server, get + "a: " + "b".repeat(500_000))).startsWith("HTTP/1.1 431 ");
        assertThat(RawClient.get(server, "/" + "a".repeat(2048))).startsWith("HTTP/1.1 414 ");
        assertThat(RawClient.ask(server, get + "a: " + "b".repeat(7000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldTakeARequestByteByByte() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.socket().setTcpNoDelay(true);
            for (char c : "GET /healthz HTTP/1.0\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void shouldAnswerAClientThatHasClosedItsSide() throws IOException {
        String large = "x".repeat(3_000_000);
        fixture.snapshot = Examples.snapshot(ProgramState.RUNNING, large);
        try (RawClient client = new RawClient(server)) {
            client.send("GET /api/status HTTP/1.1\r\nHost: x\r\n\r\n");
            client.socket().shutdownOutput();
            assertThat(json(client.readAll()).get("device_status").asText()).isEqualTo(large);
        }
    }

    @Test
    void shouldSendEventsAfterWhatThereIs() throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).contains("Content-Type: text/event-stream\r\n");
            assertThat(client.readUntil("\n\n")).isEqualTo("retry: 2000\n\n");
            assertThat(client.readUntil("\n\n")).startsWith("event: status\ndata: {\"unix_time\":");
            for (int i = 0; i < 4; i++) {
                assertThat(client.readUntil("\n\n")).startsWith("event: sensor\ndata: {\"name\":\"rx.");
            }
            fixture.bus.publish(new EventBus.Event("sensor", "{\"a\":1}"));
            fixture.bus.publish(new EventBus.Event("status", "{\"b\":2}"));
            assertThat(client.readUntil("\n\n")).isEqualTo("event: sensor\ndata: {\"a\":1}\n\n");
            assertThat(client.readUntil("\n\n")).isEqualTo("event: status\ndata: {\"b\":2}\n\n");
        }
    }

    @Test
    void shouldAnswerAFailingSupplierWithAFault() throws IOException {
        fixture.metrics.register(() -> {
            throw new IllegalStateException("broken on purpose");
        });
        assertThat(RawClient.get(server, "/metrics"))
                .startsWith("HTTP/1.1 500 ")
                .contains("broken on purpose");
        assertThat(RawClient.get(server, "/healthz")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldNameThePortThatIsInUse() {
        assertThatThrownBy(() -> new TelemetryEndpoint(
                        server,
                        fixture.metrics,
                        fixture.sensorSet,
                        () -> fixture.snapshot,
                        () -> ProgramState.RUNNING,
                        fixture.bus))
                .isInstanceOf(TelemetryException.class)
                .hasMessageStartingWith("telemetry.port = " + server.getPort() + " on ")
                .hasMessageContaining("Address already in use")
                .hasMessageEndingWith("; choose another port, or 0 for any that is free");
        assertThatThrownBy(() -> new TelemetryEndpoint(
                        InetSocketAddress.createUnresolved("no.such.host.invalid", 0),
                        fixture.metrics,
                        fixture.sensorSet,
                        () -> fixture.snapshot,
                        () -> ProgramState.RUNNING,
                        fixture.bus))
                .isInstanceOf(TelemetryException.class)
                .hasMessage("telemetry.bind = no.such.host.invalid is no address of this machine:"
                        + " there is no host of that name");
        // 192.0.2.0/24 is for documentation: nobody has it.
        assertThatThrownBy(() -> new TelemetryEndpoint(
                        new InetSocketAddress("192.0.2.1", 0),
                        fixture.metrics,
                        fixture.sensorSet,
                        () -> fixture.snapshot,
                        () -> ProgramState.RUNNING,
                        fixture.bus))
                .isInstanceOf(TelemetryException.class)
                .hasMessage("telemetry.bind = 192.0.2.1 is no address of this machine: no network interface has it");
    }

    @Test
    void shouldStopAnsweringOnceClosed() throws IOException {
        RawClient waiting = new RawClient(server);
        waiting.send("GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n");
        fixture.awaitCount(EndpointMetric.REQUESTS, 1);
        fixture.close();
        fixture.close();
        assertThat(waiting.readAll()).contains("event: status");
        waiting.close();
        assertThatThrownBy(() -> RawClient.get(server, "/")).isInstanceOf(IOException.class);
    }

    private static JsonNode json(String response) throws IOException {
        return new ObjectMapper().readTree(RawClient.body(response));
    }
}
