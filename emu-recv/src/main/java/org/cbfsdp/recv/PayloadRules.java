package org.cbfsdp.recv;

import java.util.Optional;
import java.util.OptionalInt;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * What a payload must be to be taken: as much as is known beforehand. Immutable.
 *
 * @param plan the channels that each stream must carry, in the model's numbers
 * @param modelChannels channels of the telescope model, within which payloads must lie when there is no plan
 * @param modelBaselines baselines that every payload must have
 * @param polarisations which of them a payload may have
 * @param channelIdOffset what to add to a payload's channel id to have the model's channel
 */
record PayloadRules(
        Optional<StreamPlan> plan,
        OptionalInt modelChannels,
        OptionalInt modelBaselines,
        PolarisationRule polarisations,
        int channelIdOffset) {
    /** What the payload has and what it should have, for the report on a refusal. */
    String describe(int stream, VisibilityPayload payload) {
        int first = payload.channelId() + channelIdOffset;
        String wanted = plan.map(known -> "channels " + known.stream(stream))
                .orElse("channels within 0-" + (modelChannels.orElse(Integer.MAX_VALUE) - 1) + " of no other stream");
        String baselines = modelBaselines.isPresent() ? modelBaselines.getAsInt() + " baselines" : "any baselines";
        return "channels " + first + "-" + (first + payload.channelCount() - 1) + ", " + payload.baselineCount()
                + " baselines, " + payload.layout().polarisations() + " polarisations came where " + wanted + ", "
                + baselines
                + " are expected";
    }

    /** Why a payload of a stream is not taken, or null when it is. */
    StreamCounter check(int stream, VisibilityPayload payload) {
        long first = (long) payload.channelId() + channelIdOffset;
        long end = first + payload.channelCount();
        if (plan.isPresent()) {
            ChannelRange expected = plan.get().stream(stream);
            if (first != expected.first() || end != expected.end()) {
                return StreamCounter.BAD_CHANNEL_HEAPS;
            }
        } else if (end > modelChannels.orElse(Integer.MAX_VALUE)) {
            return StreamCounter.BAD_CHANNEL_HEAPS;
        }
        if (payload.phaseBinId() != 0 || payload.phaseBinCount() > 1) {
            return StreamCounter.BAD_PHASE_BIN_HEAPS;
        }
        if (modelBaselines.isPresent() && payload.baselineCount() != modelBaselines.getAsInt()) {
            return StreamCounter.BAD_BASELINE_HEAPS;
        }
        return polarisations.takes(payload) ? null : StreamCounter.BAD_POLARISATION_HEAPS;
    }
}
