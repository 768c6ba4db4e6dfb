package org.casacore;

/** {@code table_description_jni.cpp}; handle 0 stands for casacore's required Measurement Set description. */
final class TableDescriptionJni {
    private TableDescriptionJni() {}

    static native String[] names(long handle);

    /** Type, 1 if array, ndim, 1 if fixed, then the extents. */
    static native long[] numbers(long handle, String column);

    /** Comment, storage manager type and group. */
    static native String[] texts(long handle, String column);

    static native String[] units(long handle, String column);
}
