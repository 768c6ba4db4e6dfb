package org.cbfsdp.recv;

import java.util.Optional;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;

/**
 * The times of the telescope model's dumps in ticks of 2^-32 s: dump <i>i</i> is slot <i>i</i>. A time is of a slot when it is at
 * most the tolerance away, a fraction of the dump's interval; the arithmetic is exact. Without a model there are no slots, nor
 * with one whose times cannot travel. Immutable; makes no garbage.
 */
final class DumpGrid {
    /** Of a time that is none of the model's. */
    static final int NO_SLOT = -1;

    private final long[] ticks;
    private final long[] toleranceTicks;

    private DumpGrid(int count) {
        ticks = new long[count];
        toleranceTicks = new long[count];
    }

    /** The grid of the model's dumps. */
    static DumpGrid of(Optional<TelescopeModel> model, double toleranceFraction) {
        DumpGrid grid = new DumpGrid(
                model.filter(DumpGrid::canTravel).map(TelescopeModel::dumpCount).orElse(0));
        for (int i = 0; i < grid.ticks.length; i++) {
            DumpMetadata dump = model.get().dump(i);
            grid.ticks[i] = PayloadTime.ticksOfMjdSeconds(dump.timeMjdSeconds());
            grid.toleranceTicks[i] = PayloadTime.ticksOfSeconds(toleranceFraction * dump.intervalSeconds());
        }
        return grid;
    }

    /** Whether the times are such as the interface can say; of a model with others, no dump can come. */
    private static boolean canTravel(TelescopeModel model) {
        int count = model.dumpCount();
        return count > 0
                && model.dump(0).timeMjdSeconds() >= PayloadTime.UNIX_EPOCH_MJD_SECONDS
                && model.dump(count - 1).timeMjdSeconds()
                        < PayloadTime.UNIX_EPOCH_MJD_SECONDS + PayloadTime.TICKS_PER_SECOND - 1;
    }

    /** Dumps of the model. */
    int slotCount() {
        return ticks.length;
    }

    /** Time of a slot. */
    long ticksOf(int slot) {
        return ticks[slot];
    }

    /** The slot of a time, unsigned, or {@link #NO_SLOT}. */
    int slotOf(long time) {
        int low = 0;
        int high = ticks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ticks[middle], time) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        long toNext = low < ticks.length ? ticks[low] - time : Long.MAX_VALUE;
        long toPrevious = low > 0 ? time - ticks[low - 1] : Long.MAX_VALUE;
        if (toPrevious >= 0 && (toNext < 0 || toPrevious <= toNext)) {
            return low > 0 && toPrevious <= toleranceTicks[low - 1] ? low - 1 : NO_SLOT;
        }
        return low < ticks.length && toNext >= 0 && toNext <= toleranceTicks[low] ? low : NO_SLOT;
    }

    /** Whether a time is before the model's first dump. */
    boolean isBefore(long time) {
        return ticks.length > 0 && Long.compareUnsigned(time, ticks[0]) < 0;
    }

    /** Whether a time is between the model's first and last dump, so that it must be near one of the model's. */
    boolean isCovered(long time) {
        return ticks.length > 0
                && Long.compareUnsigned(time, ticks[0]) >= 0
                && Long.compareUnsigned(time, ticks[ticks.length - 1]) <= 0;
    }
}
