package org.cbfsdp.jni;

import java.io.Serial;
import java.nio.file.Path;

/** Why one place did not give the library: a sentence for the reader, with the linker's own error as its cause. */
final class LoadFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    LoadFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Puts the dynamic linker's text into a sentence that says what to do. */
    static LoadFailure of(Path file, String how, String dependencyAdvice, LinkageError error) {
        return new LoadFailure(
                file + " (" + how + ") " + explain(file, String.valueOf(error.getMessage()), dependencyAdvice), error);
    }

    private static String explain(Path file, String text, String dependencyAdvice) {
        if (text.contains("failed to map segment") || text.contains("Operation not permitted")) {
            return "cannot be mapped for execution; is " + file.getParent()
                    + " mounted noexec? Choose another with -Djava.io.tmpdir (" + text + ")";
        }
        if (text.contains("cannot open shared object file")) {
            return "lacks a library it needs: " + dependencyAdvice + " (" + text + ")";
        }
        if (text.contains("ELF") || text.contains("file too short") || text.contains("Possible cause")) {
            return "is not a shared library for this machine (" + text + ")";
        }
        return "did not load; if it was built from other sources, rebuild with mvn package (" + text + ")";
    }
}
