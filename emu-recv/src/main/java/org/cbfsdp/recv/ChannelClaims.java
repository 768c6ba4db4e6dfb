package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.cbfsdp.payload.ChannelRange;

/**
 * Which channels each stream carries, learnt from its first payload: no stream may change its channels, no two may carry the
 * same. Called by the router thread; read by others after it has ended.
 */
final class ChannelClaims {
    private final ChannelRange[] claims;

    ChannelClaims(int streams) {
        claims = new ChannelRange[streams];
    }

    /** Whether the stream may carry these channels of the model; if so, they are its own from now on. */
    boolean claim(int stream, int firstChannel, int channelCount) {
        ChannelRange own = claims[stream];
        if (own != null) {
            return own.first() == firstChannel && own.count() == channelCount;
        }
        ChannelRange wanted = new ChannelRange(firstChannel, channelCount);
        for (ChannelRange other : claims) {
            if (other != null && other.first() < wanted.end() && wanted.first() < other.end()) {
                return false;
            }
        }
        claims[stream] = wanted;
        return true;
    }

    /** The channels of a selection that no stream has carried. */
    List<ChannelRange> missing(ChannelRange selection) {
        List<ChannelRange> missing = new ArrayList<>();
        int next = selection.first();
        List<ChannelRange> carried = Arrays.stream(claims)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingInt(ChannelRange::first))
                .toList();
        for (ChannelRange range : carried) {
            if (range.first() > next && next < selection.end()) {
                missing.add(new ChannelRange(next, Math.min(range.first(), selection.end()) - next));
            }
            next = Math.max(next, range.end());
        }
        if (next < selection.end()) {
            missing.add(new ChannelRange(next, selection.end() - next));
        }
        return missing;
    }
}
