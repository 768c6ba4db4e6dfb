package org.cbfsdp.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cbfsdp.quickstart.Programs.Outcome;
import org.cbfsdp.quickstart.Programs.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both programs watched while they run: 12 dumps of one stream, one every half second. */
class TelemetryIT {
    private static final String SET = "low8_both_4pol.ms";
    private static final Pattern ADDRESS = Pattern.compile("telemetry is at (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Programs programs;

    @BeforeEach
    void unpack() throws Exception {
        programs = new Programs(folder);
        programs.unpack(SET);
    }

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void shouldShowAReceptionAndATransmissionWhileTheyRun() throws Exception {
        int port = FreePorts.first(1);
        Program receiver = programs.start(
                Programs.RECV,
                "-o",
                "reception.receiver_port_start=" + port,
                "-o",
                "reception.datamodel=" + SET,
                "-o",
                "reception.outputfilename=out.ms",
                "-o",
                "telemetry.port=0",
                "-o",
                "telemetry.report_interval=0.5",
                "-o",
                "telemetry.event_log=events.jsonl");
        receiver.awaitLine("Ready: ");
        String receiving = address(receiver);
        assertThat(get(receiving + "readyz")).isEqualTo("waiting\n");
        assertThat(sample(receiving, "emu_recv_input_heaps_total{stream=\"0\"}"))
                .isZero();
        assertThat(get(receiving)).contains("<!DOCTYPE html>");

        Program sender = programs.start(
                Programs.SEND,
                SET,
                "-o",
                "transmission.target_port_start=" + port,
                "-o",
                "transmission.time_interval=0.5",
                "-o",
                "telemetry.port=0");
        sender.awaitLog("telemetry is at ");
        String sending = address(sender);
        Programs.await("dumps", () -> sample(receiving, "emu_recv_input_chunks_total") > 1);
        // What was sent is counted a little later.
        Programs.await("heaps", () -> sample(sending, "emu_send_output_heaps_total{stream=\"0\"}") > 1);
        Programs.await(
                "a status that knows of it", () -> get(receiving + "api/status").contains("\"device_status\":\"ok\""));
        Outcome sent = sender.finish();
        Outcome received = receiver.finish();

        assertThat(sent.exitCode()).as("%s", sent).isZero();
        assertThat(received.exitCode()).as("%s", received).isZero();
        assertThat(received.lastLine())
                .startsWith("Received 12 heaps (0 missing, 0 incomplete), 12 dumps (12 complete)");
        assertThat(received.errors().lines())
                .anyMatch(line -> line.matches("emu-recv running 0:\\d\\d:\\d\\d, \\d+ dumps, .*, 0 missing, ok"));
        List<String> events = Files.readAllLines(folder.resolve("events.jsonl"));
        assertThat(events.get(events.size() - 1))
                .contains(
                        "\"state\":\"ended\"",
                        "\"dumps\":12",
                        "\"total\":{\"label\":\"total\",\"place\":\"\",\"heaps\":12,");
    }

    private static String address(Program program) throws Exception {
        Matcher found = ADDRESS.matcher(Files.readString(program.errorFile()));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String get(String uri) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException(uri, e);
        }
    }

    private double sample(String address, String sample) {
        return get(address + "metrics")
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
