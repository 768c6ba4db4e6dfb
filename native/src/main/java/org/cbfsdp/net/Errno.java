package org.cbfsdp.net;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;

/** The errors of the system that sockets meet: names and words. Immutable, thread-safe. */
public enum Errno {
    EPERM(1),
    EIO(5),
    EBADF(9),
    EACCES(13),
    EINVAL(22),
    EMSGSIZE(90),
    ENOPROTOOPT(92),
    EOPNOTSUPP(95),
    EAFNOSUPPORT(97),
    EADDRINUSE(98),
    EADDRNOTAVAIL(99),
    ENETDOWN(100),
    ENETUNREACH(101),
    ENOBUFS(105),
    ECONNREFUSED(111),
    EHOSTUNREACH(113),
    /** Any other number. */
    OTHER(0);

    private static final Errno[] NAMED = values();

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The constant of a number as natives give it, negative or not. */
    public static Errno of(int number) {
        int positive = Math.abs(number);
        for (Errno errno : NAMED) {
            if (errno.number == positive) {
                return errno;
            }
        }
        return OTHER;
    }

    /** The system's number for it; 0 for {@link #OTHER}. */
    public int number() {
        return number;
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
