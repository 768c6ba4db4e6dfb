package org.cbfsdp.telemetry.status;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes events into a file, one JSON object a line: {@code time} (seconds since 1970), {@code event} and what the event
 * says as {@code data}. Queue sizes and states are in the events of type status. Called by one thread, the telemetry's.
 */
public final class MonitorLog implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(MonitorLog.class);

    private final EventBus.Subscription events;
    private final LongSupplier unixNanoClock;
    private final BufferedWriter writer;
    private long missedEvents;
    private boolean closed;
    private boolean failed;

    /**
     * Appends to {@code file}.
     *
     * @throws TelemetryException when it cannot be opened; the message names the file and the setting
     */
    public MonitorLog(Path file, EventBus bus, LongSupplier unixNanoClock) {
        this.unixNanoClock = unixNanoClock;
        try {
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new TelemetryException("telemetry.event_log = " + file + " cannot be written: " + reason(file, e), e);
        }
        events = bus.subscribe();
    }

    /** In plain words: exceptions of the file system leave what happened to their class. */
    private static String reason(Path file, IOException e) {
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

    /** Writes what has happened since the last call; after a failure, which is for the caller to tell, no more. */
    public void drain() throws IOException {
        try {
            write();
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    private void write() throws IOException {
        EventBus.Event event = events.poll();
        boolean wrote = event != null;
        while (event != null) {
            line(event.type(), event.json());
            event = events.poll();
        }
        long missed = events.missedEvents();
        if (missed > missedEvents) {
            line(
                    "missed",
                    new JsonWriter()
                            .beginObject()
                            .key("events")
                            .value(missed - missedEvents)
                            .endObject()
                            .toString());
            missedEvents = missed;
            wrote = true;
        }
        if (wrote) {
            writer.flush();
        }
    }

    /** Writes what is left; idempotent. What cannot be written any more is logged. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        events.close();
        boolean told = failed;
        try (writer) {
            if (!told) {
                drain();
            }
        } catch (IOException e) {
            if (!told) {
                LOG.warn("telemetry.event_log: the last events could not be written: {}", e.getMessage());
            }
        }
    }

    private void line(String type, String json) throws IOException {
        String head = new JsonWriter()
                .beginObject()
                .key("time")
                .value(unixNanoClock.getAsLong() / 1e9)
                .key("event")
                .value(type)
                .key("data")
                .toString();
        writer.write(head + json + "}\n");
    }
}
