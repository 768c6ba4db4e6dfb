package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cbfsdp.icd.IcdFault;

/**
 * What one stream delivered and what it did not, in data heaps. Written by the router thread only, read by others after it
 * has ended.
 */
final class StreamAccount {
    /** How many missing dumps are remembered by their time; all are counted. */
    private static final int REMEMBERED = 8;

    private long heaps;
    private long bytes;
    private long missingHeaps;
    private long duplicateHeaps;
    private long lateHeaps;
    private final Map<Refusal, Long> refusedHeaps = new EnumMap<>(Refusal.class);
    private final Map<IcdFault, Long> faults = new EnumMap<>(IcdFault.class);
    private final List<Long> firstMissingTicks = new ArrayList<>();

    /** Why a complete heap was not taken into a dump. */
    enum Refusal {
        METADATA("not a visibility payload of the interface"),
        BAD_CHANNEL("channels that this stream does not carry"),
        BAD_BASELINE("a number of baselines that is not the model's"),
        BAD_POLARISATION("a number of polarisations that is neither 1, 2 nor 4"),
        BAD_SCAN("another scan than the rest of its dump");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    void received(long payloadBytes) {
        heaps++;
        bytes += payloadBytes;
    }

    void refused(Refusal reason) {
        refusedHeaps.merge(reason, 1L, Long::sum);
    }

    void fault(IcdFault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void duplicate() {
        duplicateHeaps++;
    }

    void late() {
        lateHeaps++;
    }

    void missing(long timestampTicks) {
        missingHeaps++;
        if (firstMissingTicks.size() < REMEMBERED) {
            firstMissingTicks.add(timestampTicks);
        }
    }

    /** Data heaps taken into a dump. */
    long heaps() {
        return heaps;
    }

    /** Bytes of visibilities, flags and centroids in those heaps. */
    long bytes() {
        return bytes;
    }

    /** Dumps that others delivered, or the model knows, and this stream did not. */
    long missingHeaps() {
        return missingHeaps;
    }

    /** Times of the first few of those, in ticks. */
    List<Long> firstMissingTicks() {
        return List.copyOf(firstMissingTicks);
    }

    /** Heaps whose dump already had them. */
    long duplicateHeaps() {
        return duplicateHeaps;
    }

    /** Heaps whose dump had already been handed on without them; these are among the missing too. */
    long lateHeaps() {
        return lateHeaps;
    }

    /** Heaps refused as {@link Refusal#METADATA}, by what was wrong with them. */
    Map<IcdFault, Long> faults() {
        return Map.copyOf(faults);
    }

    long refusedHeaps(Refusal reason) {
        return refusedHeaps.getOrDefault(reason, 0L);
    }
}
