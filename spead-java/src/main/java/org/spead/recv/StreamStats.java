package org.spead.recv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spead.packet.PacketFault;

/**
 * The statistics of one stream. The receive thread counts and publishes once a batch; any thread reads what was published.
 *
 * <p>A reader sees each counter as it was at the end of some batch, and never sees one go back; counters read together
 * may be a batch apart.
 */
public final class StreamStats {
    private static final VarHandle PUBLISHED = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PACKET_FAULTS = StreamStat.count();
    private static final int HEAP_FAULTS = PACKET_FAULTS + PacketFault.values().length;
    private static final int BUILT_IN = HEAP_FAULTS + HeapFault.count();

    private final List<StatDeclaration> declarations;
    private final Recorder recorder = new Recorder();
    private final long[] counted;
    private final long[] published;

    StreamStats(List<StatDeclaration> custom) {
        declarations = declarations(custom);
        counted = new long[declarations.size()];
        published = new long[declarations.size()];
    }

    /**
     * All statistics of a stream with these custom ones, in their order: those that every stream has come first.
     *
     * @throws IllegalArgumentException when a name is there twice
     */
    static List<StatDeclaration> declarations(List<StatDeclaration> custom) {
        List<StatDeclaration> all = new ArrayList<>();
        for (StreamStat stat : StreamStat.values()) {
            StatMode mode = stat == StreamStat.MAX_BATCH ? StatMode.MAXIMUM : StatMode.COUNTER;
            all.add(new StatDeclaration(stat.statName(), mode));
        }
        for (PacketFault fault : PacketFault.values()) {
            all.add(new StatDeclaration(fault.statName(), StatMode.COUNTER));
        }
        for (HeapFault fault : HeapFault.values()) {
            all.add(new StatDeclaration(fault.statName(), StatMode.COUNTER));
        }
        all.addAll(custom);
        Set<String> names = new HashSet<>();
        for (StatDeclaration declaration : all) {
            if (!names.add(declaration.name())) {
                throw new IllegalArgumentException("there are two statistics called " + declaration.name());
            }
        }
        return List.copyOf(all);
    }

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

    /**
     * The published value of the statistic of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public long get(String name) {
        return read(indexOf(name, declarations));
    }

    /** All statistics in the order of their declaration. */
    public Snapshot snapshot() {
        List<Long> amounts = new ArrayList<>(declarations.size());
        for (int i = 0; i < declarations.size(); i++) {
            amounts.add(read(i));
        }
        return new Snapshot(declarations, amounts);
    }

    /** Where a sink records its own; for the receive thread. */
    StatRecorder recorder() {
        return recorder;
    }

    /** What has been counted so far, published or not; for the receive thread. */
    long counted(StreamStat stat) {
        return counted[index(stat)];
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
        for (int i = 0; i < counted.length; i++) {
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

    private static int indexOf(String name, List<StatDeclaration> declarations) {
        for (int i = 0; i < declarations.size(); i++) {
            if (declarations.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no statistic called " + name);
    }

    /** The sink's way in: to the custom ones only. */
    private final class Recorder implements StatRecorder {
        @Override
        public int indexOf(String name) {
            return checked(StreamStats.indexOf(name, declarations));
        }

        @Override
        public void record(int index, long amount) {
            counted[checked(index)] = declarations.get(index).mode().combine(counted[index], amount);
        }

        private int checked(int index) {
            if (index < BUILT_IN) {
                throw new IllegalArgumentException(
                        "statistic " + declarations.get(index).name() + " is the stream's own to record");
            }
            return index;
        }
    }

    /**
     * Statistics at a moment, or those of several streams added up. Immutable; iterates over names and values in order.
     *
     * @param declarations what the amounts are
     * @param amounts one for each declaration, in their order
     */
    public record Snapshot(List<StatDeclaration> declarations, List<Long> amounts)
            implements Iterable<Map.Entry<String, Long>> {
        public Snapshot {
            declarations = List.copyOf(declarations);
            amounts = List.copyOf(amounts);
            if (declarations.size() != amounts.size()) {
                throw new IllegalArgumentException(
                        amounts.size() + " amounts of " + declarations.size() + " statistics");
            }
        }

        /** The amounts by name, in the order of declaration. */
        public Map<String, Long> values() {
            Map<String, Long> values = new LinkedHashMap<>();
            for (int i = 0; i < declarations.size(); i++) {
                values.put(declarations.get(i).name(), amounts.get(i));
            }
            return Collections.unmodifiableMap(values);
        }

        /** The statistic of that name; 0 when there is none. */
        public long get(String name) {
            return values().getOrDefault(name, 0L);
        }

        /** The statistic at an {@linkplain #indexOf index}. */
        public long get(int index) {
            return amounts.get(index);
        }

        /**
         * The index of a statistic, the same in all snapshots of equal declarations.
         *
         * @throws IllegalArgumentException when there is none of that name
         */
        public int indexOf(String name) {
            return StreamStats.indexOf(name, declarations);
        }

        /**
         * These and the other stream's together: counters added, of maxima the larger.
         *
         * @throws IllegalArgumentException when the other's are not the same statistics
         */
        public Snapshot plus(Snapshot other) {
            if (!declarations.equals(other.declarations)) {
                throw new IllegalArgumentException("statistics of streams that declare different ones cannot be added");
            }
            List<Long> sums = new ArrayList<>(amounts.size());
            for (int i = 0; i < amounts.size(); i++) {
                sums.add(declarations.get(i).mode().combine(amounts.get(i), other.amounts.get(i)));
            }
            return new Snapshot(declarations, sums);
        }

        @Override
        public Iterator<Map.Entry<String, Long>> iterator() {
            return values().entrySet().iterator();
        }
    }
}
