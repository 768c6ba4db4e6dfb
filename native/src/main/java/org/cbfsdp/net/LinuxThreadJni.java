package org.cbfsdp.net;

/** {@code linux_thread_jni.cpp}. */
final class LinuxThreadJni {
    private LinuxThreadJni() {}

    /** Gives the calling thread a real-time priority, round robin; 0, or -errno. */
    static native int roundRobin(int priority);

    /** The calling thread's real-time priority; 0 for none, or -errno. */
    static native int priority();

    /** Lets the calling thread run on this processor and no other; 0, or -errno. */
    static native int bind(int processor);
}
