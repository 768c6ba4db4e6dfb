package org.cbfsdp.net;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;

/** The errors of the system that sockets meet: names and words; {@code errno_jni.cpp} has the same names. Immutable, thread-safe. */
public enum Errno {
    EPERM,
    EIO,
    EBADF,
    EACCES,
    EINVAL,
    EMSGSIZE,
    ENOPROTOOPT,
    EOPNOTSUPP,
    EAFNOSUPPORT,
    EADDRINUSE,
    EADDRNOTAVAIL,
    ENETDOWN,
    ENETUNREACH,
    ENOBUFS,
    ECONNREFUSED,
    EHOSTUNREACH,
    /** Any other number. */
    OTHER;

    /**
     * The constant of a number as natives give it, negative or not. The native side knows which number has which name, as that
     * differs between machines; so the library is wanted, which whoever has a number has.
     */
    public static Errno of(int number) {
        String name = ErrnoJni.name(Math.abs(number));
        return name == null ? OTHER : valueOf(name);
    }

    /** What the system says of a number, and its name, such as {@code Message too long (EMSGSIZE)}. */
    public static String text(int number) {
        int positive = Math.abs(number);
        Errno errno = of(positive);
        return ErrnoJni.text(positive) + " (" + (errno == OTHER ? "errno " + positive : errno.name()) + ")";
    }

    /**
     * What to throw when something failed.
     *
     * @param what the sentence, to which the system's words are added
     */
    public static IOException exception(String what, int number) {
        String sentence = what + ": " + text(number);
        return switch (of(number)) {
            case EADDRINUSE, EADDRNOTAVAIL -> new BindException(sentence);
            default -> new SocketException(sentence);
        };
    }
}
