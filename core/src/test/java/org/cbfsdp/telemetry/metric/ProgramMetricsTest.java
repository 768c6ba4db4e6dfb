package org.cbfsdp.telemetry.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.cbfsdp.telemetry.sensor.ReceiveSensors;
import org.cbfsdp.telemetry.sensor.SensorSet;
import org.junit.jupiter.api.Test;

class ProgramMetricsTest {
    private final MetricsRegistry registry = new MetricsRegistry();

    @Test
    void shouldHaveAllSeriesAtZeroBeforeData() {
        ProgramMetrics<ReceiverMetric> metrics = new ProgramMetrics<>(ReceiverMetric.class, registry);
        metrics.addStream("0", Map.of());
        metrics.addStream("1", Map.of());
        MetricsText text = MetricsText.parse(registry.scrape());
        for (ReceiverMetric metric : ReceiverMetric.values()) {
            List<String> series = metric.labelNames().isEmpty()
                    ? List.of(metric.exportedName())
                    : List.of(metric.exportedName() + "{stream=\"0\"}", metric.exportedName() + "{stream=\"1\"}");
            assertThat(series).allSatisfy(name -> assertThat(text.value(name)).isZero());
            assertThat(text.types())
                    .containsEntry(metric.exportedName(), metric == ReceiverMetric.LOST_HEAPS ? "gauge" : "counter");
        }
    }

    @Test
    void shouldExportTheNamesThatDashboardsKnow() {
        assertThat(Stream.of(ReceiverMetric.values()).map(MetricDeclaration::exportedName))
                .containsExactlyInAnyOrder(
                        "emu_recv_input_heaps_total",
                        "emu_recv_input_chunks_total",
                        "emu_recv_input_visibilities_total",
                        "emu_recv_input_bytes_total",
                        "emu_recv_input_packets_total",
                        "emu_recv_input_missing_heaps_total",
                        "emu_recv_input_incomplete_heaps_total",
                        "emu_recv_input_lost_heaps",
                        "emu_recv_input_too_old_heaps_total",
                        "emu_recv_input_duplicate_heaps_total",
                        "emu_recv_input_heaps_after_end_total",
                        "emu_recv_input_overrun_heaps_total",
                        "emu_recv_input_metadata_heaps_total",
                        "emu_recv_input_bad_timestamp_heaps_total",
                        "emu_recv_input_bad_channel_heaps_total",
                        "emu_recv_input_bad_baseline_heaps_total",
                        "emu_recv_input_bad_polarisation_heaps_total",
                        "emu_recv_input_bad_phase_bin_heaps_total",
                        "emu_recv_input_bad_scan_heaps_total",
                        "emu_recv_input_kernel_drops_total",
                        "emu_recv_worker_blocked_total");
        assertThat(Stream.of(SenderMetric.values()).map(MetricDeclaration::exportedName))
                .containsExactlyInAnyOrder(
                        "emu_send_output_heaps_total",
                        "emu_send_output_bytes_total",
                        "emu_send_output_visibilities_total",
                        "emu_send_output_failed_heaps_total",
                        "emu_send_time_error_seconds");
    }

    @Test
    void shouldReadSuppliersWhenScraped() {
        ProgramMetrics<ReceiverMetric> metrics = new ProgramMetrics<>(ReceiverMetric.class, registry);
        AtomicLong heaps = new AtomicLong(3);
        StatsCollector.Registration registration = metrics.addStream("0", Map.of(ReceiverMetric.HEAPS, heaps::get));
        metrics.addProgram(Map.of(ReceiverMetric.CHUNKS, () -> 9));
        MetricsText before = MetricsText.parse(registry.scrape());
        assertThat(before.value("emu_recv_input_chunks_total")).isEqualTo(9);
        heaps.set(10);
        System.gc();
        MetricsText after = MetricsText.parse(registry.scrape());
        assertThat(after.since(before, "emu_recv_input_heaps_total{stream=\"0\"}"))
                .isEqualTo(7);
        heaps.set(12);
        registration.close();
        heaps.set(1000);
        assertThat(MetricsText.parse(registry.scrape()).value("emu_recv_input_heaps_total{stream=\"0\"}"))
                .isEqualTo(12);
    }

    @Test
    void shouldRefuseAMetricInTheWrongPlace() {
        ProgramMetrics<ReceiverMetric> metrics = new ProgramMetrics<>(ReceiverMetric.class, registry);
        assertThatThrownBy(() -> metrics.addStream("0", Map.of(ReceiverMetric.CHUNKS, () -> 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("emu_recv_input_chunks_total");
        assertThatThrownBy(() -> metrics.addGauge(ReceiverMetric.HEAPS, "0", () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no gauge");
    }

    @Test
    void shouldExportTheSendersLagAsAGauge() {
        ProgramMetrics<SenderMetric> metrics = new ProgramMetrics<>(SenderMetric.class, registry);
        String sample = "emu_send_time_error_seconds{stream=\"0\"}";
        metrics.addStream("0", Map.of());
        assertThat(MetricsText.parse(registry.scrape()).value(sample)).isZero();
        metrics.addGauge(SenderMetric.TIME_ERROR, "0", () -> 0.25);
        MetricsText text = MetricsText.parse(registry.scrape());
        assertThat(text.value(sample)).isEqualTo(0.25);
        assertThat(text.types()).containsEntry("emu_send_time_error_seconds", "gauge");
    }

    @Test
    void shouldExportAGaugeOfAStreamThatMayFall() {
        ProgramMetrics<ReceiverMetric> metrics = new ProgramMetrics<>(ReceiverMetric.class, registry);
        AtomicLong lost = new AtomicLong(5);
        metrics.addStream("0", Map.of());
        metrics.addGauge(ReceiverMetric.LOST_HEAPS, "0", lost::get);
        String sample = "emu_recv_input_lost_heaps{stream=\"0\"}";
        assertThat(MetricsText.parse(registry.scrape()).value(sample)).isEqualTo(5);
        lost.set(4);
        assertThat(MetricsText.parse(registry.scrape()).value(sample)).isEqualTo(4);
        assertThatThrownBy(() -> metrics.addGauge(ReceiverMetric.LOST_HEAPS, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("emu_recv_input_lost_heaps");
    }

    @Test
    void shouldExportSensorsAsGauges() {
        SensorSet set = new SensorSet(() -> 0);
        ReceiveSensors sensors = new ReceiveSensors(set, "", 1);
        registry.register(new SensorGauges(set));
        MetricsText before = MetricsText.parse(registry.scrape());
        assertThat(before.value("emu_sensor_value{sensor=\"rx.device-status\"}"))
                .isEqualTo(1);
        assertThat(before.value("emu_sensor_status{sensor=\"rx.timestamp\"}")).isEqualTo(2);
        sensors.dumpReceived(99, 2_500_000_000L, false);
        MetricsText after = MetricsText.parse(registry.scrape());
        assertThat(after.value("emu_sensor_value{sensor=\"rx.unixtime\"}")).isEqualTo(2.5);
        assertThat(after.value("emu_sensor_value{sensor=\"rx.device-status\"}")).isZero();
    }

    @Test
    void shouldExportTheLongestCycleOfEachThread() {
        AgentGauges agents = new AgentGauges();
        registry.register(agents);
        agents.add("recv-0", () -> 0.002);
        agents.add("router", () -> 1);
        agents.add("router", () -> 0.5);
        MetricsText text = MetricsText.parse(registry.scrape());
        assertThat(text.value("emu_agent_max_cycle_seconds{agent=\"recv-0\"}")).isEqualTo(0.002);
        assertThat(text.value("emu_agent_max_cycle_seconds{agent=\"router\"}")).isEqualTo(0.5);
        assertThat(text.types()).containsEntry("emu_agent_max_cycle_seconds", "gauge");
    }

    @Test
    void shouldExportTheJvm() {
        registry.registerJvm();
        assertThat(MetricsText.parse(registry.scrape()).samples().keySet())
                .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(name -> name.startsWith("jvm_gc_collection_seconds_sum{"));
    }
}
