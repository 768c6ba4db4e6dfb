package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.cbfsdp.telemetry.metric.ReceiverMetric;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole reception of two streams over TCP, watched from outside: what is scraped before, during and after equals what was sent
 * and what the report says.
 */
@Timeout(60)
class ReceiverTelemetryTest {
    /** The common pool has a single thread on a machine of two processors, and a reception occupies it. */
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
    };

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String MISSING = "emu_recv_input_missing_heaps_total";
    private static final String HEAPS = "emu_recv_input_heaps_total";
    private static final String PACKETS = "emu_recv_input_packets_total";

    /** A window of two dumps: what a dump lacks is known two dumps later. */
    private static final int WINDOW = 2;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Socket> sockets = new ArrayList<>();
    private final int port = RunningReception.freePorts(2);
    private ReceiverTelemetry telemetry;
    private CompletableFuture<ReceptionReport> report;

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (telemetry != null) {
            telemetry.close();
        }
    }

    @Test
    void shouldTellBeforeAndDuringAndAfterWhatTheReportTells() throws Exception {
        start();
        assertThatAllIsZero(scrape());
        assertThat(get("/readyz").body()).isEqualTo("waiting\n");
        assertThat(sensor("rx.timestamp").get("status").asText()).isEqualTo("error");

        Socket first = connect(port);
        Socket second = connect(port + 1);
        send(first, 0, 0, 10);
        send(second, 1, 0, 10);
        awaitSensor("rx.unixtime", sensor -> sensor.get("value").asDouble() == 1_700_000_009.0);
        // Packets are published at the end of a batch, when the router may have handed on its heaps already.
        ScrapedMetrics during = await(metrics -> metrics.value("emu_recv_input_chunks_total") == 10
                && metrics.value(PACKETS, 0) == 20
                && metrics.value(PACKETS, 1) == 20);
        assertThat(during.value(HEAPS, 0)).isEqualTo(10);
        assertThat(during.value(HEAPS, 1)).isEqualTo(10);
        assertThat(during.value("emu_recv_input_bytes_total", 0)).isEqualTo(10 * 2 * 3 * 34);
        assertThat(during.value("emu_recv_input_visibilities_total", 0)).isEqualTo(10 * 2 * 3 * 4);
        assertThat(during.value("emu_sensor_value{sensor=\"rx.unixtime\"}")).isEqualTo(1_700_000_009.0);
        awaitReady("running\n");
        awaitSensor("rx.device-status", sensor -> sensor.get("value").asText().equals("ok"));

        send(first, 0, 10, 20);
        send(second, 1, 13, 20);
        await(metrics -> metrics.value(MISSING, 1) == 3);
        awaitSensor("rx.missing-unixtime", sensor -> sensor.get("value").asDouble() == 1_700_000_012.0);
        assertThat(sensor("rx.missing-unixtime").get("status").asText()).isEqualTo("error");
        awaitSensor("rx.device-status", sensor -> sensor.get("value").asText().equals("degraded"));

        stop(first, 21);
        stop(second, 21);
        ReceptionReport ended = report.get();
        assertThat(ended.hasLost()).isTrue();
        ScrapedMetrics after = scrape();
        for (StreamReport stream : ended.streams()) {
            for (StreamCounter counter : StreamCounter.values()) {
                assertThat(after.value(counter.metric().exportedName(), stream.index()))
                        .as("stream %d, %s", stream.index(), counter)
                        .isEqualTo((double) stream.get(counter));
            }
        }
        assertThat(after.value(MISSING, 1)).isEqualTo(3);
        assertThat(after.value("emu_recv_input_lost_heaps", 1)).isEqualTo(3);
        assertThat(after.value("emu_recv_input_chunks_total"))
                .isEqualTo((double) ended.dumps().delivered())
                .isEqualTo(20);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").body()).isEqualTo("ended\n");
    }

    @Test
    void shouldSendEventsAndLogThemToTheEnd() throws Exception {
        Path log = folder.resolve("events.jsonl");
        start("telemetry.event_log=" + log);
        Socket watcher = connect(telemetry.port().orElseThrow());
        write(watcher, "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n");
        BufferedReader events =
                new BufferedReader(new InputStreamReader(watcher.getInputStream(), StandardCharsets.UTF_8));
        Socket first = connect(port);
        Socket second = connect(port + 1);
        send(first, 0, 0, 5);
        send(second, 1, 0, 5);
        String line = events.readLine();
        while (!line.startsWith("data: {\"name\":\"rx.device-status\",\"value\":\"ok\"")) {
            line = events.readLine();
        }
        stop(first, 6);
        stop(second, 6);
        report.get();
        telemetry.close();

        List<String> lines = Files.readAllLines(log);
        JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(last.get("event").asText()).isEqualTo("status");
        assertThat(last.at("/data/state").asText()).isEqualTo("ended");
        assertThat(last.at("/data/total/heaps").asLong()).isEqualTo(10);
        assertThat(last.at("/data/streams/1/ended").asBoolean()).isTrue();
        assertThat(last.at("/data/queues/0/name").asText()).isEqualTo("null");
    }

    /** Clients that are rude in every way there is, some of them all the time, while two streams flow as fast as they can. */
    @Test
    void shouldReceiveAllWhateverItsClientsDo() throws Exception {
        int dumps = 4000;
        start();
        int http = telemetry.port().orElseThrow();
        List<String> rudeness = List.of(
                "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /metr",
                "\0\1\2\r\n\r\n",
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /api/status HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(5000),
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%2e%2e/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(100_000) + "\r\n\r\n",
                "GET /" + "z".repeat(100_000));
        for (int i = 0; i < 80; i++) {
            write(connect(http), rudeness.get(i % rudeness.size()));
        }
        Socket dripping = connect(http);
        Socket first = connect(port);
        Socket second = connect(port + 1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> send(second, 1, 0, dumps), OWN_THREAD);
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> send(first, 0, 0, dumps), OWN_THREAD);
        int connections = 0;
        while (!one.isDone() || !other.isDone()) {
            try (Socket rude = new Socket(LOOPBACK, http)) {
                write(rude, rudeness.get(connections++ % rudeness.size()));
            } catch (IOException e) {
                // Refused: there are too many.
            }
            write(dripping, "G");
        }
        one.get();
        other.get();
        awaitRefused(http);
        // Those that only hold a connection make room.
        for (Socket socket : sockets) {
            if (socket.getPort() == http) {
                socket.close();
            }
        }
        stop(first, dumps + 1);
        stop(second, dumps + 1);
        ReceptionReport ended = report.get();
        assertThat(ended.hasLost()).as(ended.render()).isFalse();
        assertThat(ended.dumps().complete()).isEqualTo(dumps);
        ScrapedMetrics after = scrape();
        for (int stream = 0; stream < 2; stream++) {
            assertThat(after.value(HEAPS, stream)).isEqualTo(dumps);
            assertThat(after.value(MISSING, stream)).isZero();
            assertThat(after.value(PACKETS, stream)).isEqualTo(2 * dumps + 1);
        }
        assertThat(after.value("emu_telemetry_requests_total"))
                .as("%d connections", connections)
                .isPositive();
        assertThat(after.value("emu_telemetry_refused_connections_total")).isPositive();
        assertThat(after.value("emu_agent_max_cycle_seconds{agent=\"recv-0\"}")).isBetween(0.0, 60.0);
        assertThat(get("/api/status").body()).contains("{\"name\":\"router\",\"max_cycle_seconds\":");
    }

    @Test
    void shouldHaveNoThreadAndNoPortWhenNothingIsSet() {
        ReceiverSettings settings = new SettingsLoader()
                .option("reception.num_ports=1")
                .option("reception.consumer=null")
                .loadReceiver();
        long before = threads();
        try (ReceiverTelemetry silent = new ReceiverTelemetry(settings.telemetry())) {
            assertThat(silent.port()).isEmpty();
            assertThat(threads()).isEqualTo(before);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("telemetry"))
                .count();
    }

    private static void assertThatAllIsZero(ScrapedMetrics metrics) {
        for (ReceiverMetric metric : ReceiverMetric.values()) {
            if (metric.labelNames().isEmpty()) {
                assertThat(metrics.value(metric.exportedName())).isZero();
            } else {
                assertThat(metrics.value(metric.exportedName(), 0)).isZero();
                assertThat(metrics.value(metric.exportedName(), 1)).isZero();
            }
            assertThat(metrics.help()).containsEntry(metric.exportedName(), metric.help());
        }
    }

    private void start(String... options) throws Exception {
        SettingsLoader loader = new SettingsLoader()
                .option("telemetry.port=0")
                .option("reception.transport_protocol=tcp")
                .option("reception.receiver_port_start=" + port)
                .option("reception.bind_hostname=127.0.0.1")
                .option("reception.num_ports=2")
                .option("reception.window_dumps=" + WINDOW)
                .option("reception.consumer=null")
                .option("reception.consumer_overflow=block");
        List.of(options).forEach(loader::option);
        ReceiverSettings settings = loader.loadReceiver();
        telemetry = new ReceiverTelemetry(settings.telemetry());
        assertThat(get("/readyz").body()).isEqualTo("starting\n");
        CompletableFuture<String> ready = new CompletableFuture<>();
        report = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new Reception(settings, ready::complete, telemetry).run();
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        ready.completeExceptionally(e);
                        throw new IllegalStateException(e);
                    }
                },
                OWN_THREAD);
        ready.get();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + telemetry.port().orElseThrow() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Refused, mostly without an answer, as long as the server has not noticed which of its clients are gone. */
    private ScrapedMetrics scrape() throws InterruptedException {
        HttpResponse<String> response = null;
        while (response == null || response.statusCode() != 200) {
            try {
                response = get("/metrics");
            } catch (IOException e) {
                response = null;
            }
        }
        return ScrapedMetrics.parse(response.body());
    }

    /** Scrapes until it is so; if it never is, the test's time runs out. */
    private ScrapedMetrics await(Predicate<ScrapedMetrics> so) throws InterruptedException {
        ScrapedMetrics metrics = scrape();
        while (!so.test(metrics)) {
            metrics = scrape();
        }
        return metrics;
    }

    private void awaitReady(String body) throws IOException, InterruptedException {
        while (!get("/readyz").body().equals(body)) {
            Thread.onSpinWait();
        }
    }

    private JsonNode sensor(String name) throws IOException, InterruptedException {
        for (JsonNode sensor : new ObjectMapper().readTree(get("/api/sensors").body())) {
            if (sensor.get("name").asText().equals(name)) {
                return sensor;
            }
        }
        throw new AssertionError("there is no sensor " + name);
    }

    private void awaitSensor(String name, Predicate<JsonNode> so) throws IOException, InterruptedException {
        while (!so.test(sensor(name))) {
            Thread.onSpinWait();
        }
    }

    private Socket connect(int to) throws IOException {
        Socket socket = new Socket(LOOPBACK, to);
        sockets.add(socket);
        return socket;
    }

    /** Holds connections, half a request each, until one more is refused: closed without an answer. */
    private void awaitRefused(int http) throws IOException {
        boolean refused = false;
        for (int i = 0; i < 1000 && !refused; i++) {
            Socket held = connect(http);
            write(held, "GET /metr");
            held.setSoTimeout(5);
            try {
                refused = held.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                refused = false;
            } catch (IOException e) {
                refused = true;
            }
        }
        assertThat(refused).as("one of a thousand connections").isTrue();
    }

    private static void send(Socket socket, int stream, int from, int to) {
        for (int dump = from; dump < to; dump++) {
            new WireHeap(1L + dump, Models.ticks(dump), 2 * stream).packets().forEach(packet -> write(socket, packet));
        }
    }

    private static void stop(Socket socket, long cnt) {
        write(socket, WireHeap.stop(cnt));
    }

    private static void write(Socket socket, String request) {
        write(socket, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A client that is refused may be gone already; whether data arrive is asked elsewhere. */
    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            assertThat(socket.getPort()).as("%s", e).isGreaterThan(32_000);
        }
    }
}
