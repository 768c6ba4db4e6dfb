package org.cbfsdp.ms;

/**
 * A difference of two sets outside the values of the main table. Immutable.
 *
 * @param table name of the table
 * @param column name of the column, empty when the difference is of the whole table
 * @param row number of the row, -1 when the difference is of the whole column or table
 * @param detail what is in the one and what in the other
 */
public record CellDifference(String table, String column, long row, String detail) {
    @Override
    public String toString() {
        return table + (column.isEmpty() ? "" : " " + column) + (row < 0 ? "" : " row " + row) + ": " + detail;
    }
}
