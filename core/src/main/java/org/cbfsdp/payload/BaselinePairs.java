package org.cbfsdp.payload;

import java.util.Arrays;

/**
 * Gathers the baselines of a set, dump by dump, into one order: a linked list, so that a baseline that only a later dump has
 * goes behind its neighbour there at the same small cost as one at the end. Confined to one thread.
 *
 * <p>A pair of antennas is one {@code long}, the first antenna in its upper half. A table of numbers, not of objects, finds it
 * again: thousands of stations make millions of pairs.
 */
final class BaselinePairs {
    private static final int HEAD = 0;
    private static final int NONE = -1;

    /** An odd number near 2^64 over the golden ratio: the upper bits of its products are spread. */
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    /** Where each pair's node is, at or behind the place its hash names; 0 where nothing is. A power of two, half empty. */
    private int[] slots = new int[128];

    private int count;
    private long[] pairs = new long[64];
    private int[] following = new int[64];
    private int previous = HEAD;

    BaselinePairs() {
        following[HEAD] = NONE;
    }

    static long pair(int first, int second) {
        return ((long) first << 32) | (second & 0xFFFFFFFFL);
    }

    static int first(long pair) {
        return (int) (pair >>> 32);
    }

    static int second(long pair) {
        return (int) pair;
    }

    /** The next row is the first of a dump. */
    void startDump() {
        previous = HEAD;
    }

    /** Takes the next row of the dump. */
    void row(int antenna1, int antenna2) {
        if (antenna1 < 0 || antenna2 < 0) {
            throw new IllegalArgumentException("no such antennas: " + antenna1 + " and " + antenna2);
        }
        long pair = pair(antenna1, antenna2);
        int slot = slot(pair);
        previous = slots[slot] != 0 ? slots[slot] : insert(pair, slot);
    }

    /** Where the node of a pair is, or may be put. */
    private int slot(long pair) {
        int slot = (int) ((pair * SCATTER) >>> Long.numberOfLeadingZeros(slots.length - 1L));
        while (slots[slot] != 0 && pairs[slots[slot]] != pair) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int insert(long pair, int slot) {
        int node = ++count;
        if (node == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * node);
            following = Arrays.copyOf(following, 2 * node);
        }
        pairs[node] = pair;
        following[node] = following[previous];
        following[previous] = node;
        slots[slot] = node;
        if (2 * count >= slots.length) {
            spread();
        }
        return node;
    }

    private void spread() {
        slots = new int[2 * slots.length];
        for (int node = 1; node <= count; node++) {
            slots[slot(pairs[node])] = node;
        }
    }

    /** All pairs, each once. */
    long[] inOrder() {
        long[] order = new long[count];
        int position = 0;
        for (int node = following[HEAD]; node != NONE; node = following[node]) {
            order[position++] = pairs[node];
        }
        return order;
    }
}
