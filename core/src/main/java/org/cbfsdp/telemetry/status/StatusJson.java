package org.cbfsdp.telemetry.status;

import java.util.List;
import org.cbfsdp.telemetry.sensor.Reading;
import org.cbfsdp.telemetry.sensor.Sensor;

/** Snapshots and sensors as JSON: one form for the API, the events and the log. */
public final class StatusJson {
    private StatusJson() {}

    /** One object: time, program, state, totals, {@code streams}, {@code queues} and {@code agents}. */
    public static String status(StatusSnapshot snapshot) {
        ProgramStatus status = snapshot.status();
        JsonWriter json = new JsonWriter().beginObject();
        json.key("unix_time").value(snapshot.unixNanos() / 1e9);
        json.key("up_seconds").value(snapshot.upNanos() / 1e9);
        json.key("program").value(status.program());
        json.key("state").value(status.state().word());
        json.key("device_status").value(status.deviceStatus());
        json.key("dumps").value(status.dumps());
        json.key("total");
        stream(json, snapshot.total(), snapshot.totalRate());
        json.key("streams").beginArray();
        for (int i = 0; i < status.streams().size(); i++) {
            stream(json, status.streams().get(i), snapshot.rates().get(i));
        }
        json.endArray().key("queues").beginArray();
        for (ProgramStatus.Queue queue : status.queues()) {
            json.beginObject().key("name").value(queue.name());
            json.key("queued").value(queue.queued());
            json.key("capacity").value(queue.capacity());
            json.key("dropped").value(queue.dropped()).endObject();
        }
        json.endArray().key("agents").beginArray();
        for (ProgramStatus.Agent agent : status.agents()) {
            json.beginObject().key("name").value(agent.name());
            json.key("max_cycle_seconds").value(agent.maxCycleNanos() / 1e9).endObject();
        }
        return json.endArray().endObject().toString();
    }

    /** An array of all sensors. */
    public static String sensors(List<Sensor<?>> sensors) {
        JsonWriter json = new JsonWriter().beginArray();
        sensors.forEach(sensor -> sensor(json, sensor, sensor.reading()));
        return json.endArray().toString();
    }

    /** One sensor with one of its readings. */
    public static String sensor(Sensor<?> sensor, Reading<?> reading) {
        JsonWriter json = new JsonWriter();
        sensor(json, sensor, reading);
        return json.toString();
    }

    private static void sensor(JsonWriter json, Sensor<?> sensor, Reading<?> reading) {
        json.beginObject().key("name").value(sensor.name());
        json.key("value").anyValue(reading.value());
        json.key("unit").value(sensor.unit());
        json.key("status").anyValue(reading.status());
        json.key("unix_time").value(reading.unixNanos() / 1e9);
        json.key("description").value(sensor.description()).endObject();
    }

    private static void stream(JsonWriter json, ProgramStatus.Stream stream, StatusSnapshot.Rate rate) {
        json.beginObject().key("label").value(stream.label());
        json.key("place").value(stream.place());
        json.key("heaps").value(stream.heaps());
        json.key("bytes").value(stream.bytes());
        json.key("packets").value(stream.packets());
        json.key("missing_heaps").value(stream.missingHeaps());
        json.key("incomplete_heaps").value(stream.incompleteHeaps());
        json.key("refused_heaps").value(stream.refusedHeaps());
        json.key("ended").value(stream.ended());
        json.key("heaps_per_second").value(rate.heapsPerSecond());
        json.key("bytes_per_second").value(rate.bytesPerSecond()).endObject();
    }
}
