package org.casacore;

import java.nio.ByteBuffer;

/** {@code array_column_jni.cpp}; a column is the index {@link TableJni#column} gave, a null section the whole cell. */
final class ArrayColumnJni {
    private ArrayColumnJni() {}

    static native boolean isDefined(long handle, int column, long row);

    static native long[] shape(long handle, int column, long row);

    static native void setShape(long handle, int column, long firstRow, long rows, long[] shape);

    static native void read(
            long handle,
            int column,
            long firstRow,
            long rows,
            long[] start,
            long[] count,
            ByteBuffer to,
            long offset,
            long length);

    static native void write(
            long handle,
            int column,
            long firstRow,
            long rows,
            long[] start,
            long[] count,
            ByteBuffer from,
            long offset,
            long length);

    static native String[] readStrings(long handle, int column, long row);

    static native void writeStrings(long handle, int column, long row, long[] shape, String[] values);
}
