package org.cbfsdp.quickstart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a heap whose packets were impaired, by the rules of the receiver's settings in few words: an expectation that shares
 * nothing with the receiver.
 *
 * @param isWhole whether it is received
 * @param incompleteHeaps how many incomplete heaps are counted for it
 */
record PacketArrivals(boolean isWhole, int incompleteHeaps) {
    /**
     * Lets the packets arrive.
     *
     * @param packets of the heap, at least two
     * @param impaired what was done to which of them
     * @param reorderDistance how many packets later a reordered one goes
     * @param anyOrder whether packets may come in any order
     */
    static PacketArrivals of(int packets, Map<Integer, String> impaired, int reorderDistance, boolean anyOrder) {
        List<Integer> arrivals = arrivals(packets, impaired, reorderDistance);
        return anyOrder ? inAnyOrder(packets, arrivals) : inOrder(packets, arrivals);
    }

    private static List<Integer> arrivals(int packets, Map<Integer, String> impaired, int reorderDistance) {
        List<Integer> arrivals = new ArrayList<>();
        for (int passing = 0; passing < packets + reorderDistance; passing++) {
            if (passing < packets) {
                switch (impaired.getOrDefault(passing, "")) {
                    case "drop_packet", "reorder_packet" -> {}
                    case "duplicate_packet" -> arrivals.addAll(List.of(passing, passing));
                    default -> arrivals.add(passing);
                }
            }
            if ("reorder_packet".equals(impaired.get(passing - reorderDistance))) {
                arrivals.add(passing - reorderDistance);
            }
        }
        return arrivals;
    }

    /** A packet that comes again when its heap is whole is one of a heap of which no more comes. */
    private static PacketArrivals inAnyOrder(int packets, List<Integer> arrivals) {
        Set<Integer> came = new HashSet<>();
        boolean again = false;
        for (int packet : arrivals) {
            again |= came.size() == packets;
            came.add(packet);
        }
        boolean whole = came.size() == packets;
        return new PacketArrivals(whole, whole ? (again ? 1 : 0) : Math.min(1, came.size()));
    }

    /** Nothing but the next packet is taken, and nothing before the first. */
    private static PacketArrivals inOrder(int packets, List<Integer> arrivals) {
        int next = 0;
        for (int packet : arrivals) {
            next += packet == next ? 1 : 0;
        }
        return new PacketArrivals(next == packets, next > 0 && next < packets ? 1 : 0);
    }
}
