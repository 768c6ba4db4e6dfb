package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandOutputTest {
    private final List<String> lines = new ArrayList<>();

    private CommandOutput output(String text) {
        return new CommandOutput(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), lines::add);
    }

    @Test
    void shouldHandOverWholeLinesAndInTheEndTheRest() throws IOException {
        CommandOutput output = output("one\n\ntwo\r\n10 %\r20 %\rend");
        output.drain(Integer.MAX_VALUE);
        assertThat(lines).containsExactly("one", "two", "10 %", "20 %");
        output.end();
        output.end();
        assertThat(lines).containsExactly("one", "two", "10 %", "20 %", "end");
    }

    @Test
    void shouldCutLinesThatAreTooLong() throws IOException {
        CommandOutput output = output("x".repeat(2 * CommandOutput.LONGEST_LINE_BYTES + 1) + "\nshort\n");
        output.drain(Integer.MAX_VALUE);
        assertThat(lines).hasSize(4).endsWith("x", "short");
        assertThat(lines.get(0)).hasSize(CommandOutput.LONGEST_LINE_BYTES);
    }

    @Test
    void shouldCutBetweenCharacters() throws IOException {
        // The character of three bytes begins within the longest line and ends beyond it.
        byte[] text = ("x".repeat(CommandOutput.LONGEST_LINE_BYTES - 1) + "\u20acy\n").getBytes(StandardCharsets.UTF_8);
        List<byte[]> parts = new ArrayList<>();
        CommandOutput output = new CommandOutput(
                new ByteArrayInputStream(text), line -> parts.add(line.getBytes(Charset.defaultCharset())));
        output.drain(Integer.MAX_VALUE);
        assertThat(parts).hasSize(2);
        assertThat(parts.get(1)).as("the part after the character").isEqualTo(new byte[] {'y'});
    }

    /** Bytes that continue no character are bounded as well. */
    @Test
    void shouldCutWhatIsNoText() throws IOException {
        byte[] bytes = new byte[3 * CommandOutput.LONGEST_LINE_BYTES];
        Arrays.fill(bytes, (byte) 0x80);
        CommandOutput output = new CommandOutput(new ByteArrayInputStream(bytes), lines::add);
        output.drain(Integer.MAX_VALUE);
        output.end();
        assertThat(lines).hasSize(3);
    }

    @Test
    void shouldTakeABoundedAmountAtATime() throws IOException {
        CommandOutput output = output("line\n".repeat(10_000));
        output.drain(5_000);
        assertThat(lines).hasSizeBetween(1_000, 2_000);
        output.drain(Integer.MAX_VALUE);
        assertThat(lines).hasSize(10_000);
    }
}
