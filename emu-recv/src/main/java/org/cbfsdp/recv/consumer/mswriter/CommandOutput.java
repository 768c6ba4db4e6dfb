package org.cbfsdp.recv.consumer.mswriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** Lines of what a process prints, taken without waiting for more. Confined to one thread. */
final class CommandOutput {
    /** A line that is longer comes in parts, which are cut between characters of UTF-8. */
    static final int LONGEST_LINE_BYTES = 4096;

    /** Bytes that may follow the first of a character. */
    private static final int MOST_CONTINUATIONS = 3;

    private final InputStream bytes;
    private final Consumer<String> sink;
    private final byte[] block = new byte[LONGEST_LINE_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** {@code sink} is given each line that is not empty. */
    CommandOutput(InputStream bytes, Consumer<String> sink) {
        this.bytes = bytes;
        this.sink = sink;
    }

    /**
     * Takes what is there.
     *
     * @param atMostBytes lest a process that prints on and on is all that is done
     */
    void drain(int atMostBytes) throws IOException {
        int taken = 0;
        int available = bytes.available();
        while (available > 0 && taken < atMostBytes) {
            int count = bytes.read(block, 0, Math.min(available, block.length));
            for (int i = 0; i < count; i++) {
                put(block[i]);
            }
            taken += Math.max(0, count);
            available = bytes.available();
        }
    }

    /** Hands over a last line that has no end. */
    void end() {
        if (line.size() > 0) {
            sink.accept(line.toString(Charset.defaultCharset()));
            line.reset();
        }
    }

    /** A progress bar ends its lines with carriage returns. */
    private void put(byte b) {
        if (b == '\n' || b == '\r') {
            end();
        } else {
            if (line.size() >= LONGEST_LINE_BYTES + (isContinuation(b) ? MOST_CONTINUATIONS : 0)) {
                end();
            }
            line.write(b);
        }
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
