package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoublePredicate;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.settings.SenderSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transmission of five dumps over UDP, watched from outside. */
@Timeout(60)
class SenderTelemetryTest {
    private static final int BASELINES = 10;
    private static final int CHANNELS = 12;
    private static final String HEAPS = "emu_send_output_heaps_total{stream=\"0\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final double[] times = {5e9, 5e9 + 1, 5e9 + 2, 5e9 + 3, 5e9 + 4};

    @Test
    void shouldTellWhatIsSentWhileItIsAndAfterwards() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                FakeSource source = new FakeSource(times, 1, BASELINES, new ChannelRange(0, CHANNELS), 9, 10, 11, 12)) {
            SenderSettings settings = settings(
                    "telemetry.port=0",
                    "transmission.time_interval=0.2",
                    "transmission.target_port_start=" + socket.getLocalPort());
            try (SenderTelemetry telemetry = new SenderTelemetry(settings.telemetry())) {
                assertThat(get(telemetry, "/readyz")).isEqualTo("starting\n");
                Transmission transmission = Transmission.toNetwork(settings, telemetry);
                CompletableFuture<TransmissionSummary> summary = CompletableFuture.supplyAsync(() -> {
                    try {
                        return transmission.run(source);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                await(telemetry, HEAPS, heaps -> heaps > 0);
                assertThat(summary.get().isComplete()).isTrue();

                String after = get(telemetry, "/metrics");
                assertThat(sample(after, HEAPS)).contains(5.0);
                assertThat(sample(after, "emu_send_output_bytes_total{stream=\"0\"}"))
                        .contains(5.0 * BASELINES * CHANNELS * 34);
                assertThat(sample(after, "emu_send_output_visibilities_total{stream=\"0\"}"))
                        .contains(5.0 * BASELINES * CHANNELS * 4);
                assertThat(sample(after, "emu_send_output_failed_heaps_total{stream=\"0\"}"))
                        .contains(0.0);
                assertThat(sample(after, "emu_send_time_error_seconds{stream=\"0\"}")
                                .orElseThrow())
                        .isBetween(0.0, 50.0);
                assertThat(get(telemetry, "/healthz")).isEqualTo("ended\n");
                // It is sampled once a second.
                String status = get(telemetry, "/api/status");
                while (!status.contains("\"state\":\"ended\"")) {
                    status = get(telemetry, "/api/status");
                }
                assertThat(status).contains("\"program\":\"emu-send\"", "\"dumps\":5", "\"ended\":true");
            }
        }
    }

    @Test
    void shouldHaveNoPortWhenNothingIsSet() {
        try (SenderTelemetry silent = new SenderTelemetry(settings().telemetry())) {
            assertThat(silent.port()).isEmpty();
        }
    }

    private static SenderSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("none.ms"));
        for (String option : options) {
            loader.option(option);
        }
        return loader.loadSender();
    }

    private String get(SenderTelemetry telemetry, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + telemetry.port().orElseThrow() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Scrapes until it is so; if it never is, the test's time runs out. */
    private void await(SenderTelemetry telemetry, String sample, DoublePredicate so) throws Exception {
        Optional<Double> value = sample(get(telemetry, "/metrics"), sample);
        while (value.isEmpty() || !so.test(value.get())) {
            value = sample(get(telemetry, "/metrics"), sample);
        }
    }

    private static Optional<Double> sample(String metrics, String sample) {
        return metrics.lines()
                .filter(line -> line.startsWith(sample + " "))
                .map(line -> Double.valueOf(line.substring(sample.length() + 1)))
                .findFirst();
    }
}
