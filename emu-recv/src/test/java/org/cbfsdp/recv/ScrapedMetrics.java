package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scrape in the text format of Prometheus, read without its client. A line of another form is a fault. */
record ScrapedMetrics(Map<String, Double> samples, Map<String, String> help) {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-z0-9_]+) (.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE [a-z0-9_]+ (counter|gauge|summary|histogram|untyped|info)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z][a-z0-9_]*(?:\\{[^}]*\\})?) (\\S+)");

    static ScrapedMetrics parse(String text) {
        ScrapedMetrics scraped = new ScrapedMetrics(new HashMap<>(), new HashMap<>());
        text.lines().forEach(scraped::line);
        return scraped;
    }

    /** The one sample of that name and those labels. */
    double value(String sample) {
        assertThat(samples).containsKey(sample);
        return samples.get(sample);
    }

    /** Of one stream. */
    double value(String name, int stream) {
        return value(name + "{stream=\"" + stream + "\"}");
    }

    private void line(String line) {
        Matcher helped = HELP.matcher(line);
        if (helped.matches()) {
            help.put(helped.group(1), helped.group(2));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            assertThat(samples.put(
                            sample.group(1), Double.valueOf(sample.group(2).replace("Inf", "Infinity"))))
                    .as("twice: %s", line)
                    .isNull();
        } else {
            assertThat(line).matches(TYPE);
        }
    }
}
