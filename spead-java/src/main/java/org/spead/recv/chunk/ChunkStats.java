package org.spead.recv.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of one chunk stream, its own and those of its placement. The receive thread counts and publishes once a
 * batch; any thread reads what was published.
 */
public final class ChunkStats {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(long[].class);

    private final List<CustomStat> custom;
    private final long[] counted;
    private final long[] published;

    ChunkStats(List<CustomStat> custom) {
        this.custom = custom;
        this.counted = new long[ChunkStat.count() + custom.size()];
        this.published = new long[counted.length];
    }

    /** The published value of a counter. */
    public long get(ChunkStat stat) {
        return read(stat.index());
    }

    /** The published value of custom statistic {@code index} of {@link ChunkConfig#customStats()}. */
    public long custom(int index) {
        return read(ChunkStat.count() + index);
    }

    /** All of them by name, in the order of their declaration. */
    public Map<String, Long> snapshot() {
        Map<String, Long> values = new LinkedHashMap<>();
        for (ChunkStat stat : ChunkStat.values()) {
            values.put(stat.statName(), get(stat));
        }
        for (int i = 0; i < custom.size(); i++) {
            values.put(custom.get(i).name(), custom(i));
        }
        return Collections.unmodifiableMap(values);
    }

    void count(ChunkStat stat) {
        counted[stat.index()]++;
    }

    void record(int index, long amount) {
        int at = ChunkStat.count() + index;
        counted[at] = custom.get(index).combine(counted[at], amount);
    }

    /** Lets other threads see what has been counted. */
    void publish() {
        for (int i = 0; i < counted.length; i++) {
            PUBLISHED.setOpaque(published, i, counted[i]);
        }
        VarHandle.releaseFence();
    }

    private long read(int index) {
        return (long) PUBLISHED.getOpaque(published, index);
    }
}
