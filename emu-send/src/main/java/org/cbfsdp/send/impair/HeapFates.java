package org.cbfsdp.send.impair;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.cbfsdp.settings.ImpairSettings;

/** What is done to the data heaps of one stream, as a seeded generator says. Confined to the stream's thread. */
final class HeapFates {
    private static final double CLOSEST = 0.3;
    private static final double FARTHEST = 0.7;
    private static final int CHANNELS_OFF = 1_000_000;
    private static final int MOST_BASELINES_OFF = 1000;

    private final ImpairSettings settings;
    private final DumpTimes dumps;
    private final long scanId;
    private final SplittableRandom random;
    private final Map<Impairment, Double> fractions = new EnumMap<>(Impairment.class);

    /**
     * Has decided nothing yet.
     *
     * @param scanId of all heaps
     */
    HeapFates(ImpairSettings settings, DumpTimes dumps, long scanId, long seed) {
        this.settings = settings;
        this.dumps = dumps;
        this.scanId = scanId;
        this.random = new SplittableRandom(seed);
        fractions.put(Impairment.DROP_HEAP, settings.dropHeaps());
        fractions.put(Impairment.DUPLICATE_HEAP, settings.duplicateHeaps());
        fractions.put(Impairment.REORDER_HEAP, settings.reorderHeaps());
        fractions.put(Impairment.LATE_HEAP, settings.lateHeaps());
        fractions.put(Impairment.CORRUPT_TIMESTAMP, settings.corruptTimestamps());
        fractions.put(Impairment.CORRUPT_CHANNEL_ID, settings.corruptChannelIds());
        fractions.put(Impairment.CORRUPT_BASELINE_COUNT, settings.corruptBaselineCounts());
        fractions.put(Impairment.CORRUPT_SCAN_ID, settings.corruptScanIds());
    }

    /**
     * Decides about a dump's heap; called once for each, in order. What would be held back into the dumps that are spared at the end
     * is left alone.
     *
     * @return null when nothing is done to it
     */
    Impairment next(long dump) {
        double drawn = random.nextDouble();
        if (isSpared(dump)) {
            return null;
        }
        double bound = 0;
        for (Map.Entry<Impairment, Double> fraction : fractions.entrySet()) {
            bound += fraction.getValue();
            if (drawn < bound) {
                Impairment what = fraction.getKey();
                return isSpared(dump + distance(what)) ? null : what;
            }
        }
        return null;
    }

    /** How many dumps later a heap is sent, or sent again. */
    int distance(Impairment what) {
        return switch (what) {
            case DUPLICATE_HEAP -> settings.duplicateDistanceDumps();
            case REORDER_HEAP -> settings.reorderDistanceDumps();
            case LATE_HEAP -> settings.lateDistanceDumps();
            default -> 0;
        };
    }

    /** Whether nothing is done in this dump. */
    boolean isSpared(long dump) {
        return dump < settings.sparedDumps() || dump >= dumps.count() - settings.sparedDumps();
    }

    /** A time for that dump that is wrong. */
    long wrongTicks(long dump) {
        return dumps.ticksBetween(dump, random.nextDouble(CLOSEST, FARTHEST));
    }

    /** A channel far from those of any stream. */
    long wrongChannelId(long channelId) {
        return channelId + CHANNELS_OFF + random.nextInt(CHANNELS_OFF);
    }

    /** Another number of baselines than there are, at least 1. */
    long wrongBaselineCount(long baselines) {
        return baselines + 1 + random.nextInt(MOST_BASELINES_OFF);
    }

    /** Another scan: one of 2^63 - 1, so that no other heap is likely to be given the same. */
    long wrongScanId() {
        return scanId ^ (1 + random.nextLong(Long.MAX_VALUE));
    }
}
