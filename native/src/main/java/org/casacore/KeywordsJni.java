package org.casacore;

/**
 * {@code keywords_jni.cpp}; an empty column stands for the table's own keywords, {@code path} leads through records.
 * Scalars cross as arrays of one value.
 */
final class KeywordsJni {
    private KeywordsJni() {}

    static native String[] names(long handle, String column, String[] path);

    /** Kind (0 value, 1 array, 2 record, 3 table), type, then the extents; empty if there is no such keyword. */
    static native long[] numbers(long handle, String column, String[] path, String name);

    static native String[] strings(long handle, String column, String[] path, String name);

    static native double[] doubles(long handle, String column, String[] path, String name);

    static native long[] longs(long handle, String column, String[] path, String name);

    static native boolean[] booleans(long handle, String column, String[] path, String name);

    /** A null shape makes a scalar. */
    static native void putStrings(
            long handle, String column, String[] path, String name, long[] shape, String[] values);

    static native void putDoubles(
            long handle, String column, String[] path, String name, int type, long[] shape, double[] values);

    static native void putLongs(
            long handle, String column, String[] path, String name, int type, long[] shape, long[] values);

    static native void putBooleans(
            long handle, String column, String[] path, String name, long[] shape, boolean[] values);

    static native void putRecord(long handle, String column, String[] path, String name);

    static native void remove(long handle, String column, String[] path, String name);
}
