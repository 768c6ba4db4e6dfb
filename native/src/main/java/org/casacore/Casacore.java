package org.casacore;

import org.cbfsdp.jni.NativeLibrary;

/** Whether the casacore bridge is there, and which casacore it speaks to; thread-safe. */
public final class Casacore {
    /** Raised with every change of a native method or its meaning; {@code abi.h} has the same number. */
    private static final int ABI = 1;

    private static final NativeLibrary LIBRARY = new NativeLibrary(
            "casacore",
            ABI,
            CasacoreJni::abi,
            "casacore is not installed, run ./setup.sh or: apt-get install casacore-dev (which brings libcasa-tables7)");

    private Casacore() {}

    /** Whether tables can be used; loads the library on the first call. */
    public static boolean isAvailable() {
        return LIBRARY.isAvailable();
    }

    /** Why tables cannot be used, every place that was tried with its cause; null when they can. */
    public static Throwable unavailabilityCause() {
        return LIBRARY.unavailabilityCause();
    }

    /** Loads the library or throws an {@link UnsatisfiedLinkError} that says what to install. */
    public static void ensureAvailable() {
        LIBRARY.ensureAvailable();
    }

    /** The version of the casacore in use, such as {@code 3.5.0}. */
    public static String version() {
        ensureAvailable();
        return CasacoreJni.version();
    }
}
