package org.cbfsdp.telemetry.view;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Hands bytes on and remembers the first write that failed, which a {@link java.io.PrintWriter} keeps to itself. One thread
 * writes, any may ask.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private volatile IOException failure;

    /** Hands on to {@code out}, which stays the caller's. */
    public StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            throw e;
        }
    }

    /** Why not all was written; nothing either when whoever reads it, such as {@code head}, has had enough. */
    public Optional<String> failure() {
        IOException first = failure;
        return first == null || "Broken pipe".equals(first.getMessage())
                ? Optional.empty()
                : Optional.of("standard output cannot be written: " + first.getMessage());
    }
}
