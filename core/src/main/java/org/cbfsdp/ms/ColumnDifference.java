package org.cbfsdp.ms;

/**
 * How a column of the main table differs in the rows that two sets share. Immutable.
 *
 * @param column name of the column
 * @param valuesCompared number of values compared
 * @param valuesDifferent number of those that differ
 * @param largest largest difference (modulus, or 1 for a flag), NaN when one of the values is; 0 when none differs
 * @param where time, antennas, channel and polarisation of the largest; empty when none differs
 */
public record ColumnDifference(
        String column, long valuesCompared, long valuesDifferent, double largest, String where) {}
