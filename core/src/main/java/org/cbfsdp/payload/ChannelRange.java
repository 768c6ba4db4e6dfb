package org.cbfsdp.payload;

/**
 * Consecutive channels of a set. Immutable.
 *
 * @param first index of the first channel
 * @param count number of channels, at least 1
 */
public record ChannelRange(int first, int count) {
    public ChannelRange {
        if (first < 0 || count < 1 || (long) first + count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no such channels: " + count + " from " + first);
        }
    }

    /** One past the last channel. */
    public int end() {
        return first + count;
    }

    /** Whether all of {@code other} lies in this range. */
    public boolean contains(ChannelRange other) {
        return other.first >= first && other.end() <= end();
    }

    /** {@code 0-15}, the last one included. */
    @Override
    public String toString() {
        return first + "-" + (end() - 1);
    }
}
