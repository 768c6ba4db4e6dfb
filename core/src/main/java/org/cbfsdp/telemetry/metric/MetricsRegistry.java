package org.cbfsdp.telemetry.metric;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All metrics of one program, and their scrape. Thread-safe. */
public final class MetricsRegistry {
    /** What {@link #scrape} is, as HTTP says it. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(true)
            .build();

    /** Adds a collector, which is asked at each scrape, by the thread that scrapes. */
    public void register(MultiCollector collector) {
        registry.register(collector);
    }

    /** Adds memory, garbage collection, threads and what the process uses. Once. */
    public void registerJvm() {
        JvmMetrics.builder().register(registry);
    }

    /** Asks all collectors; text format 0.0.4 of Prometheus, in UTF-8. */
    public byte[] scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream(16 * 1024);
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written to", e);
        }
        return text.toByteArray();
    }
}
