package org.cbfsdp.telemetry.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cbfsdp.telemetry.sensor.ReceiveSensors;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.junit.jupiter.api.Test;

/** What the files of config/monitoring ask for is there, and the page of metrics is up to date. */
class MonitoringFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    /** A name, followed by neither a letter nor a bracket: functions and label names are none. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:emu|jvm|process)_[a-z0-9_]+");

    @Test
    void shouldAskInTheDashboardOnlyForWhatIsExported() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(
                        ROOT.resolve("config/monitoring/grafana-dashboard.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(20);
        Set<String> exported = exportedNames();
        for (String expression : expressions) {
            List<String> names =
                    METRIC.matcher(expression).results().map(MatchResult::group).toList();
            assertThat(names).as(expression).isNotEmpty().isSubsetOf(exported);
        }
        assertThat(METRIC.matcher(dashboard.at("/templating/list/1/query").asText())
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(exported);
    }

    @Test
    void shouldShowEveryMetricOfThePrograms() throws IOException {
        String dashboard = Files.readString(ROOT.resolve("config/monitoring/grafana-dashboard.json"));
        assertThat(Stream.<MetricDeclaration[]>of(ReceiverMetric.values(), SenderMetric.values(), AgentMetric.values())
                        .flatMap(Stream::of)
                        .map(MetricDeclaration::exportedName))
                .allSatisfy(name -> assertThat(dashboard).contains(name));
    }

    @Test
    void shouldPlacePanelsWithoutOverlap() throws IOException {
        JsonNode panels = new ObjectMapper()
                .readTree(
                        ROOT.resolve("config/monitoring/grafana-dashboard.json").toFile())
                .get("panels");
        Set<String> cells = new TreeSet<>();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            JsonNode position = panel.get("gridPos");
            assertThat(position.get("x").asInt() + position.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < position.get("w").asInt(); x++) {
                for (int y = 0; y < position.get("h").asInt(); y++) {
                    String cell = (position.get("x").asInt() + x) + ","
                            + (position.get("y").asInt() + y);
                    assertThat(cells.add(cell))
                            .as("%s at %s", panel.get("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldScrapeThePathThatIsTheDefault() throws IOException {
        String file = Files.readString(ROOT.resolve("config/monitoring/prometheus.yml"));
        assertThat(file).contains("scrape_configs:", "job_name: cbf-sdp-emulator", "'127.0.0.1:9600'");
        assertThat(file).as("/metrics is what Prometheus takes by itself").doesNotContain("metrics_path");
    }

    @Test
    void shouldBeThePageInTheDocumentation() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/metrics.md")))
                .as("docs/metrics.md is not what the declared metrics make of it; run ./docs/generate.sh")
                .isEqualTo(MetricsMarkdown.render());
    }

    private static Set<String> exportedNames() {
        MetricsRegistry registry = new MetricsRegistry();
        new ProgramMetrics<>(ReceiverMetric.class, registry).addStream("0", Map.of());
        new ProgramMetrics<>(SenderMetric.class, registry).addStream("0", Map.of());
        SensorSet sensors = new SensorSet();
        ReceiveSensors receiver = new ReceiveSensors(sensors, "", 1);
        assertThat(receiver.deviceStatus()).isNotNull();
        registry.register(new SensorGauges(sensors));
        AgentGauges agents = new AgentGauges();
        agents.add("recv-0", () -> 0);
        registry.register(agents);
        registry.registerJvm();
        Set<String> names = MetricsText.parse(registry.scrape()).samples().keySet().stream()
                .map(sample -> sample.replaceAll("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        for (EndpointMetric metric : EndpointMetric.values()) {
            names.add(metric.exportedName());
        }
        return names;
    }
}
