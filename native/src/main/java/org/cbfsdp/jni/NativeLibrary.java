package org.cbfsdp.jni;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * One shared library of the suite: found, loaded and checked once, on first demand; thread-safe.
 *
 * <p>Tried in this order: the file named by the system property {@code cbfsdp.native.<name>}, and nothing else when it
 * is set; {@code libcbfsdp_<name>.so} in the directory of the jar and in its {@code native} folder; the copy in the
 * jar, by way of a private directory that is removed straight after loading. The outcome, good or bad, is kept.
 */
public final class NativeLibrary {
    private final String name;
    private final int abi;
    private final IntSupplier abiOfLibrary;
    private final String dependencyAdvice;
    private final List<LoadFailure> failures = new ArrayList<>();
    private boolean tried;
    private Path origin;

    /**
     * Names a library without touching it.
     *
     * @param name such as {@code casacore}, for {@code libcbfsdp_casacore.so} and {@code cbfsdp.native.casacore}
     * @param abi the number of the boundary the Java classes were written for
     * @param abiOfLibrary a native method of the library that gives the number it was written for
     * @param dependencyAdvice what to install when a library it hangs on is missing
     */
    public NativeLibrary(String name, int abi, IntSupplier abiOfLibrary, String dependencyAdvice) {
        this.name = name;
        this.abi = abi;
        this.abiOfLibrary = abiOfLibrary;
        this.dependencyAdvice = dependencyAdvice;
    }

    /** Whether the library is loaded and fits; loads it on the first call. */
    public synchronized boolean isAvailable() {
        if (!tried) {
            tried = true;
            load();
        }
        return origin != null;
    }

    /** Loads the library or throws an {@link UnsatisfiedLinkError} that tells every place and cause. */
    public void ensureAvailable() {
        Throwable cause = unavailabilityCause();
        if (cause != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(cause.getMessage());
            error.initCause(cause);
            throw error;
        }
    }

    /** Why the library cannot be used, with the cause of each place suppressed in it; null when it can. */
    public synchronized Throwable unavailabilityCause() {
        if (isAvailable()) {
            return null;
        }
        StringBuilder message = new StringBuilder(128).append(fileName()).append(" cannot be used: ");
        message.append(
                String.join("; ", failures.stream().map(LoadFailure::getMessage).toList()));
        LoadFailure all = new LoadFailure(message.toString(), null);
        failures.forEach(all::addSuppressed);
        return all;
    }

    /** The file it was loaded from (of an extracted copy, the one that is gone since); null when not available. */
    public synchronized Path origin() {
        return isAvailable() ? origin : null;
    }

    /** {@code libcbfsdp_<name>.so}. */
    public String fileName() {
        return "libcbfsdp_" + name + ".so";
    }

    private void load() {
        String property = "cbfsdp.native." + name;
        String named = System.getProperty(property);
        if (named != null) {
            Path file = Path.of(named).toAbsolutePath();
            if (Files.isRegularFile(file)) {
                tryFile(file, "system property " + property);
            } else {
                failures.add(
                        new LoadFailure("system property " + property + " names " + file + ", which is no file", null));
            }
            return;
        }
        for (Path file : besideTheJar()) {
            if (Files.isRegularFile(file) && tryFile(file, "beside the jar")) {
                return;
            }
        }
        tryResource();
    }

    private List<Path> besideTheJar() {
        CodeSource source = NativeLibrary.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return List.of();
        }
        try {
            Path directory =
                    Path.of(source.getLocation().toURI()).toAbsolutePath().getParent();
            return directory == null
                    ? List.of()
                    : List.of(
                            directory.resolve(fileName()),
                            directory.resolve("native").resolve(fileName()));
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            failures.add(new LoadFailure("the place of the jar, " + source.getLocation() + ", is no file", e));
            return List.of();
        }
    }

    private void tryResource() {
        String resource = "META-INF/native/" + platform() + "/" + fileName();
        try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                failures.add(new LoadFailure(
                        "the class path has no " + resource + " (build it with mvn package, or set -Dcbfsdp.native."
                                + name + ")",
                        null));
                return;
            }
            try (PrivateCopy copy = PrivateCopy.of(in, fileName())) {
                tryFile(copy.file(), "extracted from the jar");
            }
        } catch (IOException e) {
            failures.add(new LoadFailure("copying " + resource + " out of the jar failed: " + e, e));
        }
    }

    private boolean tryFile(Path file, String how) {
        try {
            System.load(file.toString());
        } catch (LinkageError e) {
            failures.add(LoadFailure.of(file, how, dependencyAdvice, e));
            return false;
        }
        int found;
        try {
            found = abiOfLibrary.getAsInt();
        } catch (LinkageError e) {
            failures.add(new LoadFailure(file + " (" + how + ") is a library, but not the " + name + " bridge", e));
            return false;
        }
        if (found != abi) {
            failures.add(new LoadFailure(
                    file + " (" + how + ") speaks boundary version " + found + ", the Java classes " + abi
                            + ": rebuild with mvn package or remove the stale file",
                    null));
            return false;
        }
        origin = file;
        return true;
    }

    /** Operating system and machine in the words of {@code uname}, such as {@code linux-x86_64}. */
    static String platform() {
        String machine = System.getProperty("os.arch");
        return System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-"
                + ("amd64".equals(machine) ? "x86_64" : machine);
    }
}
