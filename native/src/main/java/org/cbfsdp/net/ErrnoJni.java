package org.cbfsdp.net;

/** {@code errno_jni.cpp}. */
final class ErrnoJni {
    private ErrnoJni() {}

    /** The system's words for an error number. */
    static native String text(int number);
}
