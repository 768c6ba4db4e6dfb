package org.cbfsdp.send.impair;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final Optional<Path> file;
    private BufferedWriter writer;
    private IOException failure;
    private boolean closed;

    /**
     * Creates the file, or leaves the one that is there as it is until {@link #begin}.
     *
     * @throws SettingsException when it cannot be written
     */
    ImpairmentLog(Optional<Path> file) {
        this.file = file;
        file.ifPresent(ImpairmentLog::requireWritable);
    }

    private static void requireWritable(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    private static BufferedWriter create(Path file) {
        try {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    private static SettingsException refused(Path file, IOException e) {
        return new SettingsException("transmission.impair.log = " + file + " cannot be written: " + reason(file, e), e);
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no directory " + file.toAbsolutePath().getParent();
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : e.getMessage();
    }

    /**
     * Empties the file; before, nothing is written into it.
     *
     * @throws SettingsException when that cannot be done
     */
    synchronized void begin() {
        writer = file.map(ImpairmentLog::create).orElse(null);
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

    /** Writes how much was done, if the file was begun, and closes it. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed || writer == null) {
            return;
        }
        closed = true;
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
