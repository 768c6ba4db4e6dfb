package org.cbfsdp.payload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathers the baselines of a set, dump by dump, into one order: a linked list, so that a baseline that only a later dump has
 * goes behind its neighbour there at the same small cost as one at the end. Confined to one thread.
 *
 * <p>A pair of antennas is one {@code long}, the first antenna in its upper half.
 */
final class BaselinePairs {
    private static final int HEAD = 0;
    private static final int NONE = -1;

    private final Map<Long, Integer> nodes = new HashMap<>();
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
        Integer known = nodes.get(pair);
        previous = known != null ? known : insert(pair);
    }

    private int insert(long pair) {
        int node = nodes.size() + 1;
        if (node == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * node);
            following = Arrays.copyOf(following, 2 * node);
        }
        pairs[node] = pair;
        following[node] = following[previous];
        following[previous] = node;
        nodes.put(pair, node);
        return node;
    }

    /** All pairs, each once. */
    long[] inOrder() {
        long[] order = new long[nodes.size()];
        int count = 0;
        for (int node = following[HEAD]; node != NONE; node = following[node]) {
            order[count++] = pairs[node];
        }
        return order;
    }
}
