package org.cbfsdp.consumer.complete;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;

/** When a dump is complete. Stateless. */
enum Completeness {
    /** Every stream delivered, and no visibility is marked as missing: its fraction of data (FD) is not 0. */
    ALL_DATA,
    /** Every stream delivered, whatever FD says; for senders that leave it empty. */
    ALL_HEAPS;

    boolean holds(VisibilityDump dump) {
        boolean complete = dump.isComplete();
        for (int i = 0; complete && this == ALL_DATA && i < dump.streamCount(); i++) {
            complete = hasAllData(dump.payload(i));
        }
        return complete;
    }

    private static boolean hasAllData(VisibilityPayload payload) {
        ByteBuffer data = payload.data();
        int elementBytes = payload.layout().elementBytes();
        int end = Math.toIntExact(payload.dataBytes());
        for (int fd = payload.layout().fdOffset(); fd < end; fd += elementBytes) {
            if (data.get(fd) == 0) {
                return false;
            }
        }
        return true;
    }
}
