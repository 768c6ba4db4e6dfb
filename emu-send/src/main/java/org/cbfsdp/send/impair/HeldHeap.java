package org.cbfsdp.send.impair;

import java.util.ArrayDeque;
import java.util.Queue;
import org.spead.transport.PacketBatch;
import org.spead.transport.impair.Outgoing;

/** Copies of a heap's packets, to be sent when a later dump of the stream has been. Confined to the stream's thread. */
final class HeldHeap {
    private final Impairment why;
    private final long dump;
    private final long heapCnt;
    private final long untilDump;
    private final Queue<PacketBatch> packets = new ArrayDeque<>();

    /**
     * Holds nothing yet.
     *
     * @param untilDump the dump behind whose heap it is sent
     */
    HeldHeap(Impairment why, long dump, long heapCnt, long untilDump) {
        this.why = why;
        this.dump = dump;
        this.heapCnt = heapCnt;
        this.untilDump = untilDump;
    }

    Impairment why() {
        return why;
    }

    long dump() {
        return dump;
    }

    long heapCnt() {
        return heapCnt;
    }

    long untilDump() {
        return untilDump;
    }

    void add(PacketBatch batch, int index) {
        packets.add(batch.copy(index));
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Sends one packet, of those that are left. */
    void send(Outgoing out) {
        out.add(packets.remove(), 0);
    }
}
