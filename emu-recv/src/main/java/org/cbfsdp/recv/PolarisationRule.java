package org.cbfsdp.recv;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PolarisationMap;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * Which payloads have the polarisations of the telescope model, or more of them that hold nothing: a sender may pad what it has to
 * the four of the interface, and padding is zero. Immutable.
 */
final class PolarisationRule {
    private static final int MOST = 4;

    private final boolean[] taken = new boolean[MOST + 1];
    private final int[][] padding = new int[MOST + 1][0];

    private PolarisationRule() {}

    /** Takes the 1, 2 or 4 polarisations of the interface, whatever they hold. */
    static PolarisationRule any() {
        PolarisationRule rule = new PolarisationRule();
        rule.taken[1] = true;
        rule.taken[2] = true;
        rule.taken[MOST] = true;
        return rule;
    }

    /** Takes what a set with the model's polarisations can hold without loss. */
    static PolarisationRule of(TelescopeModel model) {
        PolarisationRule rule = new PolarisationRule();
        int[] types = model.correlationTypes();
        for (int received = 1; received <= MOST; received++) {
            if (PolarisationMap.canReceive(types, received)) {
                rule.taken[received] = true;
                int[] map = PolarisationMap.received(types, received);
                rule.padding[received] = IntStream.range(0, received)
                        .filter(p -> Arrays.stream(map).noneMatch(held -> held == p))
                        .toArray();
            }
        }
        return rule;
    }

    /** Whether nothing of the payload would be lost. */
    boolean takes(VisibilityPayload payload) {
        int received = payload.layout().polarisations();
        if (received > MOST || !taken[received]) {
            return false;
        }
        for (int polarisation : padding[received]) {
            if (!isZero(payload, polarisation)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(VisibilityPayload payload, int polarisation) {
        ByteBuffer data = payload.data();
        ElementLayout layout = payload.layout();
        long elements = (long) payload.channelCount() * payload.baselineCount();
        int at = layout.visOffset() + polarisation * ElementLayout.VISIBILITY_BYTES;
        for (long i = 0; i < elements; i++) {
            if (data.getLong(at) != 0) {
                return false;
            }
            at += layout.elementBytes();
        }
        return true;
    }
}
