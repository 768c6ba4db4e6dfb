package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.PayloadTime;
import org.spead.packet.PacketFault;
import org.spead.recv.HeapFault;
import org.spead.recv.StreamStat;
import org.spead.recv.StreamStats;

/**
 * What is told of one stream, while it flows and at the end: a view of its counts, which any thread may ask for. The sentences are
 * for the end, when nothing is counted any more.
 *
 * @param index number of the stream
 * @param port where it was received
 * @param account of its data heaps
 * @param stats of its packets and heaps
 */
record StreamReport(int index, int port, StreamAccount account, StreamStats stats) {
    /** Packets of heaps that are not taken at all, and so are in no other account. */
    private static final Set<HeapFault> HEAP_REFUSED =
            EnumSet.of(HeapFault.TOO_LONG, HeapFault.TOO_MANY_ITEMS, HeapFault.UNSIZED);

    /** What a counter says now: from the account, or from the statistics of packets and heaps. Any thread. */
    long get(StreamCounter counter) {
        return switch (counter) {
            case INCOMPLETE_HEAPS ->
                stats.get(StreamStat.INCOMPLETE_HEAPS_EVICTED) + stats.get(StreamStat.INCOMPLETE_HEAPS_FLUSHED);
            case OVERRUN_HEAPS ->
                stats.get(StreamStat.HEAPS_NO_MEMORY) + stats.get(StreamStat.RING_DROPPED_HEAPS) + account.get(counter);
            case KERNEL_DROPS -> stats.get(StreamStat.SOURCE_KERNEL_DROPS);
            default -> account.get(counter);
        };
    }

    /** Packets that decoded. Any thread. */
    long packets() {
        return stats.get(StreamStat.PACKETS);
    }

    /** Times that the receive thread found no room. Any thread. */
    long workerBlocked() {
        return stats.get(StreamStat.WORKER_BLOCKED);
    }

    /** Heaps that came whole and are in no dump. Any thread. */
    long unusedHeaps() {
        long unused =
                get(StreamCounter.LATE_HEAPS) + get(StreamCounter.DUPLICATE_HEAPS) + get(StreamCounter.HEAPS_AFTER_END);
        for (StreamCounter counter : StreamCounter.values()) {
            unused += counter.isRefusal() ? get(counter) : 0;
        }
        return unused;
    }

    /**
     * Heaps that only their numbering shows to be lost, at least so many: those before the first dump, and without a data model those of
     * dumps of which no stream delivered any. Heaps that came too late are missing, but not lost by their numbers, and hide as many.
     */
    long lostBesidesMissing() {
        return Math.max(0, get(StreamCounter.LOST_HEAPS) - get(StreamCounter.MISSING_HEAPS));
    }

    /** Packets of heaps that this receiver does not take. */
    long refusedPackets() {
        return HEAP_REFUSED.stream().mapToLong(stats::get).sum();
    }

    /** Whether something that was sent, as far as can be known, is not in the dumps. */
    boolean hasLost() {
        for (StreamCounter counter : StreamCounter.values()) {
            if (counter.isLoss() && get(counter) > 0) {
                return true;
            }
        }
        return account.beganAt() > 0 || leftOut() > 0 || refusedPackets() > 0;
    }

    /** One sentence for each kind of loss or oddity; none when all is well. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarkMissing(remarks);
        for (StreamCounter counter : StreamCounter.values()) {
            if (!counter.remark().isEmpty()) {
                remark(remarks, get(counter), counter.remark() + faults(counter) + first(counter));
            }
        }
        long empty = stats.get(StreamStat.SOURCE_EMPTY_PACKETS);
        remark(remarks, "packet", empty, "left out: of no bytes");
        remark(
                remarks,
                "packet",
                stats.get(StreamStat.SOURCE_REFUSED_PACKETS) - empty,
                "left out: longer than reception.max_packet_size");
        remark(
                remarks,
                "byte",
                stats.get(StreamStat.SOURCE_SKIPPED_BYTES),
                "of the connection passed over: of no packet that is taken");
        remark(
                remarks,
                "packet",
                stats.get(StreamStat.SOURCE_TRUNCATED_PACKETS),
                "cut off: the connection ended amid it");
        remark(
                remarks,
                "time",
                get(StreamCounter.KERNEL_DROPS),
                "the kernel dropped a packet or a run of them: the socket's buffer was full (reception.buffer_size)");
        for (PacketFault fault : PacketFault.values()) {
            remark(remarks, "packet", stats.get(fault), "refused: " + fault.text());
        }
        for (HeapFault fault : HEAP_REFUSED) {
            remark(remarks, "packet", stats.get(fault), "refused: " + fault.text());
        }
        remark(
                remarks,
                "packet",
                stats.get(HeapFault.NO_FIRST_PACKET),
                "not used: their heap's first packet was lost, or they came twice");
        return remarks;
    }

    /** What came to the socket and not in packets that the stream saw. */
    private long leftOut() {
        return stats.get(StreamStat.SOURCE_REFUSED_PACKETS)
                + stats.get(StreamStat.SOURCE_SKIPPED_BYTES)
                + stats.get(StreamStat.SOURCE_TRUNCATED_PACKETS);
    }

    private void remarkMissing(List<String> remarks) {
        long missing = get(StreamCounter.MISSING_HEAPS);
        if (missing > 0) {
            String times = account.firstMissingTicks().stream()
                    .map(ticks -> PayloadTime.instant(ticks).toString())
                    .collect(Collectors.joining(", "));
            boolean all = account.firstMissingTicks().size() == missing;
            remark(remarks, missing, "missing, dumps of " + times + (all ? "" : " and later"));
        }
        if (get(StreamCounter.LOST_HEAPS) > missing) {
            remark(remarks, get(StreamCounter.LOST_HEAPS), "of its numbering never came whole");
        }
        if (account.beganAt() > 0) {
            remarks.add(
                    "stream " + index + " (port " + port + "): its start-of-stream heap never came, the first heap that"
                            + " did is number " + account.beganAt());
        }
        if (!account.hasEnded()) {
            remarks.add("stream " + index + " (port " + port + "): its end-of-stream heap never came");
        }
    }

    private String first(StreamCounter reason) {
        String first = account.firstRefused(reason);
        return first.isEmpty() ? "" : "; the first: " + first;
    }

    private String faults(StreamCounter reason) {
        if (reason != StreamCounter.METADATA_HEAPS) {
            return "";
        }
        return Arrays.stream(PayloadFault.values())
                .filter(fault -> account.faults(fault) > 0)
                .map(PayloadFault::text)
                .collect(Collectors.joining("; ", " (", ")"));
    }

    private void remark(List<String> remarks, long heaps, String what) {
        remark(remarks, "heap", heaps, what);
    }

    private void remark(List<String> remarks, String unit, long count, String what) {
        if (count > 0) {
            remarks.add("stream " + index + " (port " + port + "): " + count + " " + unit + (count == 1 ? " " : "s ")
                    + what);
        }
    }
}
