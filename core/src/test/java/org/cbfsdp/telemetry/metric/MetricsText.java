package org.cbfsdp.telemetry.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scrape as a reader other than the Prometheus client understands it: samples by name and labels as written. A line that
 * is no comment and no sample is a fault.
 */
public record MetricsText(Map<String, Double> samples, Map<String, String> help, Map<String, String> types) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(\\{(?:" + NAME + "=\"(?:[^\"\\\\]|\\\\.)*\",?)*\\})? (\\S+)(?: -?[0-9]+)?");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");

    public static MetricsText parse(byte[] scrape) {
        return parse(new String(scrape, StandardCharsets.UTF_8));
    }

    public static MetricsText parse(String scrape) {
        assertThat(scrape).matches(text -> text.isEmpty() || text.endsWith("\n"), "ends its last line");
        MetricsText text = new MetricsText(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        scrape.lines().forEach(text::line);
        return text;
    }

    /** The value of a sample such as {@code x_total{stream="0"}}; a fault when there is none. */
    public double value(String sample) {
        assertThat(samples).containsKey(sample);
        return samples.get(sample);
    }

    /** How much a sample has grown since an earlier scrape, in which it may have been absent. */
    public double since(MetricsText before, String sample) {
        return value(sample) - before.samples.getOrDefault(sample, 0.0);
    }

    private void line(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            Map<String, String> of = comment.group(1).equals("HELP") ? help : types;
            assertThat(of.put(comment.group(2), comment.group(3)))
                    .as("twice: %s", line)
                    .isNull();
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("no sample: %s", line).isTrue();
        String labels = sample.group(2) == null ? "" : sample.group(2);
        String number = sample.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        Double before = samples.put(sample.group(1) + labels, Double.valueOf(number));
        assertThat(before).as("twice: %s", line).isNull();
    }
}
