package org.casacore;

import java.util.Arrays;
import java.util.List;

/**
 * How columns lie on disk, chosen when a table is made; immutable.
 *
 * <p>Tiled for fixed shapes written in blocks, incremental for values that seldom change from row to row, standard for
 * the rest. Managers with the same type and group are one manager of the table, whose files its columns share.
 */
public final class StorageManager {
    /** The kinds; {@code table_jni.cpp} has the same numbers. */
    enum Kind {
        STANDARD(0, "StandardStMan"),
        INCREMENTAL(1, "IncrementalStMan"),
        TILED_COLUMN(2, "TiledColumnStMan"),
        TILED_SHAPE(3, "TiledShapeStMan");

        private final int number;
        private final String typeName;

        Kind(int number, String typeName) {
            this.number = number;
            this.typeName = typeName;
        }
    }

    private static final long MEBIBYTE = 1L << 20;

    private final Kind kind;
    private final String group;
    private final List<Long> tileShape;
    private final long cacheMebibytes;

    private StorageManager(Kind kind, String group, List<Long> tileShape, long cacheMebibytes) {
        this.kind = kind;
        this.group = group;
        this.tileShape = tileShape;
        this.cacheMebibytes = cacheMebibytes;
    }

    /** Row-wise buckets, for any column; the one that columns without a manager get. */
    public static StorageManager standard() {
        return standard("StandardStMan");
    }

    /** Row-wise buckets in files of their own. */
    public static StorageManager standard(String group) {
        return new StorageManager(Kind.STANDARD, group, List.of(), 0);
    }

    /** Stores a value only in the rows where it changes. */
    public static StorageManager incremental(String group) {
        return new StorageManager(Kind.INCREMENTAL, group, List.of(), 0);
    }

    /**
     * Tiles over the cells and the rows of fixed-shape columns.
     *
     * @param tileShape extent of a tile along each axis of a cell in casacore's order, then along the rows, such as
     *     (pol, chan, row); about 1 MiB a tile is fast, 8 MiB slow
     */
    public static StorageManager tiledColumn(String group, long... tileShape) {
        return tiled(Kind.TILED_COLUMN, group, tileShape);
    }

    /** Tiles as {@link #tiledColumn}, for columns whose shape may differ between rows. */
    public static StorageManager tiledShape(String group, long... tileShape) {
        return tiled(Kind.TILED_SHAPE, group, tileShape);
    }

    private static StorageManager tiled(Kind kind, String group, long... tileShape) {
        if (tileShape.length < 2 || Arrays.stream(tileShape).anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException("storage manager " + group
                    + ": a tile needs an extent of 1 or more for each axis of a cell and for the rows, not "
                    + Arrays.toString(tileShape));
        }
        return new StorageManager(kind, group, Arrays.stream(tileShape).boxed().toList(), 0);
    }

    /**
     * The same with a limit to the memory its tile cache may take, kept in the table for its readers too.
     *
     * @param bytes limit, rounded up to whole mebibytes as casacore counts in those; 0 for none
     */
    public StorageManager withCacheLimit(long bytes) {
        if (kind != Kind.TILED_COLUMN && kind != Kind.TILED_SHAPE) {
            throw new IllegalArgumentException(typeName() + " has no tile cache to limit");
        }
        return new StorageManager(kind, group, tileShape, mebibytes(bytes));
    }

    static long mebibytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a cache limit of " + bytes + " bytes");
        }
        return Math.min(Integer.MAX_VALUE, bytes / MEBIBYTE + (bytes % MEBIBYTE == 0 ? 0 : 1));
    }

    /** casacore's name of the type. */
    public String typeName() {
        return kind.typeName;
    }

    /** The name of this manager in the table. */
    public String group() {
        return group;
    }

    /** Extents of a tile, axes of a cell first, rows last; empty if not tiled. */
    public List<Long> tileShape() {
        return tileShape;
    }

    int kindNumber() {
        return kind.number;
    }

    long cacheMebibytes() {
        return cacheMebibytes;
    }
}
