package org.casacore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a table with their units, keywords and storage managers; immutable, built or read from a table.
 *
 * <p>Making a table from a description that was read from another gives the same columns with the same units and
 * keywords; the storage managers are told by the columns but must be bound anew.
 */
public final class TableDescription {
    private final boolean measurementSet;
    private final Map<String, ColumnDescription> columns;
    private final List<KeywordEdit> keywords;
    private final Map<String, StorageManager> managers;

    /** A keyword to put into a column: the path leads through records. */
    record KeywordEdit(String column, List<String> path, String name, KeywordValue value) {}

    TableDescription(
            boolean measurementSet,
            Map<String, ColumnDescription> columns,
            List<KeywordEdit> keywords,
            Map<String, StorageManager> managers) {
        this.measurementSet = measurementSet;
        this.columns = new LinkedHashMap<>(columns);
        this.keywords = List.copyOf(keywords);
        this.managers = new LinkedHashMap<>(managers);
    }

    /** Starts with no columns. */
    public static Builder builder() {
        return new Builder(new TableDescription(false, Map.of(), List.of(), Map.of()));
    }

    /**
     * Starts with what casacore requires of a Measurement Set, units and MEASINFO included. Needs the library, as the
     * answer is casacore's own.
     */
    public static Builder measurementSet() {
        Casacore.ensureAvailable();
        return new Builder(new TableDescription(true, DescriptionReader.columns(0), List.of(), Map.of()));
    }

    /** Starts with this description. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The columns, in order. */
    public List<ColumnDescription> columns() {
        return List.copyOf(columns.values());
    }

    /** One column; throws {@link IllegalArgumentException} when there is none of that name. */
    public ColumnDescription column(String name) {
        ColumnDescription column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
        }
        return column;
    }

    /** Whether there is a column of that name. */
    public boolean hasColumn(String name) {
        return columns.containsKey(name);
    }

    boolean isMeasurementSet() {
        return measurementSet;
    }

    List<KeywordEdit> keywords() {
        return keywords;
    }

    /** The chosen manager of each bound column. */
    Map<String, StorageManager> managers() {
        return managers;
    }

    /** Collects columns; used by one thread. */
    public static final class Builder {
        private final boolean measurementSet;
        private final Map<String, ColumnDescription> columns;
        private final List<KeywordEdit> keywords;
        private final Map<String, StorageManager> managers;

        private Builder(TableDescription from) {
            measurementSet = from.measurementSet;
            columns = new LinkedHashMap<>(from.columns);
            keywords = new ArrayList<>(from.keywords);
            managers = new LinkedHashMap<>(from.managers);
        }

        /** Adds a column with one value a row. */
        public Builder scalar(String name, DataType type, String comment) {
            return add(name, type, false, 0, List.of(), comment);
        }

        /**
         * Adds a column of arrays whose shapes are set row by row.
         *
         * @param ndim axes of each cell, -1 for any number
         */
        public Builder array(String name, DataType type, int ndim, String comment) {
            if (ndim < 1 && ndim != -1) {
                throw new IllegalArgumentException("column " + name + ": " + ndim + " axes");
            }
            return add(name, type, true, ndim, List.of(), comment);
        }

        /**
         * Adds a column of arrays of one shape.
         *
         * @param shape extent of each axis in casacore's order, such as (pol, chan)
         */
        public Builder fixedArray(String name, DataType type, String comment, long... shape) {
            if (shape.length == 0 || Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
                throw new IllegalArgumentException("column " + name + ": fixed shape " + Arrays.toString(shape));
            }
            return add(
                    name, type, true, shape.length, Arrays.stream(shape).boxed().toList(), comment);
        }

        /**
         * Fixes the shape of a column of arrays that has none yet, such as FLAG of a Measurement Set.
         *
         * @param shape extent of each axis in casacore's order, such as (pol, chan)
         */
        public Builder fixShape(String column, long... shape) {
            ColumnDescription open = known(column);
            boolean fits = open.ndim() == -1 || open.ndim() == shape.length;
            if (!open.array()
                    || open.isFixedShape()
                    || !fits
                    || Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
                throw new IllegalArgumentException("column " + column + " cannot be fixed to shape "
                        + Arrays.toString(shape) + ": it has " + open.ndim() + " axes, fixed shape "
                        + open.fixedShape());
            }
            columns.put(column, open.withFixedShape(Arrays.stream(shape).boxed().toList()));
            return this;
        }

        /** Says the unit of a column, or that of each component of its cells; replaces what was said before. */
        public Builder unit(String column, String... units) {
            columns.put(column, known(column).withUnits(List.of(units)));
            return keyword(column, "QuantumUnits", units);
        }

        /** Says what a column measures: its MEASINFO, such as type {@code epoch} and reference {@code UTC}. */
        public Builder measure(String column, String type, String reference) {
            known(column);
            keywords.add(new KeywordEdit(column, List.of(), "MEASINFO", KeywordValue.RECORD));
            List<String> path = List.of("MEASINFO");
            keywords.add(new KeywordEdit(column, path, "type", KeywordValue.of(type)));
            keywords.add(new KeywordEdit(column, path, "Ref", KeywordValue.of(reference)));
            return this;
        }

        /**
         * Puts a keyword on a column.
         *
         * @param value String, Integer, Long, Double, Boolean, String[], int[], long[] or double[]
         */
        public Builder keyword(String column, String name, Object value) {
            known(column);
            keywords.add(new KeywordEdit(column, List.of(), name, KeywordValue.of(value)));
            return this;
        }

        /** Chooses how columns lie on disk; a later choice replaces an earlier one. */
        public Builder bind(StorageManager manager, String... boundColumns) {
            for (String column : boundColumns) {
                columns.put(column, known(column).withManager(manager));
                managers.put(column, manager);
            }
            return this;
        }

        /** The description; the builder may go on. */
        public TableDescription build() {
            return new TableDescription(measurementSet, columns, keywords, managers);
        }

        private Builder add(
                String name, DataType type, boolean array, int ndim, List<Long> fixedShape, String comment) {
            ColumnDescription column =
                    new ColumnDescription(name, type, array, ndim, fixedShape, comment, List.of(), "", "");
            if (columns.putIfAbsent(name, column) != null) {
                throw new IllegalArgumentException("there is a column " + name + " already");
            }
            return this;
        }

        private ColumnDescription known(String name) {
            ColumnDescription column = columns.get(name);
            if (column == null) {
                throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
            }
            return column;
        }
    }
}
