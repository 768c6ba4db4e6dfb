package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.casacore.ScalarColumn;

/**
 * The rows of a set by dump: rows of equal TIME, in order of time, and within a dump in the set's own order. Immutable.
 *
 * <p>A dump is kept as the runs of neighbouring rows it is made of, so that a set in order of time, whatever its size,
 * takes a few bytes a dump, and only a set that was shuffled takes a few bytes a row.
 */
final class RowIndex {
    private final double[] times;
    private final int[] firstRun;
    private final long[] runRow;
    private final int[] runLength;

    /** Takes runs in order of time. */
    private RowIndex(RunList runs) {
        runRow = runs.rows();
        runLength = runs.lengths();
        double[] runTime = runs.times();
        int[] starts = IntStream.range(0, runTime.length)
                .filter(i -> i == 0 || runTime[i] != runTime[i - 1])
                .toArray();
        times = Arrays.stream(starts).mapToDouble(i -> runTime[i]).toArray();
        firstRun = Arrays.copyOf(starts, starts.length + 1);
        firstRun[starts.length] = runTime.length;
    }

    /** Reads TIME of all rows, block by block; has no dumps when no row was selected. */
    static RowIndex of(OpenSet set, SetSelection selection) {
        RunList runs = new RunList();
        ScalarRows scratch = new ScalarRows();
        long rows = set.rowCount();
        for (long row = 0; row < rows; row += ScalarRows.BLOCK) {
            int count = (int) Math.min(ScalarRows.BLOCK, rows - row);
            double[] time = scratch.doubles(set.scalar("TIME"), row, count);
            int[] dataDescId = selection.everyRow() ? null : scratch.ints(set.scalar("DATA_DESC_ID"), row, count);
            int[] fieldId = selection.everyRow() ? null : scratch.ints(set.scalar("FIELD_ID"), row, count);
            for (int i = 0; i < count; i++) {
                if (Double.isNaN(time[i])) {
                    throw set.refusal("has no TIME in row " + (row + i) + ": it is not a number");
                }
                if (dataDescId == null
                        || (dataDescId[i] == selection.dataDescId() && fieldId[i] == selection.fieldId())) {
                    runs.add(row + i, time[i]);
                }
            }
        }
        return new RowIndex(runs.inOrderOfTime());
    }

    int dumpCount() {
        return times.length;
    }

    /** TIME of a dump. */
    double time(int dump) {
        return times[dump];
    }

    /** How many rows a dump has. */
    int rowCount(int dump) {
        int rows = 0;
        for (int run = firstRun[dump]; run < firstRun[dump + 1]; run++) {
            rows += runLength[run];
        }
        return rows;
    }

    /** The first row of a dump. */
    long firstRow(int dump) {
        return runRow[firstRun[dump]];
    }

    /** Whether the rows of a dump are neighbours. */
    boolean isContiguous(int dump) {
        return firstRun[dump + 1] == firstRun[dump] + 1;
    }

    /** The row at a position within a dump. */
    long row(int dump, int position) {
        int run = firstRun[dump];
        int left = position;
        while (left >= runLength[run]) {
            left -= runLength[run++];
        }
        return runRow[run] + left;
    }

    /** A column of a dump. */
    int[] ints(int dump, ScalarColumn column, ScalarRows scratch) {
        if (isContiguous(dump)) {
            return scratch.ints(column, firstRow(dump), rowCount(dump));
        }
        int[] values = new int[rowCount(dump)];
        int position = 0;
        for (int run = firstRun[dump]; run < firstRun[dump + 1]; run++) {
            System.arraycopy(scratch.ints(column, runRow[run], runLength[run]), 0, values, position, runLength[run]);
            position += runLength[run];
        }
        return values;
    }

    /** A boolean column of a dump, 1 for true. */
    byte[] booleans(int dump, ScalarColumn column, ScalarRows scratch) {
        byte[] values = new byte[rowCount(dump)];
        int position = 0;
        for (int run = firstRun[dump]; run < firstRun[dump + 1]; run++) {
            System.arraycopy(
                    scratch.booleans(column, runRow[run], runLength[run]), 0, values, position, runLength[run]);
            position += runLength[run];
        }
        return values;
    }

    /** The cells of a dump, row after row in the set's own order, to the start of a direct buffer: a read for each run. */
    void read(int dump, SlicedColumn column, ByteBuffer direct) {
        int position = 0;
        for (int run = firstRun[dump]; run < firstRun[dump + 1]; run++) {
            column.read(runRow[run], runLength[run], direct, position * column.rowBytes());
            position += runLength[run];
        }
    }

    /** Runs of neighbouring rows with one time, as they are found. */
    private static final class RunList {
        private double[] times = new double[64];
        private long[] rows = new long[64];
        private int[] lengths = new int[64];
        private int count;

        void add(long row, double time) {
            int last = count - 1;
            if (count > 0 && times[last] == time && rows[last] + lengths[last] == row) {
                lengths[last]++;
                return;
            }
            if (count == rows.length) {
                times = Arrays.copyOf(times, 2 * count);
                rows = Arrays.copyOf(rows, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
            }
            times[count] = time;
            rows[count] = row;
            lengths[count++] = 1;
        }

        RunList inOrderOfTime() {
            if (IntStream.range(1, count).allMatch(i -> times[i - 1] <= times[i])) {
                return this;
            }
            RunList sorted = new RunList();
            int[] order = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> times[i])) // stable
                    .mapToInt(Integer::intValue)
                    .toArray();
            sorted.count = count;
            sorted.times = Arrays.stream(order).mapToDouble(i -> times[i]).toArray();
            sorted.rows = Arrays.stream(order).mapToLong(i -> rows[i]).toArray();
            sorted.lengths = Arrays.stream(order).map(i -> lengths[i]).toArray();
            return sorted;
        }

        double[] times() {
            return Arrays.copyOf(times, count);
        }

        long[] rows() {
            return Arrays.copyOf(rows, count);
        }

        int[] lengths() {
            return Arrays.copyOf(lengths, count);
        }
    }
}
