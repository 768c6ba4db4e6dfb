package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of a command, as a shell would quote them, and nothing else that a shell does. */
class CommandTypeTest {
    private final CommandType type = new CommandType();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "run # run",
                "run a  b\tc # run|a|b|c",
                "run 'a b' \"c d\" # run|a b|c d",
                "run msin='{ms}' x\"y z\"w # run|msin={ms}|xy zw",
                "run '' \"\" # run||",
                "run a\\ b \\' \\\" \\\\ # run|a b|'|\"|\\",
                "run 'a\\b' \"a\\b\" \"\\\"\\\\\" # run|a\\b|a\\b|\"\\",
                "run \"\\$a \\a\" '\\$a' # run|$a \\a|\\$a",
                "run 'say \"x\"' \"it's\" # run|say \"x\"|it's"
            })
    void shouldPartWords(String text, String words) {
        assertThat(type.parse(text)).containsExactly(words.split("\\|", -1));
    }

    @Test
    void shouldExpandNothing() {
        assertThat(type.parse("run $HOME ~ * `date` a;b a|b >c ${x} $(y) %(z)s #d &"))
                .containsExactly(
                        "run", "$HOME", "~", "*", "`date`", "a;b", "a|b", ">c", "${x}", "$(y)", "%(z)s", "#d", "&");
    }

    /** A shell is the judge: what it makes of quotes, backslashes and blanks, printf writes word by word. */
    @Test
    void shouldQuoteAsAShellDoes() throws Exception {
        Random random = new Random(7);
        String characters = "ab \t'\"\\";
        List<String> script = new ArrayList<>();
        List<List<String>> found = new ArrayList<>();
        while (found.size() < 500) {
            StringBuilder text = new StringBuilder("run ");
            for (int i = random.nextInt(14); i > 0; i--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            try {
                found.add(type.parse(text.toString()));
                script.add("printf '%s\\n' " + text + "\necho ==");
            } catch (BadValueException e) {
                // the shell would wait for the rest
            }
        }
        Process shell = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
        shell.getOutputStream().write((String.join("\n", script) + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        String expected = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder ours = new StringBuilder();
        for (List<String> words : found) {
            words.forEach(word -> ours.append(word).append('\n'));
            ours.append("==\n");
        }
        assertThat(ours.toString()).as("seed 7").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'' a # names no program; give one, and its arguments behind it",
                "run 'a # has a ' without its other; close it, or write \\'",
                "run \"a\\\" # has a \" without its other; close it, or write \\\"",
                "run a\\ # ends with a backslash, which takes the character behind it; write \\\\",
                "`run\na` # has several lines (an indented line continues the one above); give one line",
                "`run \0` # has a character 0 in it, which no command can have"
            })
    void shouldRefuse(String text, String complaint) {
        assertThatThrownBy(() -> type.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(complaint);
    }
}
