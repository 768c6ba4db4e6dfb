package org.cbfsdp.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the log of impairments, read as flat JSON. Immutable. */
record LoggedImpairment(Map<String, String> fields) {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([-+.0-9eE]+))[,}]");

    /** All lines but the summary, which must be the last and say the same. */
    static List<LoggedImpairment> read(Path log) throws IOException {
        List<LoggedImpairment> lines =
                Files.readAllLines(log).stream().map(LoggedImpairment::parse).toList();
        LoggedImpairment summary = lines.get(lines.size() - 1);
        Map<String, String> counted = new HashMap<>(Map.of("what", "summary"));
        List<LoggedImpairment> rest = lines.subList(0, lines.size() - 1);
        rest.forEach(line ->
                counted.merge(line.what(), "1", (before, one) -> Integer.toString(Integer.parseInt(before) + 1)));
        if (!summary.fields.equals(counted)) {
            throw new AssertionError("the log's summary is " + summary.fields + " where the lines are " + counted);
        }
        return rest;
    }

    private static LoggedImpairment parse(String line) {
        Map<String, String> fields = new HashMap<>();
        Matcher found = FIELD.matcher(line);
        int end = 1;
        while (found.find() && found.start() == end) {
            fields.put(found.group(1), found.group(2) == null ? found.group(3) : found.group(2));
            end = found.end();
        }
        if (end != line.length() || line.charAt(0) != '{') {
            throw new AssertionError("no JSON object: " + line);
        }
        return new LoggedImpairment(Map.copyOf(fields));
    }

    String what() {
        return fields.get("what");
    }

    int number(String key) {
        return Integer.parseInt(fields.get(key));
    }
}
