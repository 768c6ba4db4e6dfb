package org.cbfsdp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.cbfsdp.telemetry.metric.MetricsRegistry;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.cbfsdp.telemetry.sensor.SensorStatus;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.cbfsdp.telemetry.status.TelemetryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private final List<StatusSnapshot> reports = new ArrayList<>();
    private final AtomicLong heaps = new AtomicLong(100);
    private final Telemetry.Sources sources = new Telemetry.Sources(
            new MetricsRegistry(),
            new SensorSet(),
            () -> Examples.status(ProgramState.RUNNING, heaps.get()),
            reports::add);

    @Test
    void shouldOpenNothingWhenNothingIsSet() {
        try (Telemetry telemetry = new Telemetry(options(OptionalInt.empty(), Optional.empty()), sources)) {
            assertThat(telemetry.port()).isEmpty();
            assertThat(telemetry.work()).isZero();
        }
    }

    @Test
    void shouldServeAndLogWhileItIsGivenWork() throws Exception {
        Path log = folder.resolve("events.jsonl");
        Telemetry telemetry = new Telemetry(options(OptionalInt.of(0), Optional.of(log)), sources);
        String metrics = get(telemetry, "/metrics");
        assertThat(metrics).contains("jvm_memory_used_bytes{", "emu_telemetry_requests_total 1.0");
        assertThat(get(telemetry, "/readyz")).isEqualTo("running\n");
        telemetry.events().publish(new EventBus.Event("scan", "{\"id\":3}"));
        telemetry.close();
        telemetry.close();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.endsWith("\"event\":\"scan\",\"data\":{\"id\":3}}"))
                .last()
                .asString()
                .contains("\"event\":\"status\"");
    }

    @Test
    void shouldLeaveNothingOpenWhenThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Telemetry.Options options =
                    options(OptionalInt.of(taken.getLocalPort()), Optional.of(folder.resolve("x.jsonl")));
            assertThatThrownBy(() -> new Telemetry(options, sources))
                    .isInstanceOf(TelemetryException.class)
                    .hasMessageContaining("telemetry.port = " + taken.getLocalPort());
        }
    }

    @Test
    void shouldPublishSensorsThatAreAddedLater() {
        EventBus bus = new EventBus();
        EventBus.Subscription events = bus.subscribe();
        TelemetryDuty duty = new TelemetryDuty(sources, bus, Optional.empty(), 0, () -> 0, () -> 0);
        sources.sensors()
                .add("late", "Added after the start.", "", 1L, SensorStatus.NOMINAL)
                .set(2L, SensorStatus.WARN, 3);
        assertThat(duty.latest()).isNotNull();
        assertThat(events.poll().json()).contains("\"name\":\"late\"", "\"value\":2");
    }

    @Test
    void shouldSampleOnceASecondAndReportRatesOfTheWholeInterval() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND);
        EventBus bus = new EventBus();
        TelemetryDuty duty = new TelemetryDuty(sources, bus, Optional.empty(), 10 * SECOND, clock::get, () -> 0);
        EventBus.Subscription events = bus.subscribe();
        int published = 0;
        for (int tick = 0; tick < 80; tick++) {
            clock.addAndGet(SECOND / 4);
            heaps.addAndGet(tick < 40 ? 1 : 2);
            duty.tick();
            published += events.poll() == null ? 0 : 1;
        }
        assertThat(published).isEqualTo(20);
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).rates().get(0).heapsPerSecond()).isEqualTo(4);
        assertThat(reports.get(1).rates().get(0).heapsPerSecond()).isEqualTo(8);
        assertThat(reports.get(1).upNanos()).isEqualTo(20 * SECOND);
        assertThat(duty.latest().rates().get(0).heapsPerSecond()).isEqualTo(8);
    }

    @Test
    void shouldGoOnWhenTheProgramCannotSayItsStatus() {
        AtomicLong clock = new AtomicLong();
        boolean[] broken = {false};
        Telemetry.Sources fragile = new Telemetry.Sources(
                sources.metrics(),
                sources.sensors(),
                () -> {
                    if (broken[0]) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    return Examples.status(ProgramState.RUNNING, heaps.get());
                },
                reports::add);
        TelemetryDuty duty = new TelemetryDuty(fragile, new EventBus(), Optional.empty(), 0, clock::get, () -> 0);
        StatusSnapshot before = duty.latest();
        broken[0] = true;
        clock.addAndGet(SECOND);
        duty.tick();
        assertThat(duty.latest()).isSameAs(before);
        broken[0] = false;
        clock.addAndGet(SECOND);
        duty.tick();
        assertThat(duty.latest()).isNotSameAs(before);
    }

    private static Telemetry.Options options(OptionalInt port, Optional<Path> log) {
        return new Telemetry.Options(port, "127.0.0.1", 0, log);
    }

    /** What the path is answered; telemetry is given work meanwhile, by this thread. */
    private static String get(Telemetry telemetry, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + telemetry.port().orElseThrow() + path);
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        while (!answer.isDone()) {
            telemetry.work();
        }
        return answer.get().body();
    }
}
