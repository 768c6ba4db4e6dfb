package org.cbfsdp.send.impair;

import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.telemetry.status.JsonWriter;

/** The log of one stream, which knows the times of dumps. Immutable. */
final class StreamLog {
    private final ImpairmentLog log;
    private final int stream;
    private final DumpTimes dumps;

    StreamLog(ImpairmentLog log, int stream, DumpTimes dumps) {
        this.log = log;
        this.stream = stream;
        this.dumps = dumps;
    }

    /** Begins a line about a heap. */
    Line line(Impairment what, long dump, long heapCnt) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .key("what")
                .value(what.word())
                .key("stream")
                .value(stream)
                .key("dump")
                .value(dump)
                .key("time")
                .value(PayloadTime.instant(dumps.ticks(dump)).toString())
                .key("heap")
                .value(heapCnt);
        return new Line(what, json);
    }

    /** A line that is being made. Confined to one thread. */
    final class Line {
        private final Impairment what;
        private final JsonWriter json;

        private Line(Impairment what, JsonWriter json) {
            this.what = what;
            this.json = json;
        }

        Line with(String key, Object value) {
            json.key(key).anyValue(value);
            return this;
        }

        void write() {
            log.write(what, json.endObject().toString());
        }
    }
}
