package org.cbfsdp.ms;

import java.nio.file.Path;
import org.cbfsdp.payload.ChannelRange;

/**
 * The channels that are read of a set. Immutable.
 *
 * @param first index in the set of the first channel
 * @param count number of channels, at least 1
 * @param clamped whether more were asked for than the set has
 */
public record ChannelSelection(int first, int count, boolean clamped) {
    /** The channels asked for that the set has; refuses a start past its last channel. */
    static ChannelSelection of(Path set, int startChannel, int channelCount, int channelsOfSet) {
        if (startChannel >= channelsOfSet) {
            throw new MeasurementSetException("Measurement Set " + set + " has channels 0 to " + (channelsOfSet - 1)
                    + ", so that reading cannot start at channel " + startChannel + " (reader.start_chan)");
        }
        int left = channelsOfSet - startChannel;
        int count = channelCount == 0 ? left : Math.min(channelCount, left);
        return new ChannelSelection(startChannel, count, channelCount > left);
    }

    /** The same as a range of the set's channels. */
    public ChannelRange range() {
        return new ChannelRange(first, count);
    }
}
