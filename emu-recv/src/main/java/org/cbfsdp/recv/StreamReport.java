package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.recv.StreamAccount.Refusal;
import org.spead.packet.PacketFault;
import org.spead.recv.HeapFault;
import org.spead.recv.StreamStat;
import org.spead.recv.StreamStats;

/**
 * What is told of one stream at the end. Immutable.
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

    /** Heaps of which some packets never came. */
    long incompleteHeaps() {
        return stats.get(StreamStat.INCOMPLETE_HEAPS_EVICTED) + stats.get(StreamStat.INCOMPLETE_HEAPS_FLUSHED);
    }

    /** Heaps that came whole but were not taken into a dump. */
    long refusedHeaps() {
        long refused = 0;
        for (Refusal reason : Refusal.values()) {
            refused += account.refusedHeaps(reason);
        }
        return refused;
    }

    /** Packets of heaps that this receiver does not take. */
    long refusedPackets() {
        return HEAP_REFUSED.stream().mapToLong(stats::get).sum();
    }

    /** Whether something that was sent, as far as can be known, is not in the dumps. */
    boolean hasLost() {
        return account.missingHeaps() > 0
                || account.lostHeaps() > 0
                || account.beganAt() > 0
                || account.lateHeaps() > 0
                || leftOut() > 0
                || incompleteHeaps() > 0
                || refusedHeaps() > 0
                || refusedPackets() > 0
                || overrun() > 0;
    }

    /** One sentence for each kind of loss or oddity; none when all is well. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (account.missingHeaps() > 0) {
            String times = account.firstMissingTicks().stream()
                    .map(ticks -> PayloadTime.instant(ticks).toString())
                    .collect(Collectors.joining(", "));
            boolean all = account.firstMissingTicks().size() == account.missingHeaps();
            remark(remarks, account.missingHeaps(), "missing, dumps of " + times + (all ? "" : " and later"));
        }
        if (account.lostHeaps() > account.missingHeaps()) {
            remark(remarks, account.lostHeaps(), "of its numbering never came whole");
        }
        remark(remarks, incompleteHeaps(), "incomplete");
        remark(
                remarks,
                "packet",
                stats.get(StreamStat.SOURCE_REFUSED_PACKETS),
                "left out: empty, or longer than reception.max_packet_size");
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
                stats.get(StreamStat.SOURCE_KERNEL_DROPS),
                "the kernel dropped a packet or a run of them: the socket's buffer was full (reception.buffer_size)");
        for (PacketFault fault : PacketFault.values()) {
            remark(remarks, "packet", stats.get(fault), "refused: " + fault.text());
        }
        if (account.beganAt() > 0) {
            remarks.add(
                    "stream " + index + " (port " + port + "): its start-of-stream heap never came, the first heap that"
                            + " did is number " + account.beganAt());
        }
        if (!account.hasEnded()) {
            remarks.add("stream " + index + " (port " + port + "): its end-of-stream heap never came");
        }
        remark(remarks, account.heapsAfterEnd(), "came after the end of the stream and not used");
        remark(remarks, account.lateHeaps(), "too late for their dumps");
        remark(remarks, account.duplicateHeaps(), "received again and not needed");
        remark(remarks, overrun(), "lost for want of memory (reception.memory) or because the receiver was too slow");
        for (Refusal reason : Refusal.values()) {
            remark(remarks, account.refusedHeaps(reason), "refused: " + reason.text() + faults(reason) + first(reason));
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
                + stats.get(StreamStat.SOURCE_TRUNCATED_PACKETS)
                + stats.get(StreamStat.SOURCE_KERNEL_DROPS);
    }

    private long overrun() {
        return stats.get(StreamStat.HEAPS_NO_MEMORY) + stats.get(StreamStat.RING_DROPPED_HEAPS);
    }

    private String first(Refusal reason) {
        String first = account.firstRefused(reason);
        return first.isEmpty() ? "" : "; the first: " + first;
    }

    private String faults(Refusal reason) {
        if (reason != Refusal.METADATA) {
            return "";
        }
        return account.faults().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(fault -> fault.getKey().text())
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
