package org.casacore;

import java.util.Arrays;

/**
 * Where a column is and what it is: shared by the two column classes.
 *
 * @param index the bridge's number of the column within its table
 * @param description as read when the column was asked for
 */
record ColumnSite(Table table, int index, ColumnDescription description) {
    static ColumnSite of(Table table, String name, boolean array) {
        int index = checkExists(table, name);
        ColumnDescription description = DescriptionReader.column(table.handle(), name);
        if (description.array() != array) {
            throw new IllegalArgumentException("column " + name + " of table " + table.path() + " holds "
                    + (array ? "one value a row, not arrays" : "arrays, not one value a row"));
        }
        return new ColumnSite(table, index, description);
    }

    static int checkExists(Table table, String name) {
        int index = TableJni.column(table.handle(), name);
        if (index < 0) {
            throw new IllegalArgumentException("table " + table.path() + " has no column " + name + ", only "
                    + Arrays.toString(TableDescriptionJni.names(table.handle())));
        }
        return index;
    }

    DataType type() {
        return description.type();
    }

    long handle() {
        return table.handle();
    }

    long writableHandle() {
        return table.writableHandle();
    }

    void checkType(boolean right, String wanted) {
        if (!right) {
            throw new IllegalArgumentException(this + " is of type " + type() + ", not " + wanted);
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return "column " + description.name() + " of table " + table.path();
    }
}
