package org.spead.send;

import java.util.concurrent.atomic.AtomicLong;

/** What a {@link SendStream} has done so far. Written by the stream's thread, read by any. */
public final class SendStats {
    private final AtomicLong heaps = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong failedHeaps = new AtomicLong();

    SendStats() {}

    /** Heaps of which every packet was taken by the sink. */
    public long heaps() {
        return heaps.get();
    }

    /** Packets taken by the sink. */
    public long packets() {
        return packets.get();
    }

    /** Bytes of those packets, SPEAD headers included. */
    public long bytes() {
        return bytes.get();
    }

    /** Packets the sink refused with an error. */
    public long errors() {
        return errors.get();
    }

    /** Heaps with at least one such packet, and heaps given up when the stream was closed. */
    public long failedHeaps() {
        return failedHeaps.get();
    }

    void packet(int packetBytes) {
        add(packets, 1);
        add(bytes, packetBytes);
    }

    void error() {
        add(errors, 1);
    }

    void heap(boolean failed) {
        add(failed ? failedHeaps : heaps, 1);
    }

    /** One writer, so no atomic addition is needed. */
    private static void add(AtomicLong counter, long amount) {
        counter.setOpaque(counter.getPlain() + amount);
    }
}
