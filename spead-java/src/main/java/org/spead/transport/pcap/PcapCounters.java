package org.spead.transport.pcap;

import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What became of the records of a capture file. Written by the reading thread, read by any. */
public final class PcapCounters {
    private final AtomicLongArray counts = new AtomicLongArray(PcapFault.count() + 1);

    private final AtomicLong damagedAt = new AtomicLong();

    PcapCounters() {}

    /** UDP payloads given out. */
    public long packets() {
        return counts.get(PcapFault.count());
    }

    /** Records that gave no packet, for this reason. */
    public long get(PcapFault fault) {
        return counts.get(fault.index());
    }

    /** Where in the file the record begins that cannot be, if there is a {@link PcapFault#BAD_BLOCK}. */
    public long damagedAt() {
        return damagedAt.get();
    }

    /** Whatever was skipped, as {@code 3 an IP fragment, 1 captured in part}; empty when nothing was. */
    public String describeSkipped() {
        StringJoiner text = new StringJoiner(", ");
        for (PcapFault fault : PcapFault.values()) {
            if (get(fault) > 0) {
                text.add(get(fault) + " " + fault.text());
            }
        }
        return text.toString();
    }

    void packet() {
        add(PcapFault.count());
    }

    void count(PcapFault fault) {
        add(fault.index());
    }

    /** The record at {@code position} of the file cannot be, and none after it can be found. */
    void damaged(long position) {
        damagedAt.setOpaque(position);
        count(PcapFault.BAD_BLOCK);
    }

    /** One writer, so no atomic addition is needed. */
    private void add(int index) {
        counts.setOpaque(index, counts.getPlain(index) + 1);
    }
}
