package org.spead.recv;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.spead.item.BugCompat;

/**
 * How a stream receives. Immutable; made by {@link #builder()}, which begins with the defaults.
 *
 * @param streamId number of the stream, for names of threads and metrics
 * @param maxHeaps heaps under assembly at a time, for each substream
 * @param substreams senders that share the stream; heap {@code n} is of substream {@code n % substreams}
 * @param allowOutOfOrder whether packets of a heap may arrive in any order, and a lost first packet does not lose the rest
 * @param allowUnsizedHeaps whether packets may leave out HEAP_LENGTH
 * @param stopOnStopItem whether a stream control item that says stop ends the stream
 * @param maxHeapBytes longest heap payload accepted; below 2 GiB
 * @param maxItemPointers most distinct item pointers accepted in a heap
 * @param maxRanges most separate pieces of a heap's payload, in out-of-order mode
 * @param receiveTimeoutNanos how long one duty cycle may wait for a packet; 0 when the thread has other work
 * @param bugCompat old mistakes of the sender, which no packet shows; its heaps' descriptors are to be read with them
 * @param customStats statistics that the sink {@linkplain HeapSink#recordsTo records}, beside those of every stream
 */
public record ReceiveConfig(
        int streamId,
        int maxHeaps,
        int substreams,
        boolean allowOutOfOrder,
        boolean allowUnsizedHeaps,
        boolean stopOnStopItem,
        int maxHeapBytes,
        int maxItemPointers,
        int maxRanges,
        long receiveTimeoutNanos,
        BugCompat bugCompat,
        List<StatDeclaration> customStats) {
    /** Longest heap payload unless configured: 1 GiB. */
    public static final int DEFAULT_MAX_HEAP_BYTES = 1 << 30;

    private static final int MOST_SLOTS = 1 << 20;

    public ReceiveConfig {
        require(streamId >= 0, "streamId must not be negative", streamId);
        require(maxHeaps >= 1 && maxHeaps <= MOST_SLOTS, "maxHeaps must be from 1 to " + MOST_SLOTS, maxHeaps);
        require(substreams >= 1, "substreams must be at least 1", substreams);
        long slots = (long) maxHeaps * substreams;
        require(slots <= MOST_SLOTS, "maxHeaps * substreams must be at most " + MOST_SLOTS, slots);
        require(maxHeapBytes >= 1, "maxHeapBytes must be at least 1", maxHeapBytes);
        require(maxItemPointers >= 1, "maxItemPointers must be at least 1", maxItemPointers);
        require(maxRanges >= 1, "maxRanges must be at least 1", maxRanges);
        require(receiveTimeoutNanos >= 0, "receiveTimeoutNanos must not be negative", receiveTimeoutNanos);
        Objects.requireNonNull(bugCompat, "bugCompat");
        customStats = List.copyOf(customStats);
        StreamStats.declarations(customStats);
    }

    private static void require(boolean holds, String rule, long value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /** The defaults. */
    public static ReceiveConfig defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same with {@code more} statistics behind its {@link #customStats()}, for a sink that has some of its own. */
    public ReceiveConfig withStats(List<StatDeclaration> more) {
        List<StatDeclaration> all = new ArrayList<>(customStats);
        all.addAll(more);
        return new ReceiveConfig(
                streamId,
                maxHeaps,
                substreams,
                allowOutOfOrder,
                allowUnsizedHeaps,
                stopOnStopItem,
                maxHeapBytes,
                maxItemPointers,
                maxRanges,
                receiveTimeoutNanos,
                bugCompat,
                all);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private int streamId;
        private int maxHeaps = 4;
        private int substreams = 1;
        private boolean allowOutOfOrder;
        private boolean allowUnsizedHeaps = true;
        private boolean stopOnStopItem = true;
        private int maxHeapBytes = DEFAULT_MAX_HEAP_BYTES;
        private int maxItemPointers = 1 << 16;
        private int maxRanges = 1 << 16;
        private long receiveTimeoutNanos = 5_000_000;
        private BugCompat bugCompat = BugCompat.NONE;
        private final List<StatDeclaration> customStats = new ArrayList<>();

        private Builder() {}

        /** See {@link ReceiveConfig#streamId()}; 0. */
        public Builder streamId(int value) {
            streamId = value;
            return this;
        }

        /** See {@link ReceiveConfig#maxHeaps()}; 4. */
        public Builder maxHeaps(int value) {
            maxHeaps = value;
            return this;
        }

        /** See {@link ReceiveConfig#substreams()}; 1. */
        public Builder substreams(int value) {
            substreams = value;
            return this;
        }

        /** See {@link ReceiveConfig#allowOutOfOrder()}; false. */
        public Builder allowOutOfOrder(boolean value) {
            allowOutOfOrder = value;
            return this;
        }

        /** See {@link ReceiveConfig#allowUnsizedHeaps()}; true. */
        public Builder allowUnsizedHeaps(boolean value) {
            allowUnsizedHeaps = value;
            return this;
        }

        /** See {@link ReceiveConfig#stopOnStopItem()}; true. */
        public Builder stopOnStopItem(boolean value) {
            stopOnStopItem = value;
            return this;
        }

        /** See {@link ReceiveConfig#maxHeapBytes()}; {@link #DEFAULT_MAX_HEAP_BYTES}. */
        public Builder maxHeapBytes(int value) {
            maxHeapBytes = value;
            return this;
        }

        /** See {@link ReceiveConfig#maxItemPointers()}; 65536. */
        public Builder maxItemPointers(int value) {
            maxItemPointers = value;
            return this;
        }

        /** See {@link ReceiveConfig#maxRanges()}; 65536. */
        public Builder maxRanges(int value) {
            maxRanges = value;
            return this;
        }

        /** See {@link ReceiveConfig#receiveTimeoutNanos()}; 5 ms. */
        public Builder receiveTimeoutNanos(long value) {
            receiveTimeoutNanos = value;
            return this;
        }

        /** See {@link ReceiveConfig#bugCompat()}; none. */
        public Builder bugCompat(BugCompat value) {
            bugCompat = value;
            return this;
        }

        /**
         * Adds to {@link ReceiveConfig#customStats()}, which are none.
         *
         * @param name not that of another statistic of the stream, which {@link #build()} would refuse
         */
        public Builder addStat(String name, StatMode mode) {
            customStats.add(new StatDeclaration(name, mode));
            return this;
        }

        /** Checks and freezes. */
        public ReceiveConfig build() {
            return new ReceiveConfig(
                    streamId,
                    maxHeaps,
                    substreams,
                    allowOutOfOrder,
                    allowUnsizedHeaps,
                    stopOnStopItem,
                    maxHeapBytes,
                    maxItemPointers,
                    maxRanges,
                    receiveTimeoutNanos,
                    bugCompat,
                    customStats);
        }
    }
}
