package org.spead.recv.chunk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.spead.recv.StatDeclaration;
import org.spead.recv.StatMode;

/**
 * How a stream fills chunks. Immutable; made by {@link #builder}, which begins with the defaults.
 *
 * @param items ids of the items whose immediates the placement is given, in this order; packet-level ones as well
 * @param maxChunks chunks that the stream fills at a time, with consecutive numbers
 * @param placement where heaps belong
 * @param maxHeapExtra most bytes of side data that the placement may add for a heap
 * @param packetPresenceBytes payload bytes of each packet of a heap but the last, to have a flag for each packet; 0 for a flag a heap
 * @param deliverEmptyChunks whether chunks that no heap came for are delivered too, rather than left out; in a group the
 *     group's holds
 * @param customStats statistics that the placement counts
 */
public record ChunkConfig(
        List<Integer> items,
        int maxChunks,
        ChunkPlacement placement,
        int maxHeapExtra,
        int packetPresenceBytes,
        boolean deliverEmptyChunks,
        List<StatDeclaration> customStats) {
    /** Chunks filled at a time unless configured. */
    public static final int DEFAULT_MAX_CHUNKS = 2;

    private static final int MOST_CHUNKS = 1 << 20;

    public ChunkConfig {
        items = List.copyOf(items);
        customStats = List.copyOf(customStats);
        Objects.requireNonNull(placement, "placement");
        checkMaxChunks(maxChunks);
        requireNotNegative("maxHeapExtra", maxHeapExtra);
        requireNotNegative("packetPresenceBytes", packetPresenceBytes);
        Set<String> names = new HashSet<>();
        for (StatDeclaration stat : allStats(customStats)) {
            if (!names.add(stat.name())) {
                throw new IllegalArgumentException("there are two statistics called " + stat.name());
            }
        }
    }

    /** What a chunk stream counts beside what every stream does: the {@link ChunkStat}s, then {@link #customStats()}. */
    List<StatDeclaration> stats() {
        return allStats(customStats);
    }

    private static List<StatDeclaration> allStats(List<StatDeclaration> custom) {
        List<StatDeclaration> all = new ArrayList<>();
        for (ChunkStat stat : ChunkStat.values()) {
            all.add(new StatDeclaration(stat.statName(), StatMode.COUNTER));
        }
        all.addAll(custom);
        return all;
    }

    static void checkMaxChunks(int maxChunks) {
        if (maxChunks < 1 || maxChunks > MOST_CHUNKS) {
            throw new IllegalArgumentException("maxChunks must be from 1 to " + MOST_CHUNKS + ", not " + maxChunks);
        }
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, not " + value);
        }
    }

    /** Begins with the defaults. */
    public static Builder builder(ChunkPlacement placement) {
        return new Builder(placement);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final ChunkPlacement placement;
        private final List<StatDeclaration> customStats = new ArrayList<>();
        private List<Integer> items = List.of();
        private int maxChunks = DEFAULT_MAX_CHUNKS;
        private int maxHeapExtra;
        private int packetPresenceBytes;
        private boolean deliverEmptyChunks;

        private Builder(ChunkPlacement placement) {
            this.placement = placement;
        }

        /** See {@link ChunkConfig#items()}; none. */
        public Builder items(Integer... ids) {
            items = List.of(ids);
            return this;
        }

        /** See {@link ChunkConfig#maxChunks()}; {@link #DEFAULT_MAX_CHUNKS}. */
        public Builder maxChunks(int value) {
            maxChunks = value;
            return this;
        }

        /** See {@link ChunkConfig#maxHeapExtra()}; 0. */
        public Builder maxHeapExtra(int bytes) {
            maxHeapExtra = bytes;
            return this;
        }

        /** See {@link ChunkConfig#packetPresenceBytes()}; 0. */
        public Builder packetPresenceBytes(int bytes) {
            packetPresenceBytes = bytes;
            return this;
        }

        /** See {@link ChunkConfig#deliverEmptyChunks()}; false. */
        public Builder deliverEmptyChunks(boolean value) {
            deliverEmptyChunks = value;
            return this;
        }

        /** Adds to {@link ChunkConfig#customStats()}, which are none. */
        public Builder addStat(String name, StatMode mode) {
            customStats.add(new StatDeclaration(name, mode));
            return this;
        }

        /** Checks and freezes. */
        public ChunkConfig build() {
            return new ChunkConfig(
                    items, maxChunks, placement, maxHeapExtra, packetPresenceBytes, deliverEmptyChunks, customStats);
        }
    }
}
