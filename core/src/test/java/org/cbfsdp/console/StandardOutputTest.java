package org.cbfsdp.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final List<String> complaints = new ArrayList<>();

    private int print(OutputStream bytes, int code) {
        return StandardOutput.execute(
                bytes,
                out -> {
                    out.println("result");
                    return code;
                },
                complaints::add);
    }

    @Test
    void shouldHandOnEachLineAtOnce() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = StandardOutput.execute(
                bytes,
                out -> {
                    out.println("result");
                    return bytes.size();
                },
                complaints::add);
        assertThat(bytes.toString(Charset.defaultCharset())).isEqualTo("result" + System.lineSeparator());
        assertThat(code).isEqualTo(bytes.size());
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldFailWhenTheResultCannotBeWritten() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThat(print(full, 0)).isEqualTo(1);
            assertThat(print(full, 3)).as("what the program says comes first").isEqualTo(3);
        }
        assertThat(complaints).hasSize(2).allMatch(line -> line.startsWith("standard output cannot be written: "));
    }

    @Test
    void shouldNotFailWhenTheReaderHasHadEnough() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (OutputStream unread = Channels.newOutputStream(pipe.sink())) {
            assertThat(print(unread, 0)).isZero();
        }
        assertThat(complaints).isEmpty();
    }
}
