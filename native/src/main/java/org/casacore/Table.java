package org.casacore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cbfsdp.jni.NativeHandle;

/**
 * An open casacore table: a Measurement Set, one of its subtables, or any other.
 *
 * <p>Belongs to the thread that opened it; use from another is an {@link IllegalStateException}, as is use after
 * {@link #close()} and opening a path that another thread has open. Tables are made little-endian. Rows count from 0.
 *
 * <p>Locks: a writer holds casacore's permanent lock, so a second writing process is refused at once. A reader takes
 * none: with an automatic lock it would wait for ever on a set that somebody is writing, and it could not read from a
 * read-only file system; it sees what the writer had flushed when it opened.
 */
public final class Table implements AutoCloseable {
    /** What an opened table is for. */
    public enum Access {
        /** Look only. */
        READ_ONLY,
        /** Change cells, rows and keywords. */
        READ_WRITE
    }

    private final Path path;
    private final Access access;
    private final NativeHandle handle;

    private Table(Path path, Access access, NativeHandle handle) {
        this.path = path;
        this.access = access;
        this.handle = handle;
    }

    /** Opens a table; a path that is missing or no table is a {@link CasacoreException} that says so. */
    public static Table open(Path path, Access access) {
        Casacore.ensureAvailable();
        Path canonical = OpenTables.canonical(path);
        if (!Files.exists(canonical)) {
            throw new CasacoreException("", "table " + canonical, "does not exist");
        }
        if (!Files.isRegularFile(canonical.resolve("table.dat"))) {
            throw new CasacoreException("", "table " + canonical, "is not a casacore table, it has no table.dat");
        }
        OpenTables.Claim claim = OpenTables.claim(canonical);
        try {
            long value = TableJni.open(canonical.toString(), access == Access.READ_WRITE);
            return new Table(canonical, access, new NativeHandle(name(canonical), value, freeing(claim)));
        } catch (RuntimeException | Error e) {
            claim.release();
            throw e;
        }
    }

    /** Makes a table and opens it for writing; an existing path is refused with a {@link CasacoreException}. */
    public static Table create(Path path, TableDescription description, long rows) {
        if (description.isMeasurementSet()) {
            throw new IllegalArgumentException(
                    "table " + path + ": a Measurement Set is made with createMeasurementSet");
        }
        return make(path, description, false, rows);
    }

    /**
     * Makes a Measurement Set (version 2.0) with no rows and every required subtable, empty, and opens it for writing.
     *
     * @param description built from {@link TableDescription#measurementSet()}
     */
    public static Table createMeasurementSet(Path path, TableDescription description) {
        return createMeasurementSet(path, description, false);
    }

    /**
     * As {@link #createMeasurementSet(Path, TableDescription)}, on request with the optional subtable SOURCE.
     *
     * @param withSource whether to make SOURCE
     */
    public static Table createMeasurementSet(Path path, TableDescription description, boolean withSource) {
        if (!description.isMeasurementSet()) {
            throw new IllegalArgumentException(
                    "table " + path + ": the description must be built from TableDescription.measurementSet()");
        }
        return make(path, description, withSource, 0);
    }

    private static Table make(Path path, TableDescription description, boolean withSource, long rows) {
        Casacore.ensureAvailable();
        Path canonical = OpenTables.canonical(path);
        if (rows < 0) {
            throw new IllegalArgumentException("table " + canonical + ": " + rows + " rows");
        }
        if (Files.exists(canonical)) {
            throw new CasacoreException("", "table " + canonical, "exists already and is not overwritten");
        }
        OpenTables.Claim claim = OpenTables.claim(canonical);
        Table table;
        try {
            long value = new CreationPlan(description).create(canonical, withSource, rows);
            table = new Table(canonical, Access.READ_WRITE, new NativeHandle(name(canonical), value, freeing(claim)));
        } catch (RuntimeException | Error e) {
            claim.release();
            throw e;
        }
        table.apply(description.keywords());
        return table;
    }

    private void apply(List<TableDescription.KeywordEdit> edits) {
        try {
            for (TableDescription.KeywordEdit edit : edits) {
                new Keywords(this, edit.column(), edit.path()).put(edit.name(), edit.value());
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static String name(Path path) {
        return "table " + path;
    }

    private static java.util.function.LongConsumer freeing(OpenTables.Claim claim) {
        return value -> {
            // If this throws, casacore still has the table in its cache: the path stays with this thread.
            TableJni.close(value);
            claim.release();
        };
    }

    /** Where it is, without links; known after closing too. */
    public Path path() {
        return path;
    }

    /** Whether it has not been closed; from any thread. */
    public boolean isOpen() {
        return handle.isOpen();
    }

    /** What it was opened for. */
    public Access access() {
        return access;
    }

    /** The number of rows. */
    public long rowCount() {
        return TableJni.rowCount(handle());
    }

    /** Adds rows at the end; what their cells hold is undefined until they are written. */
    public void addRows(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("table " + path + ": adding " + rows + " rows");
        }
        TableJni.addRows(writableHandle(), rows);
    }

    /** The columns as they are now, with units, keywords and storage managers. */
    public TableDescription description() {
        return DescriptionReader.read(this);
    }

    /** Whether there is a column of that name. */
    public boolean hasColumn(String column) {
        return TableJni.column(handle(), column) >= 0;
    }

    /** The table's keywords. */
    public Keywords keywords() {
        handle.check();
        return new Keywords(this, "", List.of());
    }

    /** A column's keywords. */
    public Keywords keywords(String column) {
        ColumnSite.checkExists(this, column);
        return new Keywords(this, column, List.of());
    }

    /** A column with one value a row; another kind, or none, is an {@link IllegalArgumentException}. */
    public ScalarColumn scalarColumn(String column) {
        return new ScalarColumn(ColumnSite.of(this, column, false));
    }

    /** A column with an array a row; another kind, or none, is an {@link IllegalArgumentException}. */
    public ArrayColumn arrayColumn(String column) {
        return new ArrayColumn(ColumnSite.of(this, column, true));
    }

    /** The names of the tables this one's keywords refer to. */
    public List<String> subtableNames() {
        return List.of(TableJni.subtableNames(handle()));
    }

    /**
     * Opens a table that a keyword of this one refers to, for what this one was opened for. It must be closed first.
     */
    public Table subtable(String name) {
        checkSubtable(name);
        Path subPath = OpenTables.canonical(Path.of(TableJni.subtablePath(handle(), name)));
        OpenTables.Claim claim = OpenTables.claim(subPath);
        try {
            long value = TableJni.openSubtable(handle(), name);
            return new Table(subPath, access, handle.child(name(subPath), value, freeing(claim)));
        } catch (RuntimeException | Error e) {
            claim.release();
            throw e;
        }
    }

    /**
     * Replaces a subtable by a deep copy of another set's: columns, rows, keywords. Adds it where this set has none.
     *
     * @param name such as {@code ANTENNA}; its own subtables come along
     * @param fromTable the set whose subtable is copied
     */
    public void copySubtable(String name, Path fromTable) {
        long value = writableHandle();
        Path own = path.resolve(name);
        if (handle.openChildren().contains(name(own))) {
            throw new IllegalStateException("table " + own + " is open and cannot be replaced");
        }
        try (Table source = open(fromTable, Access.READ_ONLY)) {
            if (source.path.equals(path)) {
                throw new IllegalArgumentException("table " + path + ": copying its own subtable " + name);
            }
            source.checkSubtable(name);
            TableJni.copySubtable(value, name, source.path.toString());
        }
    }

    /**
     * Limits the memory of each tile cache of this table, as casacore sets none; lasts while the table is open.
     *
     * @param bytes limit a storage manager, rounded up to whole mebibytes; 0 for none
     */
    public void limitTileCache(long bytes) {
        TableJni.limitTileCache(handle(), StorageManager.mebibytes(bytes));
    }

    /**
     * Writes what is cached, of this table and its subtables, to the files, where another process finds it.
     *
     * @param sync whether to wait until every file of the table, data included, is on the disk itself
     */
    public void flush(boolean sync) {
        TableJni.flush(writableHandle(), sync);
    }

    /**
     * Flushes and closes; does nothing the second time. Throws {@link IllegalStateException} naming a subtable that is
     * still open. When casacore fails to write, its exception comes out and the table is closed all the same.
     */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return handle.toString();
    }

    long handle() {
        return handle.value();
    }

    long writableHandle() {
        long value = handle.value();
        if (access != Access.READ_WRITE) {
            throw new IllegalStateException("table " + path + " was opened for reading only");
        }
        return value;
    }

    private void checkSubtable(String name) {
        List<String> names = subtableNames();
        if (!names.contains(name)) {
            throw new CasacoreException("", "table " + path, "has no subtable " + name + ", only " + names);
        }
    }
}
