package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cbfsdp.icd.IcdFault;

/**
 * What one stream delivered and what it did not, in data heaps. Written by the router thread only, read by others after it
 * has ended.
 */
final class StreamAccount {
    /** How many missing dumps are remembered by their time; all are counted. */
    private static final int REMEMBERED = 8;

    private final HeapSequence sequence = new HeapSequence();
    private boolean startSeen;
    private boolean endSeen;
    private long heapsAfterEnd;
    private long heaps;
    private long bytes;
    private long missingHeaps;
    private long duplicateHeaps;
    private long lateHeaps;
    private final Map<Refusal, Long> refusedHeaps = new EnumMap<>(Refusal.class);
    private final Map<Refusal, String> firstRefused = new EnumMap<>(Refusal.class);
    private final Map<IcdFault, Long> faults = new EnumMap<>(IcdFault.class);
    private final List<Long> firstMissingTicks = new ArrayList<>();

    /** Why a complete heap was not taken into a dump. */
    enum Refusal {
        METADATA("not a visibility payload of the interface"),
        BAD_CHANNEL("channels that this stream does not carry"),
        BAD_BASELINE("a number of baselines that is not the model's"),
        BAD_POLARISATION("a number of polarisations that does not go with the data model's"),
        BAD_PHASE_BIN("phase bins, which this receiver does not take"),
        BAD_TIME("a time far ahead of all others (reception.max_time_jump)"),
        BAD_SCAN("another scan than the rest of its dump");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** A heap of any kind came whole. */
    void heapSeen(long heapCnt) {
        sequence.seen(heapCnt);
    }

    /** The heap that starts the stream came. */
    void startSeen() {
        startSeen = true;
    }

    /** The heap that ends the stream came. */
    void endSeen() {
        endSeen = true;
    }

    void afterEnd() {
        heapsAfterEnd++;
    }

    void received(long payloadBytes) {
        heaps++;
        bytes += payloadBytes;
    }

    /** As the other, remembering what the first heap refused for this reason was. */
    void refused(Refusal reason, Supplier<String> description) {
        if (refusedHeaps(reason) == 0) {
            firstRefused.put(reason, description.get());
        }
        refused(reason);
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

    /** Heaps of any kind that, by the numbers of the others, were sent and never came whole. */
    long lostHeaps() {
        return sequence.lost();
    }

    /**
     * The count of the first heap, when the stream was under way before: its start-of-stream heap never came, and senders
     * count from 1. 0 when nothing says so.
     */
    long beganAt() {
        return startSeen || sequence.first() <= 1 ? 0 : sequence.first();
    }

    /** Whether the heap that ends the stream came. */
    boolean hasEnded() {
        return endSeen;
    }

    /** Heaps that came after the one that ends the stream, and were not used. */
    long heapsAfterEnd() {
        return heapsAfterEnd;
    }

    /** Heaps whose dump already had them. */
    long duplicateHeaps() {
        return duplicateHeaps;
    }

    /** Heaps whose dump had been handed on before they came. */
    long lateHeaps() {
        return lateHeaps;
    }

    /** What the first heap refused for a reason was; empty when it was not described. */
    String firstRefused(Refusal reason) {
        return firstRefused.getOrDefault(reason, "");
    }

    /** Heaps refused as {@link Refusal#METADATA}, by what was wrong with them. */
    Map<IcdFault, Long> faults() {
        return Map.copyOf(faults);
    }

    long refusedHeaps(Refusal reason) {
        return refusedHeaps.getOrDefault(reason, 0L);
    }
}
