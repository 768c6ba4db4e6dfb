package org.cbfsdp.telemetry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.telemetry.metric.EndpointMetric;
import org.cbfsdp.telemetry.status.EventBus;
import org.junit.jupiter.api.Test;

/** Clients that take their time, and those that are too many, cost themselves only. */
class SlowClientTest {
    private static final long SOON = 300_000_000L;
    private static final long NEVER = 3_600_000_000_000L;
    private static final String EVENTS = "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void shouldCloseAClientThatDoesNotFinishItsRequest() throws IOException {
        try (EndpointFixture fixture = new EndpointFixture(new ServerLimits(8, 8, SOON, NEVER));
                RawClient silent = new RawClient(fixture.address());
                RawClient slow = new RawClient(fixture.address())) {
            slow.send("GET /metr");
            assertThat(silent.readAll()).isEmpty();
            assertThat(readAllOrReset(slow)).isEmpty();
            fixture.awaitCount(EndpointMetric.SLOW_CONNECTIONS, 2);
            assertThat(RawClient.get(fixture.address(), "/healthz")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void shouldRefuseConnectionsBeyondTheLimitAndRecover() throws IOException {
        try (EndpointFixture fixture = new EndpointFixture(new ServerLimits(3, 8, NEVER, NEVER))) {
            List<RawClient> idle = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawClient client = new RawClient(fixture.address());
                client.send(EVENTS);
                client.readUntil("retry: 2000\n\n");
                idle.add(client);
            }
            try (RawClient tooMany = new RawClient(fixture.address())) {
                assertThat(readAllOrReset(tooMany)).isEmpty();
            }
            fixture.awaitCount(EndpointMetric.REFUSED_CONNECTIONS, 1);
            for (RawClient client : idle) {
                client.close();
            }
            String answer = "";
            while (answer.isEmpty()) {
                answer = askOrReset(fixture);
            }
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void shouldRefuseEventClientsBeyondTheLimit() throws IOException {
        try (EndpointFixture fixture = new EndpointFixture(new ServerLimits(8, 1, NEVER, NEVER));
                RawClient first = new RawClient(fixture.address())) {
            first.send(EVENTS);
            first.readUntil("retry: 2000\n\n");
            assertThat(RawClient.ask(fixture.address(), EVENTS))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\r\nRetry-After: 10\r\n");
            assertThat(RawClient.get(fixture.address(), "/metrics")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void shouldDropAnEventClientThatDoesNotReadAndKeepTheOthers() throws IOException {
        EventBus.Event event = new EventBus.Event("status", "{\"x\":\"" + "y".repeat(60_000) + "\"}");
        try (EndpointFixture fixture = new EndpointFixture(new ServerLimits(8, 8, NEVER, NEVER));
                RawClient lazy = new RawClient(fixture.address());
                RawClient reader = new RawClient(fixture.address())) {
            for (RawClient client : List.of(lazy, reader)) {
                client.send(EVENTS);
                client.readUntil("retry: 2000\n\n");
            }
            for (int i = 0; i < 5; i++) {
                reader.readUntil("\n\n");
            }
            // More than the buffers of both sockets hold; one at a time, so that the reader keeps up.
            for (int i = 0; fixture.endpoint.count(EndpointMetric.DROPPED_EVENT_CLIENTS) == 0; i++) {
                fixture.bus.publish(event);
                assertThat(readEvent(reader))
                        .as("event %d", i)
                        .hasSize(event.json().length() + 22);
            }
            fixture.bus.publish(event);
            assertThat(readEvent(reader)).hasSize(event.json().length() + 22);
            assertThat(fixture.endpoint.count(EndpointMetric.DROPPED_EVENT_CLIENTS))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldDropAnEventClientThatMakesNoProgress() throws IOException {
        EventBus.Event event = new EventBus.Event("status", "{\"x\":\"" + "y".repeat(60_000) + "\"}");
        try (EndpointFixture fixture = new EndpointFixture(new ServerLimits(8, 8, NEVER, SOON));
                RawClient lazy = new RawClient(fixture.address())) {
            lazy.send(EVENTS);
            lazy.readUntil("retry: 2000\n\n");
            while (fixture.endpoint.count(EndpointMetric.DROPPED_EVENT_CLIENTS) == 0) {
                fixture.bus.publish(event);
                Thread.onSpinWait();
            }
            assertThat(RawClient.get(fixture.address(), "/healthz")).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String readEvent(RawClient client) throws IOException {
        String head = client.readUntil("data: ");
        return head + client.readUntil("\n\n");
    }

    private static String askOrReset(EndpointFixture fixture) throws IOException {
        try (RawClient client = new RawClient(fixture.address())) {
            client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            return client.readAll();
        } catch (SocketException e) {
            return "";
        }
    }

    private static String readAllOrReset(RawClient client) throws IOException {
        try {
            return client.readAll();
        } catch (SocketException e) {
            return "";
        }
    }
}
