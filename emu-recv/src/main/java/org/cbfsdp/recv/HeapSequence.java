package org.cbfsdp.recv;

import java.util.Arrays;

/**
 * Finds heaps that never came whole, by the heap counts of those that did: a sender numbers the heaps of a stream without
 * gaps, start and end of the stream included. Called by the router thread only.
 *
 * <p>A sender may also count in larger steps, so that the streams of several senders can be told apart; a step above 1 is
 * believed when at least {@link #EVIDENCE} heaps have come and every distance is a multiple of it. A count far from the last
 * ones begins a sequence anew, since a sender may have been restarted.
 */
final class HeapSequence {
    private static final int EVIDENCE = 4;
    private static final int WINDOW = 4096;
    private static final long RESTART = 1L << 32;

    private final long[] recent = new long[WINDOW];
    private long first = -1;
    private long last = -1;
    private long step;
    private long distinct;
    private long lostBefore;

    /** A heap came whole. */
    void seen(long heapCnt) {
        if (last >= 0 && Math.abs(heapCnt - last) >= RESTART) {
            lostBefore = lost();
            first = -1;
        }
        if (first < 0) {
            first = heapCnt;
            last = heapCnt;
            distinct = 0;
            step = 0;
            Arrays.fill(recent, -1);
        }
        int slot = (int) (heapCnt & (WINDOW - 1));
        if (recent[slot] == heapCnt) {
            return;
        }
        recent[slot] = heapCnt;
        step = commonDivisor(step, Math.abs(heapCnt - first));
        first = Math.min(first, heapCnt);
        last = Math.max(last, heapCnt);
        distinct++;
    }

    /** The lowest count seen, or -1. */
    long first() {
        return first;
    }

    /** Heaps between the first and the last that came whole, which did not. */
    long lost() {
        if (first < 0) {
            return lostBefore;
        }
        long believed = distinct >= EVIDENCE ? Math.max(1, step) : 1;
        return lostBefore + Math.max(0, (last - first) / believed + 1 - distinct);
    }

    private static long commonDivisor(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }
}
