package org.cbfsdp.recv;

import java.util.Arrays;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * A dump being assembled, and, once it is delivered, the memory of which streams it had; an object serves one dump after
 * another. Confined to the router thread.
 */
final class OpenDump {
    private final VisibilityPayload[] payloads;
    private final boolean[] present;
    private long key;
    private long timestampTicks;
    private long scanId;
    private long bytes;

    OpenDump(int streams) {
        payloads = new VisibilityPayload[streams];
        present = new boolean[streams];
    }

    /** Makes this object another dump, empty. */
    void begin(long orderKey, long ticks, long scan) {
        key = orderKey;
        timestampTicks = ticks;
        scanId = scan;
        bytes = 0;
        Arrays.fill(present, false);
    }

    /** By what dumps are told apart and ordered, unsigned: see {@link DumpAssembler}. */
    long key() {
        return key;
    }

    /** Time of the first heap that came. */
    long timestampTicks() {
        return timestampTicks;
    }

    long scanId() {
        return scanId;
    }

    /** Bytes of all payloads. */
    long bytes() {
        return bytes;
    }

    /** Whether the stream's heap is, or was, in this dump. */
    boolean has(int stream) {
        return present[stream];
    }

    void put(int stream, VisibilityPayload payload) {
        payloads[stream] = payload;
        present[stream] = true;
        bytes += payload.dataBytes();
    }

    /** One a stream, null where none came. */
    VisibilityPayload[] payloads() {
        return payloads;
    }

    /** The payloads have another owner now; which there were is still known. */
    void handOver() {
        Arrays.fill(payloads, null);
    }
}
