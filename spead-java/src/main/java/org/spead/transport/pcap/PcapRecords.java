package org.spead.transport.pcap;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The records of a classic capture file: a header of 24 bytes, then for each frame 16 bytes and what was captured of it.
 * Follows draft-ietf-opsawg-pcap.
 */
final class PcapRecords implements CaptureRecords {
    static final int HEADER_BYTES = 24;
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    private static final int RECORD_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CaptureWindow window;
    private final PcapCounters counters;
    private final int linkType;
    private final int nanosPerTick;

    /** Takes the header, which must be there, off the window. */
    PcapRecords(CaptureWindow window, PcapCounters counters) {
        this.window = window;
        this.counters = counters;
        int magic = window.block().getInt(window.start());
        boolean swapped = isMagic(Integer.reverseBytes(magic));
        window.order(swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        nanosPerTick = window.unsignedInt(0) == (NANOSECONDS & 0xffff_ffffL) ? 1 : 1000;
        // The upper half says how long a frame check sequence is, which lies behind the IP packet and does no harm.
        linkType = (int) (window.unsignedInt(20) & 0xffff);
        window.advance(HEADER_BYTES);
    }

    static boolean isMagic(int bigEndian) {
        return bigEndian == MICROSECONDS || bigEndian == NANOSECONDS;
    }

    @Override
    public Step next(CapturedFrame frame) throws IOException {
        if (!window.has(RECORD_BYTES)) {
            return window.available() == 0 ? Step.END : cutOff();
        }
        long seconds = window.unsignedInt(0);
        long nanos = window.unsignedInt(4) * nanosPerTick;
        long captured = window.unsignedInt(8);
        long original = window.unsignedInt(12);
        if (captured > window.capacity() - RECORD_BYTES) {
            return window.skipRecord(RECORD_BYTES + captured, counters);
        }
        int recordBytes = RECORD_BYTES + (int) captured;
        if (!window.has(recordBytes)) {
            return cutOff();
        }
        frame.set(
                linkType, window.start() + RECORD_BYTES, (int) captured, original, seconds * NANOS_PER_SECOND + nanos);
        window.advance(recordBytes);
        return Step.FOUND;
    }

    private Step cutOff() {
        counters.count(PcapFault.TRUNCATED_FILE);
        return Step.END;
    }
}
