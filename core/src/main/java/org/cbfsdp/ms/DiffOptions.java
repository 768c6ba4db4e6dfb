package org.cbfsdp.ms;

/**
 * What of two sets is compared. Immutable.
 *
 * @param column complex array column compared, in both sets
 * @param startChannel first channel compared, counted from 0 in both sets
 * @param channelCount number of channels compared, 0 for all to the last
 * @param tolerance largest modulus of the difference of two visibilities that pass as equal; 0 demands equal bits
 */
public record DiffOptions(String column, int startChannel, int channelCount, double tolerance) {
    public DiffOptions {
        if (startChannel < 0 || channelCount < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("start channel " + startChannel + ", " + channelCount
                    + " channels, tolerance " + tolerance + ": none may be negative");
        }
    }

    /** All channels of DATA, bit for bit. */
    public static DiffOptions exact() {
        return new DiffOptions("DATA", 0, 0, 0);
    }

    /** The same for some channels. */
    public DiffOptions withChannels(int first, int count) {
        return new DiffOptions(column, first, count, tolerance);
    }

    /** The same with another tolerance. */
    public DiffOptions withTolerance(double newTolerance) {
        return new DiffOptions(column, startChannel, channelCount, newTolerance);
    }
}
