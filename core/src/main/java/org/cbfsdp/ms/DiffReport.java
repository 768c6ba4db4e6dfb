package org.cbfsdp.ms;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The outcome of a comparison of two sets. Immutable.
 *
 * @param a one set
 * @param b the other set
 * @param rowsInBoth rows of the same time and antennas
 * @param rowsOnlyInA rows of A that B lacks
 * @param flaggedOnlyInA how many of those are flagged throughout
 * @param rowsOnlyInB rows of B that A lacks
 * @param flaggedOnlyInB how many of those are flagged throughout
 * @param duplicatesInA rows of A of the same time and antennas as one before; they are not compared
 * @param duplicatesInB the same for B
 * @param columns the compared columns of the main table
 * @param metadataTables names of the other tables that were compared
 * @param metadata what differs in those, and in the shapes of the main one
 */
public record DiffReport(
        Path a,
        Path b,
        long rowsInBoth,
        long rowsOnlyInA,
        long flaggedOnlyInA,
        long rowsOnlyInB,
        long flaggedOnlyInB,
        long duplicatesInA,
        long duplicatesInB,
        List<ColumnDifference> columns,
        List<String> metadataTables,
        List<CellDifference> metadata) {
    public DiffReport {
        columns = List.copyOf(columns);
        metadataTables = List.copyOf(metadataTables);
        metadata = List.copyOf(metadata);
    }

    /** Whether nothing differs. */
    public boolean isEqual() {
        return isEqualButForFlaggedRows() && rowsOnlyInA == 0 && rowsOnlyInB == 0;
    }

    /** Whether nothing differs but that one set lacks rows which hold nothing in the other: flagged throughout. */
    public boolean isEqualButForFlaggedRows() {
        return rowsOnlyInA == flaggedOnlyInA
                && rowsOnlyInB == flaggedOnlyInB
                && duplicatesInA + duplicatesInB == 0
                && columns.stream().allMatch(column -> column.valuesDifferent() == 0)
                && metadata.isEmpty();
    }

    /** A compared column by its name. */
    public ColumnDifference column(String name) {
        return columns.stream()
                .filter(column -> column.column().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("column " + name + " was not compared"));
    }

    /** A table for people, with a last line that says it all. */
    public String render() {
        StringBuilder text = new StringBuilder(512);
        text.append("A: ").append(a).append("\nB: ").append(b).append("\n\n");
        line(text, "rows in both", "", rowsInBoth);
        line(text, "rows only in A", ", flagged throughout " + flaggedOnlyInA, rowsOnlyInA);
        line(text, "rows only in B", ", flagged throughout " + flaggedOnlyInB, rowsOnlyInB);
        line(text, "duplicate rows in A", "", duplicatesInA);
        line(text, "duplicate rows in B", "", duplicatesInB);
        text.append(String.format(
                Locale.ROOT, "%n%-16s%14s%14s  %-12s%s%n", "column", "compared", "different", "largest", "where"));
        for (ColumnDifference column : columns) {
            String row = String.format(
                    Locale.ROOT,
                    "%-16s%14d%14d  %-12.6g%s",
                    column.column(),
                    column.valuesCompared(),
                    column.valuesDifferent(),
                    column.largest(),
                    column.where());
            text.append(row.stripTrailing()).append('\n');
        }
        text.append(String.format(Locale.ROOT, "%nmetadata: %d differences in ", metadata.size()))
                .append(String.join(", ", metadataTables))
                .append("\n\n");
        metadata.forEach(difference -> text.append(difference).append('\n'));
        return text.append(verdict()).append('\n').toString();
    }

    private String verdict() {
        if (isEqual()) {
            return "The sets are equal.";
        }
        return isEqualButForFlaggedRows()
                ? "The sets are equal but for rows that are flagged throughout."
                : "The sets differ.";
    }

    private static void line(StringBuilder text, String what, String more, long count) {
        text.append(String.format(Locale.ROOT, "%-20s%10d%s%n", what, count, count == 0 ? "" : more));
    }
}
