package org.cbfsdp.send.impair;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.telemetry.status.JsonWriter;

/**
 * Counts what was done, and writes it into a file if there is one, a JSON object a line, and a last one that says how much. The lines of
 * a stream are in the order in which its thread did it. Thread-safe. A file that cannot be written any more takes no more lines.
 */
final class ImpairmentLog implements AutoCloseable {
    private final Map<Impairment, Long> counts = new EnumMap<>(Impairment.class);
    private final Optional<LogFile> file;
    private BufferedWriter writer;
    private IOException failure;
    private boolean closed;

    /**
     * Creates the file, or leaves the one that is there as it is until {@link #begin}.
     *
     * @throws SettingsException when it cannot be written
     */
    ImpairmentLog(Optional<Path> file) {
        this.file = file.map(LogFile::new);
    }

    /**
     * Empties the file; before, nothing is written into it.
     *
     * @throws SettingsException when that cannot be done
     */
    synchronized void begin() {
        writer = file.map(LogFile::begin).orElse(null);
    }

    synchronized void write(Impairment what, String json) {
        counts.merge(what, 1L, Long::sum);
        writeLine(json);
    }

    /** What was done how often, in words; empty when nothing was. */
    synchronized String summary() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }

    /** Why the file does not have everything. */
    synchronized Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Writes how much was done, if the file was begun, and closes it; if it was not, leaves things as they were. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (writer == null) {
            file.ifPresent(LogFile::giveUp);
            return;
        }
        JsonWriter json = new JsonWriter().beginObject().key("what").value("summary");
        counts.forEach((what, count) -> json.key(what.word()).value(count));
        writeLine(json.endObject().toString());
        try {
            writer.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }

    private void writeLine(String json) {
        if (writer == null || failure != null) {
            return;
        }
        try {
            writer.write(json + "\n");
        } catch (IOException e) {
            failure = e;
        }
    }
}
