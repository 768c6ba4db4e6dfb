package org.casacore;

import java.nio.ByteBuffer;

/** {@code scalar_column_jni.cpp}; a column is the index {@link TableJni#column} gave. */
final class ScalarColumnJni {
    private ScalarColumnJni() {}

    static native void read(long handle, int column, long firstRow, long rows, ByteBuffer to, long offset, long length);

    static native void write(
            long handle, int column, long firstRow, long rows, ByteBuffer from, long offset, long length);

    static native String[] readStrings(long handle, int column, long firstRow, long rows);

    static native void writeStrings(long handle, int column, long firstRow, String[] values);
}
