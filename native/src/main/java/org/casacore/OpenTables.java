package org.casacore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which thread has which table open, process-wide; thread-safe. Two threads in one table, or one in a table and
 * another in a table inside it, crash casacore, so the second is refused here.
 */
final class OpenTables {
    private static final Map<Path, Claim> CLAIMS = new HashMap<>();

    private OpenTables() {}

    /** A path held by one thread, as often as it was claimed. */
    static final class Claim {
        private final Path path;
        private final Thread thread = Thread.currentThread();
        private int count;

        private Claim(Path path) {
            this.path = path;
        }

        void release() {
            synchronized (CLAIMS) {
                count--;
                if (count == 0) {
                    CLAIMS.remove(path);
                }
            }
        }
    }

    /** Claims a canonical path for the calling thread or throws an IllegalStateException that names both threads. */
    static Claim claim(Path path) {
        synchronized (CLAIMS) {
            for (Claim other : CLAIMS.values()) {
                boolean overlap = path.startsWith(other.path) || other.path.startsWith(path);
                if (overlap && other.thread != Thread.currentThread()) {
                    throw new IllegalStateException("table " + other.path + " is open in thread "
                            + other.thread.getName() + "; thread "
                            + Thread.currentThread().getName() + " cannot open " + path);
                }
            }
            Claim claim = CLAIMS.computeIfAbsent(path, Claim::new);
            claim.count++;
            return claim;
        }
    }

    /** The path without links, so that one table has one name; of a path that is not there, that of its parent. */
    static Path canonical(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException missing) {
            Path parent = absolute.getParent();
            try {
                return parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
            } catch (IOException alsoMissing) {
                return absolute;
            }
        }
    }
}
