package org.cbfsdp.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How channels are divided over streams: the one rule that sender and receiver share. Immutable.
 *
 * <p>Stream <i>i</i> carries the <i>i</i>-th range and uses the <i>i</i>-th port. Every channel is in exactly one stream, and
 * no stream is empty. With a fixed number of channels a stream, the last stream may be shorter.
 *
 * @param streams the channels of each stream, in order and without gaps
 */
public record StreamPlan(List<ChannelRange> streams) {
    public StreamPlan {
        streams = List.copyOf(streams);
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one stream");
        }
        for (int i = 1; i < streams.size(); i++) {
            if (streams.get(i).first() != streams.get(i - 1).end()) {
                throw new IllegalArgumentException("channels " + streams.get(i) + " of stream " + i
                        + " do not follow channels " + streams.get(i - 1));
            }
        }
    }

    /**
     * The plan of a transmission: a number of streams when it is given, a width otherwise.
     *
     * @param channelsPerStream 0 puts all channels into one stream; not heeded when {@code streamCount} is given
     */
    public static StreamPlan of(ChannelRange channels, int channelsPerStream, OptionalInt streamCount) {
        return streamCount.isPresent()
                ? ofCount(channels, streamCount.getAsInt())
                : ofWidth(channels, channelsPerStream);
    }

    /**
     * Streams of {@code channelsPerStream} channels each; the last takes what is left.
     *
     * @param channelsPerStream 0 puts all channels into one stream
     */
    public static StreamPlan ofWidth(ChannelRange channels, int channelsPerStream) {
        if (channelsPerStream < 0) {
            throw new IllegalArgumentException("channels per stream must be 0 or more, not " + channelsPerStream);
        }
        int width = channelsPerStream == 0 ? channels.count() : channelsPerStream;
        List<ChannelRange> streams = new ArrayList<>();
        for (int done = 0; done < channels.count(); done += Math.min(width, channels.count() - done)) {
            streams.add(new ChannelRange(channels.first() + done, Math.min(width, channels.count() - done)));
        }
        return new StreamPlan(streams);
    }

    /**
     * Exactly {@code streamCount} streams whose widths differ by one channel at most, the wider ones first.
     *
     * @throws IllegalArgumentException when there are fewer channels than streams
     */
    public static StreamPlan ofCount(ChannelRange channels, int streamCount) {
        if (streamCount < 1 || streamCount > channels.count()) {
            throw new IllegalArgumentException(channels.count() + " channels cannot be divided over " + streamCount
                    + " streams: give 1 to " + channels.count());
        }
        List<ChannelRange> streams = new ArrayList<>();
        int width = channels.count() / streamCount;
        int wider = channels.count() % streamCount;
        int first = channels.first();
        for (int i = 0; i < streamCount; i++) {
            int count = width + (i < wider ? 1 : 0);
            streams.add(new ChannelRange(first, count));
            first += count;
        }
        return new StreamPlan(streams);
    }

    /** Number of streams. */
    public int count() {
        return streams.size();
    }

    /** Channels of stream {@code index}. */
    public ChannelRange stream(int index) {
        return streams.get(index);
    }

    /** All channels of the plan. */
    public ChannelRange channels() {
        int first = streams.get(0).first();
        return new ChannelRange(first, streams.get(streams.size() - 1).end() - first);
    }

    /** Channels of the widest stream. */
    public int widest() {
        return streams.stream().mapToInt(ChannelRange::count).max().orElseThrow();
    }
}
