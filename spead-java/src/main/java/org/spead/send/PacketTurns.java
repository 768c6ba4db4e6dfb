package org.spead.send;

import java.util.Arrays;

/** Which heap the next packet is made of: groups in the order of the queue, within one by its mode. The sending thread's. */
final class PacketTurns {
    private final HeapQueue queue;
    private final int maxPacketBytes;
    private HeapSlot[] active = new HeapSlot[1];
    private int count;
    private int turn;
    private int kept;
    private boolean roundRobin;
    private long nextGroup;

    PacketTurns(HeapQueue queue, int maxPacketBytes) {
        this.queue = queue;
        this.maxPacketBytes = maxPacketBytes;
    }

    /** Whether there is no packet to make. */
    boolean isEmpty() {
        return count == 0 && queue.at(nextGroup) == null;
    }

    /** The heap whose turn it is, with a packet left; null when there is none. */
    HeapSlot current() {
        return count > 0 || begin() ? active[turn] : null;
    }

    /** The packet of {@link #current()} was made. */
    void made() {
        HeapSlot slot = active[turn];
        boolean more = slot.packetizer().hasNext();
        if (more && !roundRobin) {
            return;
        }
        if (more) {
            active[kept++] = slot;
        }
        turn++;
        if (turn == count) {
            count = kept;
            kept = 0;
            turn = 0;
        }
    }

    /** Forgets the group under way. */
    void clear() {
        count = 0;
        kept = 0;
        turn = 0;
    }

    private boolean begin() {
        HeapSlot first = queue.at(nextGroup);
        if (first == null) {
            return false;
        }
        int size = first.groupSize();
        if (active.length < size) {
            active = Arrays.copyOf(active, size);
        }
        for (int i = 0; i < size; i++) {
            active[i] = queue.at(nextGroup + i);
            active[i].begin(maxPacketBytes);
        }
        roundRobin = first.mode() == GroupMode.ROUND_ROBIN;
        count = size;
        nextGroup += size;
        return true;
    }
}
