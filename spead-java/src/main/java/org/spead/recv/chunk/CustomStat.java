package org.spead.recv.chunk;

/**
 * A statistic that a placement counts. Immutable.
 *
 * @param name its name, unlike any other of the stream
 * @param mode what becomes of recorded amounts
 */
public record CustomStat(String name, Mode mode) {
    /** How amounts are combined. */
    public enum Mode {
        /** They are added up. */
        COUNTER,
        /** The largest holds. */
        MAXIMUM
    }

    long combine(long sofar, long amount) {
        return mode == Mode.COUNTER ? sofar + amount : Math.max(sofar, amount);
    }
}
