package org.casacore;

/** {@code casacore_jni.cpp}. */
final class CasacoreJni {
    private CasacoreJni() {}

    static native int abi();

    static native String version();

    /** How many tables the bridge holds, over all threads. */
    static native int openTables();
}
