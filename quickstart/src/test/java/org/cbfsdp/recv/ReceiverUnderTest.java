package org.cbfsdp.recv;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsLoader;

/** The receiver's own reception in the process of a test that knows the sender too. */
public final class ReceiverUnderTest {
    private static final String PREFIX = "emu_recv_";

    private ReceiverUnderTest() {}

    /**
     * What a reception knows of itself at its end, all counts that are not 0, by the names of the metrics without their prefix.
     *
     * @param counts of each stream's counters
     * @param metrics what the endpoint serves of the same counters
     * @param report the text
     */
    public record Result(List<Map<String, Long>> counts, List<Map<String, Long>> metrics, String report) {}

    /** Receives until it ends by itself; tells when packets can come. */
    public static Result run(Map<String, String> options, Runnable ready) throws IOException, InterruptedException {
        SettingsLoader loader = new SettingsLoader().option("telemetry.port=0");
        options.forEach((name, value) -> loader.option(name + "=" + value));
        ReceiverSettings settings = loader.loadReceiver();
        try (ReceiverTelemetry telemetry = new ReceiverTelemetry(settings.telemetry())) {
            ReceptionReport report = new Reception(settings, line -> ready.run(), telemetry).run();
            String exported = scrape(telemetry.port().orElseThrow());
            List<Map<String, Long>> counts = new ArrayList<>();
            List<Map<String, Long>> metrics = new ArrayList<>();
            for (StreamReport stream : report.streams()) {
                Map<String, Long> ofStream = new TreeMap<>();
                Map<String, Long> exportedOfStream = new TreeMap<>();
                for (StreamCounter counter : StreamCounter.values()) {
                    String name = counter.metric().metricName();
                    put(ofStream, name, stream.get(counter));
                    put(exportedOfStream, name, sample(exported, name, stream.index()));
                }
                counts.add(ofStream);
                metrics.add(exportedOfStream);
            }
            return new Result(counts, metrics, report.render());
        }
    }

    private static void put(Map<String, Long> counts, String metricName, long count) {
        if (count != 0) {
            counts.put(metricName.substring(PREFIX.length()), count);
        }
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static long sample(String exported, String name, int stream) {
        return exported.lines()
                .filter(line -> line.matches(name + "(_total)?\\{stream=\"" + stream + "\"\\} .*"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of stream " + stream));
    }
}
