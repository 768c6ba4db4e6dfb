package org.cbfsdp.settings;

import java.util.OptionalInt;

/**
 * How the channels are divided between streams; sender and receiver must agree on it. At most one of the two is given:
 * when both are absent, all channels go in one stream. Immutable.
 *
 * @param channelsPerStream channels a stream, the last one may have fewer; 0 = not given
 * @param streamCount streams between which the channels are divided evenly
 */
public record StreamDivision(int channelsPerStream, OptionalInt streamCount) {
    static StreamDivision from(SettingValues values) {
        return new StreamDivision(
                values.get(TransmissionSettings.CHANNELS_PER_STREAM), values.getInt(TransmissionSettings.NUM_STREAMS));
    }
}
