package org.cbfsdp.ms;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.cbfsdp.payload.Baselines;

/**
 * The order of baselines of a set, and which of its dumps stand in that order. Belongs to the thread of its set.
 *
 * <p>Whole dumps are compared with the order once, on opening, so that reading one that stands in order asks nothing more.
 */
final class BaselineOrder {
    private final OpenSet set;
    private final RowIndex rows;
    private final int dumpCount;
    private final ScalarRows scratch = new ScalarRows();
    private final Baselines baselines;
    private final BitSet inOrder = new BitSet();
    private int largestDump;

    /**
     * Reads the antennas of all rows, twice.
     *
     * @param dumpCount dumps to look at, from the first on
     */
    BaselineOrder(OpenSet set, RowIndex rows, int dumpCount) {
        this.set = set;
        this.rows = rows;
        this.dumpCount = dumpCount;
        try {
            this.baselines = Baselines.ofDumps(this::dumps);
        } catch (IllegalArgumentException e) {
            throw set.failure("ANTENNA1 and ANTENNA2 make no baselines", e);
        }
        for (int dump = 0; dump < dumpCount; dump++) {
            int[] order = baselinesOf(dump);
            checkOnce(dump, order);
            largestDump = Math.max(largestDump, order.length);
            boolean sorted = order.length == baselines.count()
                    && IntStream.range(0, order.length).allMatch(i -> order[i] == i);
            inOrder.set(dump, sorted && rows.isContiguous(dump));
        }
    }

    Baselines baselines() {
        return baselines;
    }

    /** Whether the rows of a dump are neighbours, one a baseline, in the order. */
    boolean isInOrder(int dump) {
        return inOrder.get(dump);
    }

    /** Rows of the largest dump. */
    int largestDump() {
        return largestDump;
    }

    /** The baseline of each row of a dump. */
    int[] baselinesOf(int dump) {
        Baselines.Rows antennas = antennas(dump);
        int[] order = new int[antennas.antenna1().length];
        Arrays.setAll(order, i -> baselines.indexOf(antennas.antenna1()[i], antennas.antenna2()[i]));
        return order;
    }

    private Iterator<Baselines.Rows> dumps() {
        return IntStream.range(0, dumpCount).mapToObj(this::antennas).iterator();
    }

    private Baselines.Rows antennas(int dump) {
        return new Baselines.Rows(
                rows.ints(dump, set.scalar("ANTENNA1"), scratch), rows.ints(dump, set.scalar("ANTENNA2"), scratch));
    }

    private void checkOnce(int dump, int... order) {
        int[] positions = new int[baselines.count()];
        for (int i = 0; i < order.length; i++) {
            int baseline = order[i];
            if (positions[baseline] != 0) {
                throw set.refusal("has two rows, " + rows.row(dump, positions[baseline] - 1) + " and "
                        + rows.row(dump, i) + ", for antennas " + baselines.antenna1(baseline) + " and "
                        + baselines.antenna2(baseline) + " at time " + rows.time(dump) + " s");
            }
            positions[baseline] = i + 1;
        }
    }
}
