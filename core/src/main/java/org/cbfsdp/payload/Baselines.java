package org.cbfsdp.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of baselines within a dump, fixed for a whole transmission. Immutable.
 *
 * <p>Position in this order is the baseline index of the payload. Antenna numbers are those of the set's ANTENNA table.
 */
public final class Baselines {
    private final int[] antenna1;
    private final int[] antenna2;
    private final Map<Long, Integer> index;

    private Baselines(List<Long> pairs) {
        antenna1 = pairs.stream().mapToInt(Baselines::first).toArray();
        antenna2 = pairs.stream().mapToInt(Baselines::second).toArray();
        index = new HashMap<>();
        for (int i = 0; i < pairs.size(); i++) {
            index.put(pairs.get(i), i);
        }
    }

    /**
     * The order of a set: that of the rows of its first dump, with a baseline that only a later dump has placed where it
     * stands among its neighbours there.
     *
     * @param dumps for each dump the antennas of its rows, in row order
     */
    public static Baselines ofDumps(Iterable<Rows> dumps) {
        List<Long> order = new ArrayList<>();
        Map<Long, Boolean> known = new HashMap<>();
        for (Rows rows : dumps) {
            long previous = -1;
            for (int i = 0; i < rows.antenna1().length; i++) {
                long pair = pair(rows.antenna1()[i], rows.antenna2()[i]);
                if (known.putIfAbsent(pair, true) == null) {
                    order.add(previous < 0 ? 0 : order.indexOf(previous) + 1, pair);
                }
                previous = pair;
            }
        }
        return new Baselines(order);
    }

    /** The order of one dump that has every baseline. */
    public static Baselines of(int[] antenna1, int[] antenna2) {
        return ofDumps(List.of(new Rows(antenna1, antenna2)));
    }

    /** Number of baselines among {@code stations}, with or without each station's own. */
    public static int count(int stations, boolean withAutocorrelations) {
        return stations * (withAutocorrelations ? stations + 1 : stations - 1) / 2;
    }

    /** Number of baselines. */
    public int count() {
        return antenna1.length;
    }

    /** First antenna of a baseline. */
    public int antenna1(int baseline) {
        return antenna1[baseline];
    }

    /** Second antenna of a baseline. */
    public int antenna2(int baseline) {
        return antenna2[baseline];
    }

    /** Position of a pair of antennas, or -1 when the order has no such baseline. */
    public int indexOf(int firstAntenna, int secondAntenna) {
        return index.getOrDefault(pair(firstAntenna, secondAntenna), -1);
    }

    /** Whether any antenna is correlated with itself. */
    public boolean hasAutocorrelations() {
        return IntStream.range(0, antenna1.length).anyMatch(i -> antenna1[i] == antenna2[i]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Baselines that
                && java.util.Arrays.equals(antenna1, that.antenna1)
                && java.util.Arrays.equals(antenna2, that.antenna2);
    }

    @Override
    public int hashCode() {
        return 31 * java.util.Arrays.hashCode(antenna1) + java.util.Arrays.hashCode(antenna2);
    }

    private static long pair(int first, int second) {
        return ((long) first << 32) | (second & 0xFFFFFFFFL);
    }

    private static int first(long pair) {
        return (int) (pair >>> 32);
    }

    private static int second(long pair) {
        return (int) pair;
    }

    /**
     * The antennas of the rows of one dump.
     *
     * @param antenna1 first antenna of each row
     * @param antenna2 second antenna of each row, as long as the first array
     */
    @SuppressWarnings("ArrayRecordComponent") // a parameter object, never compared
    public record Rows(int[] antenna1, int[] antenna2) {}
}
