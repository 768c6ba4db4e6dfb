package org.cbfsdp.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Hands bytes on and remembers the first write that failed, which a {@link PrintWriter} keeps to itself. One thread writes, any may
 * ask.
 */
public final class StandardOutput extends OutputStream {
    private static final int OK = 0;
    private static final int FAILED = 1;

    private final OutputStream out;
    private volatile IOException failure;

    /** Hands on to {@code out}, which stays the caller's. */
    public StandardOutput(OutputStream out) {
        this.out = out;
    }

    /**
     * Runs a program that prints its result; one that nobody can read, as on a full disk, is a failure.
     *
     * @param bytes where it goes
     * @param program prints lines, each of which leaves at once, and gives its exit code
     * @param complaint told why not all could be written
     * @return the exit code: the program's or, if that is 0 and not all could be written, 1
     */
    public static int execute(OutputStream bytes, ToIntFunction<PrintWriter> program, Consumer<String> complaint) {
        StandardOutput output = new StandardOutput(bytes);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(output, Charset.defaultCharset()), true);
        int code = program.applyAsInt(out);
        out.flush();
        output.failure().ifPresent(complaint);
        return output.failure().isPresent() && code == OK ? FAILED : code;
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
        return first == null || Objects.equals(first.getMessage(), brokenPipe())
                ? Optional.empty()
                : Optional.of("standard output cannot be written: " + first.getMessage());
    }

    /** What the system says, in the user's language, of a pipe that nobody reads any more: asked with one. */
    private static String brokenPipe() {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                pipe.source().close();
                sink.write(ByteBuffer.allocate(1));
            }
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
