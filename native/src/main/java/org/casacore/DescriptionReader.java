package org.casacore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a table's description out of casacore. */
final class DescriptionReader {
    private DescriptionReader() {}

    /** The columns behind a handle; 0 for casacore's required Measurement Set description. */
    static Map<String, ColumnDescription> columns(long handle) {
        Map<String, ColumnDescription> columns = new LinkedHashMap<>();
        for (String name : TableDescriptionJni.names(handle)) {
            columns.put(name, column(handle, name));
        }
        return columns;
    }

    static ColumnDescription column(long handle, String name) {
        long[] numbers = TableDescriptionJni.numbers(handle, name);
        String[] texts = TableDescriptionJni.texts(handle, name);
        List<Long> shape = Arrays.stream(numbers, 4, numbers.length).boxed().toList();
        return new ColumnDescription(
                name,
                DataType.ofNumber((int) numbers[0]),
                numbers[1] != 0,
                (int) numbers[2],
                shape,
                texts[0],
                List.of(TableDescriptionJni.units(handle, name)),
                texts[1],
                texts[2]);
    }

    /** The whole description of an open table. */
    static TableDescription read(Table table) {
        Map<String, ColumnDescription> columns = columns(table.handle());
        List<TableDescription.KeywordEdit> edits = new ArrayList<>();
        for (String column : columns.keySet()) {
            collect(column, List.of(), table.keywords(column), edits);
        }
        return new TableDescription(false, columns, edits, Map.of());
    }

    private static void collect(
            String column, List<String> path, Keywords keywords, List<TableDescription.KeywordEdit> edits) {
        for (String name : keywords.names()) {
            KeywordValue value = keywords.get(name);
            if (value == null) {
                continue;
            }
            edits.add(new TableDescription.KeywordEdit(column, path, name, value));
            if (value.type() == null) {
                List<String> inside = new ArrayList<>(path);
                inside.add(name);
                collect(column, List.copyOf(inside), keywords.record(name), edits);
            }
        }
    }
}
