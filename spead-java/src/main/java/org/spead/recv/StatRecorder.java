package org.spead.recv;

/**
 * Where a sink records the statistics of its own that its stream's {@link ReceiveConfig#customStats()} declare. Used on the
 * stream's receive thread only; what is recorded shows to other threads when the batch under way ends.
 */
public interface StatRecorder {
    /**
     * The index of a declared statistic, for {@link #record}.
     *
     * @throws IllegalArgumentException when the stream declares none of that name
     */
    int indexOf(String name);

    /** Adds to a counter, or raises a maximum. Makes no garbage. */
    void record(int index, long amount);
}
