package org.casacore;

/** {@code table_jni.cpp}; handles are those of the bridge's registry. */
final class TableJni {
    private TableJni() {}

    static native long open(String path, boolean writable);

    /** The columns and managers are flattened by {@link CreationPlan}. */
    static native long create(
            String path,
            boolean measurementSet,
            boolean withSource,
            long rows,
            String[] names,
            String[] comments,
            int[] columnNumbers,
            long[] columnShapes,
            String[] managerGroups,
            int[] managerNumbers,
            long[] managerTiles);

    static native void close(long handle);

    static native long rowCount(long handle);

    static native void addRows(long handle, long rows);

    /** Index of the column among those used through this handle, -1 if the table has none of that name. */
    static native int column(long handle, String name);

    static native String[] subtableNames(long handle);

    static native String subtablePath(long handle, String name);

    static native long openSubtable(long handle, String name);

    static native void copySubtable(long handle, String name, String fromPath);

    static native void limitTileCache(long handle, long mebibytes);

    static native void flush(long handle, boolean sync);
}
