package org.cbfsdp.net;

/** {@code errno_jni.cpp}. */
final class ErrnoJni {
    private ErrnoJni() {}

    /** The system's words for an error number, in English whatever the locale. */
    static native String text(int number);

    /** The name of the {@link Errno} of a number; null when it has none. */
    static native String name(int number);
}
