package org.cbfsdp.telemetry.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.cbfsdp.telemetry.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorLogTest {
    @TempDir
    Path folder;

    private final EventBus bus = new EventBus();

    @Test
    void shouldWriteOneObjectALineAndAppend() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, "{\"event\":\"earlier\"}\n");
        try (MonitorLog log = new MonitorLog(file, bus, () -> 1_500_000_000L)) {
            bus.publish(new EventBus.Event("status", StatusJson.status(Examples.snapshot(ProgramState.WAITING))));
            log.drain();
            assertThat(read(file)).hasSize(2);
            bus.publish(new EventBus.Event("sensor", "{\"name\":\"rx.timestamp\"}"));
        }
        List<JsonNode> lines = read(file);
        assertThat(lines).extracting(line -> line.get("event").asText()).containsExactly("earlier", "status", "sensor");
        assertThat(lines.get(1).get("time").asDouble()).isEqualTo(1.5);
        assertThat(lines.get(1).at("/data/queues/0/queued").asLong()).isEqualTo(4);
        assertThat(lines.get(1).at("/data/state").asText()).isEqualTo("waiting");
        assertThat(lines.get(2).at("/data/name").asText()).isEqualTo("rx.timestamp");
    }

    @Test
    void shouldSayThatEventsWereMissed() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (MonitorLog log = new MonitorLog(file, bus, () -> 0)) {
            for (int i = 0; i < EventBus.QUEUE_EVENTS + 7; i++) {
                bus.publish(new EventBus.Event("status", "{}"));
            }
            log.drain();
            log.drain();
        }
        List<JsonNode> lines = read(file);
        assertThat(lines).hasSize(EventBus.QUEUE_EVENTS + 1);
        assertThat(lines.get(EventBus.QUEUE_EVENTS).at("/data/events").asLong()).isEqualTo(7);
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        Path file = folder.resolve("no/such/folder/x.jsonl");
        assertThatThrownBy(() -> new MonitorLog(file, bus, () -> 0))
                .isInstanceOf(TelemetryException.class)
                .hasMessage("telemetry.event_log = " + file + " cannot be written: there is no directory "
                        + file.getParent());
    }

    /** Linux has a file to which nothing can be written. Who drained it has told that; closing says nothing more. */
    @Test
    void shouldFailOnceWhenTheDiskIsFull() {
        AtomicLong clockReadings = new AtomicLong();
        MonitorLog log = new MonitorLog(Path.of("/dev/full"), bus, clockReadings::getAndIncrement);
        bus.publish(new EventBus.Event("status", "{}"));
        assertThatThrownBy(log::drain).isInstanceOf(IOException.class).hasMessage("No space left on device");
        bus.publish(new EventBus.Event("status", "{}"));
        long asked = clockReadings.get();
        log.close();
        assertThat(clockReadings).as("events that closing tried to write").hasValue(asked);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
