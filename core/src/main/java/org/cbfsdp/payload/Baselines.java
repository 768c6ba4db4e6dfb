package org.cbfsdp.payload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of baselines within a dump, fixed for a whole transmission. Immutable.
 *
 * <p>Position in this order is the baseline index of the payload. Antenna numbers are those of the set's ANTENNA table.
 */
public final class Baselines {
    private final int[] antenna1;
    private final int[] antenna2;
    private final long[] sortedPairs;
    private final int[] positions;

    private Baselines(long[] pairs) {
        antenna1 = Arrays.stream(pairs).mapToInt(BaselinePairs::first).toArray();
        antenna2 = Arrays.stream(pairs).mapToInt(BaselinePairs::second).toArray();
        sortedPairs = pairs.clone();
        Arrays.sort(sortedPairs);
        positions = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            positions[Arrays.binarySearch(sortedPairs, pairs[i])] = i;
        }
    }

    /**
     * The order of a set: that of the rows of its first dump, with a baseline that only a later dump has placed where it
     * stands among its neighbours there.
     *
     * @param dumps for each dump the antennas of its rows, in row order
     * @throws IllegalArgumentException when an antenna number is negative
     */
    public static Baselines ofDumps(Iterable<Rows> dumps) {
        BaselinePairs pairs = new BaselinePairs();
        for (Rows rows : dumps) {
            pairs.startDump();
            for (int i = 0; i < rows.antenna1().length; i++) {
                pairs.row(rows.antenna1()[i], rows.antenna2()[i]);
            }
        }
        return new Baselines(pairs.inOrder());
    }

    /** The order of one dump that has every baseline. */
    public static Baselines of(int[] antenna1, int[] antenna2) {
        return ofDumps(List.of(new Rows(antenna1, antenna2)));
    }

    /** Number of baselines among {@code stations}, with or without each station's own. */
    public static int count(int stations, boolean withAutocorrelations) {
        return Math.toIntExact((long) stations * (withAutocorrelations ? stations + 1 : stations - 1) / 2);
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

    /** Position of a pair of antennas, or -1 when the order has no such baseline. Allocates nothing. */
    public int indexOf(int firstAntenna, int secondAntenna) {
        int found = Arrays.binarySearch(sortedPairs, BaselinePairs.pair(firstAntenna, secondAntenna));
        return found < 0 ? -1 : positions[found];
    }

    /** Whether any antenna is correlated with itself. */
    public boolean hasAutocorrelations() {
        return IntStream.range(0, antenna1.length).anyMatch(i -> antenna1[i] == antenna2[i]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Baselines that
                && Arrays.equals(antenna1, that.antenna1)
                && Arrays.equals(antenna2, that.antenna2);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(antenna1) + Arrays.hashCode(antenna2);
    }

    /**
     * The antennas of the rows of one dump.
     *
     * @param antenna1 first antenna of each row
     * @param antenna2 second antenna of each row, as long as the first array
     */
    @SuppressWarnings("ArrayRecordComponent") // a parameter object, never compared
    public record Rows(int[] antenna1, int[] antenna2) {
        public Rows {
            if (antenna1.length != antenna2.length) {
                throw new IllegalArgumentException(
                        "a dump has " + antenna1.length + " first but " + antenna2.length + " second antennas");
            }
        }
    }
}
