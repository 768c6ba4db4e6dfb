package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader and Python's {@code configparser} make the same of the same text. */
class IniReaderAgainstPythonTest {
    private static final List<String> SAMPLES = List.of(
            "",
            "\n\n# nothing\n; at all\n",
            "[a]\nk = v\n",
            "[a]\nk: v\n[b]\nk=w",
            "[a]\nurl = http://host:80/?a=b\nother : x=y\n",
            "[a]\nk = 5 ; kept\nl = 6 # kept\nm = a#b\n",
            "[a]\nk = \"quoted\"\nl = 'quoted'\nm = \\\nn = a\\\n",
            "[a]\nlist =\n  one\n  two\n\n  three\n# comment\n  four\n\nnext = 1\n",
            "[a]\nKEY = v\nKey2 = V\n",
            "[a]\n  k = 1\n  l = 2\nm = 3\n",
            "[a]\nk = 1\n  l = 2\n",
            "[a]\nk = 1\n  [b]\nl = 2\n",
            "[DEFAULT]\nx = 1\ny = 2\n[a]\ny = 3\n[b]\n",
            "[DEFAULT]\nx = 1\n[a]\n[DEFAULT]\ny = 1\n",
            "[DEFAULT]\nx = 1\n[a]\n[DEFAULT]\nx = 1\n",
            "[default]\nx = 1\n[Default]\nx = 2\n",
            "[a]\nk = 1\nk = 2\n",
            "[a]\nk = 1\nK = 2\n",
            "[a]\nk = 1\n[b]\n[a]\nl = 1\n",
            "k = 1\n[a]\n",
            "[a]\nno value here\nk = 1\nnor here\n",
            "[a]\n= 3\n",
            "[a]\nk =\nl =   \nm = \n",
            "[a] trailing\nk = 1\n[b]] ; x\n",
            "[ spaced ]\nk = 1\n[x.y.z]\nd.o.t = 1\n",
            "[a]\nk = %(x)s ${y} ${env:HOME} %%\n",
            "[a]\r\nk = 1\r\n  2\r\n",
            "[a]\rk = 1\rl = 2",
            "[a]\n\u00a0\nk\u00a0=\u00a0v\u00a0w\u00a0\n\u2003more\n",
            "[\u00c4\u00d6]\n\u00c4rger = \u65e5\u672c \ud83d\udd2d\n",
            "[a]\n\tk = 1\n\t\tmore\n\tl = 2\n",
            "[a]\nk = 1\n#c\n\n  2\n\n\n[b]\n",
            "[a]\nk (0) [@x] = 1\n",
            "[]\nk = 1\n",
            "[a]\n[broken\n");

    @TempDir
    Path directory;

    @Test
    void shouldReadSamplesAsPythonDoes() throws IOException, InterruptedException {
        compare(SAMPLES, "samples");
    }

    @Test
    void shouldReadExampleFilesAsPythonDoes() throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("project.root"), "config"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".conf")).toList()) {
                texts.add(Files.readString(file));
            }
        }
        assertThat(texts).hasSizeGreaterThanOrEqualTo(2);
        compare(texts, "examples");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261120, -7})
    void shouldReadRandomTextsAsPythonDoes(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<String> texts =
                Stream.generate(() -> randomText(random)).limit(1000).toList();
        compare(texts, "seed " + seed);
    }

    private void compare(List<String> texts, String name) throws IOException, InterruptedException {
        List<PythonConfigparser.Answer> answers = PythonConfigparser.read(directory, texts);
        int accepted = 0;
        for (int i = 0; i < texts.size(); i++) {
            PythonConfigparser.Answer expected = answers.get(i);
            IniDocument document = IniReader.read("f", texts.get(i));
            String description = "%s, text %d:%n%s".formatted(name, i, texts.get(i));
            if (expected.faultLines().isEmpty()) {
                accepted++;
                assertThat(document.faults()).as(description).isEmpty();
                assertThat(inherited(document)).as(description).isEqualTo(expected.sections());
            } else {
                // Python stops at the first fault of some kinds; ours goes on, so it may see more.
                assertThat(faultLines(document)).as(description).containsAll(expected.faultLines());
            }
        }
        assertThat(accepted).as(name + ": texts that are not refused").isGreaterThan(texts.size() / 4);
    }

    private static Set<Integer> faultLines(IniDocument document) {
        Set<Integer> lines = new TreeSet<>();
        document.faults().forEach(fault -> lines.add(Integer.valueOf(fault.split(":", 3)[1])));
        return lines;
    }

    private static Map<String, Map<String, String>> inherited(IniDocument document) {
        Map<String, String> defaults = new TreeMap<>();
        document.sections().stream()
                .filter(section -> section.name().equals("DEFAULT"))
                .forEach(section -> section.entries().forEach(entry -> defaults.put(entry.key(), entry.value())));
        Map<String, Map<String, String>> sections = new TreeMap<>();
        if (!defaults.isEmpty()) {
            sections.put("DEFAULT", defaults);
        }
        for (IniDocument.Section section : document.sections()) {
            if (!section.name().equals("DEFAULT")) {
                Map<String, String> entries = new TreeMap<>(defaults);
                section.entries().forEach(entry -> entries.put(entry.key(), entry.value()));
                sections.put(section.name(), entries);
            }
        }
        return sections;
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(12);
        if (random.nextInt(10) > 0) {
            text.append("[first]\n");
        }
        for (int i = 0; i < lines; i++) {
            text.append(" ".repeat(Math.max(0, random.nextInt(8) - 4)))
                    .append(randomLine(random))
                    .append(pick(random, "", "", "", " ", "\t", "\u00a0"))
                    .append(pick(random, "\n", "\n", "\n", "\r\n", "\n\n"));
        }
        return text.toString();
    }

    private static String randomLine(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "[DEFAULT]";
            case 1, 2 -> "[" + pick(random, "a", "b.c", " d ", "e]f", "default") + random.nextInt(10) + "]";
            case 3 -> pick(random, "#", ";", " # ", "#k = ") + " comment";
            case 4 -> "";
            case 5 -> random.nextInt(4) == 0 ? pick(random, "word", "= v", ": v", "'x'") : "\tword";
            default ->
                pick(random, "key", "Key", "k k", "rate", "x.y", "q")
                        + (random.nextInt(3) == 0 ? "" : random.nextInt(40))
                        + pick(random, "=", " = ", ":", " : ", " =: ", "\t=")
                        + pick(random, "", "1", "a, b", "x ; y", "# z", "\"q\"", "a=b:c", "[s]", "%(k)s", "${k}", "\\");
        };
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}
