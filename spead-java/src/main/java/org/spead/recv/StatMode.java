package org.spead.recv;

/** What a statistic is. */
public enum StatMode {
    /** A sum: what is recorded is added, and so are those of several streams. */
    COUNTER {
        @Override
        long combine(long before, long recorded) {
            return before + recorded;
        }
    },
    /** The largest value recorded, and of those of several streams the largest. */
    MAXIMUM {
        @Override
        long combine(long before, long recorded) {
            return Math.max(before, recorded);
        }
    };

    abstract long combine(long before, long recorded);
}
