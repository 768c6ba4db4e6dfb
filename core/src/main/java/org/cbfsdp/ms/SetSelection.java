package org.cbfsdp.ms;

import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rows of a set belong together: one data description and one field. Immutable.
 *
 * @param dataDescId the data description
 * @param fieldId the field
 * @param everyRow whether all rows of the set are of these
 */
record SetSelection(int dataDescId, int fieldId, boolean everyRow) {
    private static final String DATA_DESC_ID = "DATA_DESC_ID";
    private static final String FIELD_ID = "FIELD_ID";

    /** What was asked for, or the only ones there are; refuses a set that is empty or leaves a choice open. */
    static SetSelection of(OpenSet set, OptionalInt dataDescId, OptionalInt fieldId) {
        if (set.rowCount() == 0) {
            throw set.refusal("is empty: it has no rows");
        }
        SortedSet<Integer> dataDescIds = values(set, DATA_DESC_ID);
        SortedSet<Integer> fieldIds = values(set, FIELD_ID);
        int dataDesc = choose(set, dataDescIds, dataDescId, DATA_DESC_ID, "data descriptions (spectral windows)");
        int field = choose(set, fieldIds, fieldId, FIELD_ID, "fields");
        return new SetSelection(dataDesc, field, dataDescIds.size() == 1 && fieldIds.size() == 1);
    }

    private static int choose(
            OpenSet set, SortedSet<Integer> present, OptionalInt wanted, String column, String plural) {
        String setting = "reader." + column.toLowerCase(java.util.Locale.ROOT);
        String values = present.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (wanted.isPresent()) {
            if (!present.contains(wanted.getAsInt())) {
                throw set.refusal(
                        "has no rows of " + column + " " + wanted.getAsInt() + " (" + setting + "), only of " + values);
            }
            return wanted.getAsInt();
        }
        if (present.size() > 1) {
            throw set.refusal("has several " + plural + ", " + column + " " + values + ": choose one with " + setting);
        }
        return present.first();
    }

    private static SortedSet<Integer> values(OpenSet set, String column) {
        SortedSet<Integer> values = new TreeSet<>();
        ScalarRows scratch = new ScalarRows();
        long rows = set.rowCount();
        for (long row = 0; row < rows; row += ScalarRows.BLOCK) {
            int[] block = scratch.ints(set.scalar(column), row, (int) Math.min(ScalarRows.BLOCK, rows - row));
            int last = block[0] + 1;
            for (int value : block) {
                if (value != last) {
                    values.add(value);
                    last = value;
                }
            }
        }
        return values;
    }
}
