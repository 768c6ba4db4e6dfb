package org.cbfsdp.recv.consumer.mswriter;

import java.util.Arrays;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.PolarisationMap;
import org.cbfsdp.payload.Transposition;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * Places the payloads of a dump into set order, and clears the block before only when they leave something out. Confined to
 * the consumer's thread.
 */
final class DumpPlacement {
    private static final int MOST_POLARISATIONS = 4;

    private final int[] correlationTypes;
    private final int channelIdOffset;
    private final boolean flagFromFd;
    /** For each number of polarisations of a payload, made when first needed. */
    private final int[][] maps = new int[MOST_POLARISATIONS + 1][];

    private final boolean[] covered;

    /**
     * For dumps of one telescope model.
     *
     * @param channelIdOffset what to add to a payload's channel id to have the model's channel
     */
    DumpPlacement(int channels, int[] correlationTypes, int channelIdOffset, boolean flagFromFd) {
        this.covered = new boolean[channels];
        this.correlationTypes = correlationTypes.clone();
        this.channelIdOffset = channelIdOffset;
        this.flagFromFd = flagFromFd;
    }

    /** Makes the block hold this dump and nothing else; what never came is zero and flagged. */
    void place(VisibilityDump dump, DumpBlock block) {
        if (isWhole(dump)) {
            block.restart();
        } else {
            block.reset();
        }
        for (int i = 0; i < dump.streamCount(); i++) {
            VisibilityPayload payload = dump.payload(i);
            if (payload != null) {
                Transposition.toSetOrder(payload, block, firstChannel(payload), map(payload), flagFromFd);
            }
        }
    }

    /** Whether every visibility of the block has a payload to come from. */
    private boolean isWhole(VisibilityDump dump) {
        Arrays.fill(covered, false);
        for (int i = 0; i < dump.streamCount(); i++) {
            VisibilityPayload payload = dump.payload(i);
            if (payload != null && takesEveryPolarisation(map(payload))) {
                int first = Math.max(0, firstChannel(payload));
                int end = Math.min(covered.length, firstChannel(payload) + payload.channelCount());
                if (first < end) {
                    Arrays.fill(covered, first, end, true);
                }
            }
        }
        for (boolean channel : covered) {
            if (!channel) {
                return false;
            }
        }
        return true;
    }

    private int firstChannel(VisibilityPayload payload) {
        return payload.channelId() + channelIdOffset;
    }

    private int[] map(VisibilityPayload payload) {
        int polarisations = payload.layout().polarisations();
        if (polarisations > MOST_POLARISATIONS) {
            throw new IllegalArgumentException(
                    "a payload has at most " + MOST_POLARISATIONS + " polarisations, not " + polarisations);
        }
        if (maps[polarisations] == null) {
            maps[polarisations] = PolarisationMap.received(correlationTypes, polarisations);
        }
        return maps[polarisations];
    }

    private static boolean takesEveryPolarisation(int... map) {
        for (int from : map) {
            if (from < 0) {
                return false;
            }
        }
        return true;
    }
}
