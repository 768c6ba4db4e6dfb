package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;

/**
 * What one stream delivered and what it did not, in heaps. Written by the router thread only; the counters may be read by any
 * thread at any time, the rest after the router has ended. Counting makes no garbage.
 */
final class StreamAccount {
    /** How many missing dumps are remembered by their time; all are counted. */
    private static final int REMEMBERED = 8;

    private final Map<StreamCounter, AtomicLong> counts = zeros(StreamCounter.class);
    private final Map<PayloadFault, AtomicLong> faults = zeros(PayloadFault.class);
    private final HeapSequence sequence = new HeapSequence();
    private final Map<StreamCounter, String> firstRefused = new EnumMap<>(StreamCounter.class);
    private final List<Long> firstMissingTicks = new ArrayList<>();
    private boolean startSeen;
    private volatile boolean endSeen;

    /** The count as it is now. Of those that the packets' own statistics keep, 0. Any thread. */
    long get(StreamCounter counter) {
        return counts.get(counter).get();
    }

    /** Counts one heap. */
    void count(StreamCounter counter) {
        add(counter, 1);
    }

    /** A heap of any kind came whole. */
    void heapSeen(long heapCnt) {
        sequence.seen(heapCnt);
        counts.get(StreamCounter.LOST_HEAPS).lazySet(sequence.lost());
    }

    /** The heap that starts the stream came. */
    void startSeen() {
        startSeen = true;
    }

    /** The heap that ends the stream came. */
    void endSeen() {
        endSeen = true;
    }

    /** A heap is in a dump that is handed on. */
    void received(VisibilityPayload payload) {
        long visibilities = (long) payload.channelCount()
                * payload.baselineCount()
                * payload.layout().polarisations();
        add(StreamCounter.HEAPS, 1);
        add(StreamCounter.VISIBILITIES, visibilities);
        add(StreamCounter.BYTES, payload.dataBytes());
    }

    /** Counts a refusal, remembering what the first heap refused for this reason was. */
    void refused(StreamCounter reason, Supplier<String> description) {
        if (get(reason) == 0) {
            firstRefused.put(reason, description.get());
        }
        count(reason);
    }

    /** A heap was no payload, for this reason. */
    void fault(PayloadFault fault) {
        count(StreamCounter.METADATA_HEAPS);
        add(faults.get(fault), 1);
    }

    /** A dump lacks this stream's heap. */
    void missing(long timestampTicks) {
        count(StreamCounter.MISSING_HEAPS);
        int at = firstMissingTicks.size();
        while (at > 0 && Long.compareUnsigned(firstMissingTicks.get(at - 1), timestampTicks) > 0) {
            at--;
        }
        if (at < REMEMBERED) {
            firstMissingTicks.add(at, timestampTicks);
        }
        if (firstMissingTicks.size() > REMEMBERED) {
            firstMissingTicks.remove(REMEMBERED);
        }
    }

    /** Times of the first few dumps that lack this stream's heap, in ticks and in increasing time. */
    List<Long> firstMissingTicks() {
        return List.copyOf(firstMissingTicks);
    }

    /**
     * The count of the first heap, when the stream was under way before: its start-of-stream heap never came, and senders
     * count from 1. 0 when nothing says so.
     */
    long beganAt() {
        return startSeen || sequence.first() <= 1 ? 0 : sequence.first();
    }

    /** Whether the heap that ends the stream came. Any thread. */
    boolean hasEnded() {
        return endSeen;
    }

    /** What the first heap refused for a reason was; empty when it was not described. */
    String firstRefused(StreamCounter reason) {
        return firstRefused.getOrDefault(reason, "");
    }

    /** Of {@link StreamCounter#METADATA_HEAPS}, those with this fault. Any thread. */
    long faults(PayloadFault fault) {
        return faults.get(fault).get();
    }

    private void add(StreamCounter counter, long amount) {
        add(counts.get(counter), amount);
    }

    /** There is one writer, so a plain read and an ordered write count exactly. */
    private static void add(AtomicLong count, long amount) {
        count.lazySet(count.getPlain() + amount);
    }

    private static <E extends Enum<E>> Map<E, AtomicLong> zeros(Class<E> names) {
        Map<E, AtomicLong> zeros = new EnumMap<>(names);
        for (E name : names.getEnumConstants()) {
            zeros.put(name, new AtomicLong());
        }
        return zeros;
    }
}
