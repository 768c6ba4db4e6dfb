package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.casacore.ArrayColumn;
import org.casacore.ColumnDescription;
import org.casacore.DataType;
import org.casacore.ScalarColumn;
import org.casacore.Table;
import org.casacore.TableDescription;

/**
 * Compares a table of one set with that of another, cell by cell and bit by bit, whatever the columns hold. Used by the
 * thread that owns both.
 */
final class SubtableDiff {
    private static final int MOST_REPORTED = 100;
    private static final int ROWS_AT_ONCE = 1024;

    private final String name;
    private final List<CellDifference> differences = new ArrayList<>();
    private long unreported;

    private SubtableDiff(String name) {
        this.name = name;
    }

    /** The first hundred differences, and how many more there are; a table that is nowhere or only there empty is none. */
    static List<CellDifference> compare(OpenSet a, OpenSet b, String name) {
        SubtableDiff diff = new SubtableDiff(name);
        boolean inA = a.hasSubtable(name);
        boolean inB = b.hasSubtable(name);
        if (inA && inB) {
            a.subtable(name, tableA -> b.subtable(name, tableB -> diff.tables(tableA, tableB)));
        } else if (inA || inB) {
            boolean empty = (inA ? a : b).subtable(name, table -> table.rowCount() == 0);
            if (!empty) {
                diff.add("", -1, "only " + (inA ? "A" : "B") + " has this table");
            }
        }
        if (diff.unreported > 0) {
            diff.differences.add(new CellDifference(name, "", -1, "and " + diff.unreported + " more differences"));
        }
        return diff.differences;
    }

    private Void tables(Table a, Table b) {
        if (a.rowCount() != b.rowCount()) {
            add("", -1, a.rowCount() + " rows in A, " + b.rowCount() + " rows in B");
        }
        long rows = Math.min(a.rowCount(), b.rowCount());
        TableDescription columnsB = b.description();
        for (ColumnDescription column : a.description().columns()) {
            if (!columnsB.hasColumn(column.name())) {
                add(column.name(), -1, "only A has this column");
                continue;
            }
            ColumnDescription other = columnsB.column(column.name());
            if (column.type() != other.type() || column.array() != other.array()) {
                add(column.name(), -1, kind(column) + " in A, " + kind(other) + " in B");
            } else if (column.array()) {
                arrays(a.arrayColumn(column.name()), b.arrayColumn(column.name()), rows);
            } else {
                scalars(a.scalarColumn(column.name()), b.scalarColumn(column.name()), rows);
            }
        }
        for (ColumnDescription column : columnsB.columns()) {
            if (!a.hasColumn(column.name())) {
                add(column.name(), -1, "only B has this column");
            }
        }
        return null;
    }

    private static String kind(ColumnDescription column) {
        return column.type() + (column.array() ? " arrays" : "");
    }

    private void scalars(ScalarColumn a, ScalarColumn b, long rows) {
        for (long row = 0; row < rows; row += ROWS_AT_ONCE) {
            int count = (int) Math.min(ROWS_AT_ONCE, rows - row);
            if (a.type() == DataType.STRING) {
                String[] textsA = a.strings(row, count);
                String[] textsB = b.strings(row, count);
                for (int i = 0; i < count; i++) {
                    if (!textsA[i].equals(textsB[i])) {
                        add(a.name(), row + i, "\"" + textsA[i] + "\" in A, \"" + textsB[i] + "\" in B");
                    }
                }
            } else {
                numbers(a, b, row, count);
            }
        }
    }

    private void numbers(ScalarColumn a, ScalarColumn b, long row, int count) {
        int bytes = a.type().bytes();
        ByteBuffer valuesA = allocate((long) count * bytes);
        ByteBuffer valuesB = allocate((long) count * bytes);
        a.read(row, count, valuesA);
        b.read(row, count, valuesB);
        for (int i = 0; i < count; i++) {
            if (valuesA.slice(i * bytes, bytes).mismatch(valuesB.slice(i * bytes, bytes)) >= 0) {
                String inA = CellText.of(a.type(), valuesA, i);
                add(a.name(), row + i, inA + " in A, " + CellText.of(a.type(), valuesB, i) + " in B");
            }
        }
    }

    private void arrays(ArrayColumn a, ArrayColumn b, long rows) {
        for (long row = 0; row < rows; row++) {
            boolean definedA = a.isDefined(row);
            boolean definedB = b.isDefined(row);
            if (definedA != definedB) {
                add(a.name(), row, "only " + (definedA ? "A" : "B") + " has a value");
            } else if (definedA) {
                cells(a, b, row);
            }
        }
    }

    private void cells(ArrayColumn a, ArrayColumn b, long row) {
        long[] shape = a.shape(row);
        if (!Arrays.equals(shape, b.shape(row))) {
            add(a.name(), row, "shape " + Arrays.toString(shape) + " in A, " + Arrays.toString(b.shape(row)) + " in B");
            return;
        }
        long values = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (values == 0) {
            return;
        }
        if (a.type() == DataType.STRING) {
            String[] textsA = a.strings(row);
            String[] textsB = b.strings(row);
            int at = Arrays.mismatch(textsA, textsB);
            if (at >= 0) {
                add(a.name(), row, "value " + at + " is \"" + textsA[at] + "\" in A, \"" + textsB[at] + "\" in B");
            }
            return;
        }
        ByteBuffer valuesA = allocate(values * a.type().bytes());
        ByteBuffer valuesB = allocate(values * a.type().bytes());
        a.read(row, 1, valuesA);
        b.read(row, 1, valuesB);
        int at = valuesA.mismatch(valuesB);
        if (at >= 0) {
            int value = at / a.type().bytes();
            String inA = CellText.of(a.type(), valuesA, value);
            add(
                    a.name(),
                    row,
                    "value " + value + " is " + inA + " in A, " + CellText.of(a.type(), valuesB, value) + " in B");
        }
    }

    private void add(String column, long row, String detail) {
        if (differences.size() < MOST_REPORTED) {
            differences.add(new CellDifference(name, column, row, detail));
        } else {
            unreported++;
        }
    }

    private static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
