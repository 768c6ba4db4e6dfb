package org.cbfsdp.send.impair;

import java.util.Locale;
import org.spead.transport.impair.PacketImpairment;

/** Everything that can be done, under the names that the log has for it. */
enum Impairment {
    DROP_HEAP,
    DUPLICATE_HEAP,
    REORDER_HEAP,
    LATE_HEAP,
    CORRUPT_TIMESTAMP,
    CORRUPT_CHANNEL_ID,
    CORRUPT_BASELINE_COUNT,
    CORRUPT_SCAN_ID,
    DROP_PACKET,
    DUPLICATE_PACKET,
    REORDER_PACKET,
    CORRUPT_PACKET,
    STALL,
    CUT,
    /** A heap or packet that was held back and can no longer be sent, because the stream was cut or the transmission given up. */
    NEVER_SENT;

    static Impairment of(PacketImpairment what) {
        return switch (what) {
            case DROP -> DROP_PACKET;
            case DUPLICATE -> DUPLICATE_PACKET;
            case REORDER -> REORDER_PACKET;
            case CORRUPT -> CORRUPT_PACKET;
        };
    }

    /** How the log calls it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
