package org.casacore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A description laid out flat for the one call that makes a table: a row of numbers a column and a row a manager, with
 * shapes and tiles one behind the other. {@code table_jni.cpp} reads the same layout.
 */
final class CreationPlan {
    private static final String[] NONE = {};

    private final List<String> names = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    /** Type, ndim (0 scalar, -1 any), extents of the fixed shape, manager index or -1. */
    private final List<Integer> columnNumbers = new ArrayList<>();

    private final List<Long> columnShapes = new ArrayList<>();
    private final List<String> managerGroups = new ArrayList<>();
    /** Kind, cache limit in MiB, extents of the tile. */
    private final List<Integer> managerNumbers = new ArrayList<>();

    private final List<Long> managerTiles = new ArrayList<>();
    private final boolean measurementSet;

    CreationPlan(TableDescription description) {
        measurementSet = description.isMeasurementSet();
        Map<StorageManager, Integer> managerIndices = new LinkedHashMap<>();
        for (ColumnDescription column : description.columns()) {
            StorageManager manager = description.managers().get(column.name());
            int index = manager == null ? -1 : managerIndices.computeIfAbsent(manager, this::addManager);
            addColumn(column, index);
        }
    }

    /** Makes the table; a Measurement Set gets its subtables. */
    long create(Path path, boolean withSource, long rows) {
        return TableJni.create(
                path.toString(),
                measurementSet,
                withSource,
                rows,
                names.toArray(NONE),
                comments.toArray(NONE),
                ints(columnNumbers),
                longs(columnShapes),
                managerGroups.toArray(NONE),
                ints(managerNumbers),
                longs(managerTiles));
    }

    private void addColumn(ColumnDescription column, int managerIndex) {
        names.add(column.name());
        comments.add(column.comment());
        columnNumbers.addAll(List.of(
                column.type().number(),
                column.array() ? column.ndim() : 0,
                column.fixedShape().size(),
                managerIndex));
        columnShapes.addAll(column.fixedShape());
    }

    private int addManager(StorageManager manager) {
        managerGroups.add(manager.group());
        managerNumbers.addAll(List.of(
                manager.kindNumber(),
                (int) manager.cacheMebibytes(),
                manager.tileShape().size()));
        managerTiles.addAll(manager.tileShape());
        return managerGroups.size() - 1;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
