package org.cbfsdp.recv;

import java.util.Arrays;

/**
 * Finds heaps that never came whole, by the heap counts of those that did: a sender numbers the heaps of a stream without
 * gaps, start and end of the stream included. Called by the router thread only.
 *
 * <p>A sender may also count in larger steps, so that the streams of several senders can be told apart; a step above 1 is
 * believed when at least {@link #EVIDENCE} heaps have come and every distance is a multiple of it.
 *
 * <p>A count far from the last ones is suspected until the next heap: when that follows it, the stream has gone on there, and a
 * jump back, or ahead by {@link #RESTART}, begins a sequence anew, since a sender may have been restarted. When it does not,
 * the suspect was one heap of the sequence with a damaged count.
 */
final class HeapSequence {
    private static final int EVIDENCE = 4;
    private static final int WINDOW = 4096;
    private static final long RESTART = 1L << 32;

    private final long[] recent = new long[WINDOW];
    private long first = -1;
    private long last = -1;
    private long suspect = -1;
    private long step;
    private int shift;
    private long distinct;
    private long damaged;
    private long lostBefore;

    /** A heap came whole. */
    void seen(long heapCnt) {
        if (first < 0) {
            begin(heapCnt);
        } else if (isNear(heapCnt, last)) {
            refuteSuspect();
            take(heapCnt);
        } else if (suspect < 0) {
            suspect = heapCnt;
        } else if (heapCnt != suspect && follows(heapCnt)) {
            long followed = suspect;
            suspect = -1;
            if (followed < last || followed - last >= RESTART) {
                lostBefore = lost();
                begin(followed);
            } else {
                take(followed);
            }
            take(heapCnt);
        } else if (heapCnt != suspect) {
            refuteSuspect();
            suspect = heapCnt;
        }
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
        return lostBefore + Math.max(0, (last - first) / believed + 1 - distinct - damaged);
    }

    private void begin(long heapCnt) {
        Arrays.fill(recent, -1);
        first = heapCnt;
        last = heapCnt;
        distinct = 0;
        damaged = 0;
        step = 0;
        shift = 0;
        take(heapCnt);
    }

    private void take(long heapCnt) {
        if (recent[slot(heapCnt)] == heapCnt) {
            return;
        }
        step = commonDivisor(step, Math.abs(heapCnt - first));
        if (step != 0 && Long.numberOfTrailingZeros(step) != shift) {
            shift = Long.numberOfTrailingZeros(step);
            replaceRecent();
        }
        recent[slot(heapCnt)] = heapCnt;
        first = Math.min(first, heapCnt);
        last = Math.max(last, heapCnt);
        distinct++;
    }

    /** What is left of the step without its powers of two is odd, so that as many counts in a row as there are slots all have their own. */
    private int slot(long heapCnt) {
        return (int) ((heapCnt >> shift) & (WINDOW - 1));
    }

    /** The step was found to be another; that happens a few times, at the beginning. */
    private void replaceRecent() {
        long[] before = recent.clone();
        Arrays.fill(recent, -1);
        for (long heapCnt : before) {
            if (heapCnt >= 0) {
                recent[slot(heapCnt)] = heapCnt;
            }
        }
    }

    private void refuteSuspect() {
        if (suspect >= 0) {
            suspect = -1;
            damaged++;
        }
    }

    /** Near the suspect; or, at the beginning, as far from it as it is from the last: then the step is a large one. */
    private boolean follows(long heapCnt) {
        return isNear(heapCnt, suspect) || (distinct == 1 && heapCnt - suspect == suspect - last);
    }

    private boolean isNear(long heapCnt, long other) {
        return Math.abs(heapCnt - other) / WINDOW < (distinct > 2 ? Math.max(1, step) : 1);
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
