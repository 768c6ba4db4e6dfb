package org.spead.recv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spead.packet.PacketFault;

/**
 * The counters of one stream. The receive thread counts and publishes once a batch; any thread reads what was published.
 *
 * <p>A reader sees each counter as it was at the end of some batch, and never sees one go back; counters read together
 * may be a batch apart.
 */
public final class StreamStats {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PACKET_FAULTS = StreamStat.count();
    private static final int HEAP_FAULTS = PACKET_FAULTS + PacketFault.values().length;
    private static final int COUNT = HEAP_FAULTS + HeapFault.count();

    private final long[] counted = new long[COUNT];
    private final long[] published = new long[COUNT];

    StreamStats() {}

    /** The published value of a counter. */
    public long get(StreamStat stat) {
        return read(index(stat));
    }

    /** Packets refused by themselves for this reason, as published. */
    public long get(PacketFault fault) {
        return read(index(fault));
    }

    /** Packets refused by heap assembly for this reason, as published. */
    public long get(HeapFault fault) {
        return read(index(fault));
    }

    /** All counters by name, in the order of their declaration. */
    public Snapshot snapshot() {
        Map<String, Long> values = new LinkedHashMap<>();
        for (StreamStat stat : StreamStat.values()) {
            values.put(stat.statName(), get(stat));
        }
        for (PacketFault fault : PacketFault.values()) {
            values.put(fault.statName(), get(fault));
        }
        for (HeapFault fault : HeapFault.values()) {
            values.put(fault.statName(), get(fault));
        }
        return new Snapshot(values);
    }

    void add(StreamStat stat, long amount) {
        counted[index(stat)] += amount;
    }

    void set(StreamStat stat, long value) {
        counted[index(stat)] = value;
    }

    void max(StreamStat stat, long value) {
        int index = index(stat);
        counted[index] = Math.max(counted[index], value);
    }

    /** Counts, and returns the new count. */
    long increment(PacketFault fault) {
        return ++counted[index(fault)];
    }

    /** Counts, and returns the new count. */
    long increment(HeapFault fault) {
        return ++counted[index(fault)];
    }

    /** Lets other threads see what has been counted. */
    void publish() {
        for (int i = 0; i < COUNT; i++) {
            PUBLISHED.setOpaque(published, i, counted[i]);
        }
        VarHandle.releaseFence();
    }

    private long read(int index) {
        return (long) PUBLISHED.getOpaque(published, index);
    }

    private static int index(StreamStat stat) {
        return stat.index();
    }

    private static int index(PacketFault fault) {
        return PACKET_FAULTS + fault.index();
    }

    private static int index(HeapFault fault) {
        return HEAP_FAULTS + fault.index();
    }

    /**
     * Counters at a moment. Immutable.
     *
     * @param values by name, in the order of declaration
     */
    public record Snapshot(Map<String, Long> values) {
        public Snapshot {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** The counter of that name; 0 when there is none. */
        public long get(String name) {
            return values.getOrDefault(name, 0L);
        }
    }
}
