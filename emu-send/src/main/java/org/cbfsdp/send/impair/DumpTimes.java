package org.cbfsdp.send.impair;

import java.util.function.LongUnaryOperator;

/**
 * The dumps that a transmission sends. Immutable.
 *
 * @param count how many
 * @param ticksOfDump time of a dump, by its place in the transmission from 0
 */
public record DumpTimes(long count, LongUnaryOperator ticksOfDump) {
    long ticks(long dump) {
        return ticksOfDump.applyAsLong(dump);
    }

    /** A time that is none of a dump: a fraction of the way to the next, or from the last one back. */
    long ticksBetween(long dump, double fraction) {
        boolean isLast = dump == count - 1;
        if (isLast && dump == 0) {
            return ticks(dump) + Math.round(fraction * (1L << 32));
        }
        long neighbour = ticks(isLast ? dump - 1 : dump + 1);
        return ticks(dump) + Math.round(fraction * (neighbour - ticks(dump)));
    }
}
