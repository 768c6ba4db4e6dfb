package org.casacore;

import java.util.List;

/**
 * What a column holds; immutable.
 *
 * @param array whether a cell is an array; the column is then an {@link ArrayColumn}
 * @param ndim axes of a cell, 0 for scalars, -1 for arrays of any number of axes
 * @param fixedShape extent of each axis in casacore's order (fastest first, as in (pol, chan)); empty unless fixed
 * @param units of the value or of each of its components, such as {@code [m, m, m]}; empty if none
 * @param storageManager type such as {@code TiledColumnStMan}; empty if none is chosen yet
 * @param storageGroup name of that storage manager; the columns it is shared with have the same
 */
public record ColumnDescription(
        String name,
        DataType type,
        boolean array,
        int ndim,
        List<Long> fixedShape,
        String comment,
        List<String> units,
        String storageManager,
        String storageGroup) {
    /** Copies the lists. */
    public ColumnDescription {
        fixedShape = List.copyOf(fixedShape);
        units = List.copyOf(units);
    }

    /** Whether every cell has {@link #fixedShape()}. */
    public boolean isFixedShape() {
        return !fixedShape.isEmpty();
    }

    ColumnDescription withUnits(List<String> newUnits) {
        return new ColumnDescription(
                name, type, array, ndim, fixedShape, comment, newUnits, storageManager, storageGroup);
    }

    ColumnDescription withFixedShape(List<Long> shape) {
        return new ColumnDescription(
                name, type, array, shape.size(), shape, comment, units, storageManager, storageGroup);
    }

    ColumnDescription withManager(StorageManager manager) {
        return new ColumnDescription(
                name, type, array, ndim, fixedShape, comment, units, manager.typeName(), manager.group());
    }
}
