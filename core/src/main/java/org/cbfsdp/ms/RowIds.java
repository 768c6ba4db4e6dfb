package org.cbfsdp.ms;

import java.util.LinkedHashMap;
import java.util.Map;
import org.casacore.Table;

/**
 * The numbers by which rows of the main table refer to other tables: those of the model's first row, 0 where it has none.
 * Immutable.
 *
 * @param byColumn value of each column that holds such a number
 */
record RowIds(Map<String, Integer> byColumn) {
    private static final String[] COLUMNS = {
        "ARRAY_ID", "DATA_DESC_ID", "FEED1", "FEED2", "FIELD_ID", "OBSERVATION_ID", "PROCESSOR_ID", "STATE_ID"
    };

    RowIds {
        byColumn = Map.copyOf(byColumn);
    }

    static RowIds ofFirstRow(Table model) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            boolean known = model.rowCount() > 0 && model.hasColumn(column);
            ids.put(column, known ? model.scalarColumn(column).ints(0, 1)[0] : 0);
        }
        return new RowIds(ids);
    }

    /** Row of OBSERVATION. */
    int observation() {
        return Math.max(0, byColumn.get("OBSERVATION_ID"));
    }
}
