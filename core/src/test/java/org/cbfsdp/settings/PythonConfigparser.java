package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Python's own {@code configparser}, asked in a process of its own: the oracle for {@link IniReader}. */
final class PythonConfigparser {
    /** Texts go in as files, answers come out in hexadecimal, so that nothing in between can change a character. */
    private static final String PROGRAM = """
            import configparser, pathlib, sys
            def h(text): return text.encode('utf-8').hex() or '-'
            for path in sorted(pathlib.Path(sys.argv[1]).glob('*.conf')):
                parser = configparser.ConfigParser(interpolation=None)
                print('file')
                try:
                    with open(path, encoding='utf-8') as file:
                        parser.read_file(file)
                except configparser.ParsingError as e:
                    lines = [e.lineno] if hasattr(e, 'lineno') else [line for line, _ in e.errors]
                    for line in lines: print('fault', line)
                    continue
                except (configparser.DuplicateSectionError, configparser.DuplicateOptionError) as e:
                    print('fault', e.lineno)
                    continue
                for key, value in parser.defaults().items():
                    print('entry', h('DEFAULT'), h(key), h(value))
                for section in parser.sections():
                    print('section', h(section))
                    for key, value in parser.items(section):
                        print('entry', h(section), h(key), h(value))
            """;

    private PythonConfigparser() {}

    /**
     * What became of one text.
     *
     * @param sections by name, inherited keys included; {@code DEFAULT} only when it has keys
     * @param faultLines where it was refused, first line 1; empty when it was accepted
     */
    record Answer(Map<String, Map<String, String>> sections, Set<Integer> faultLines) {}

    /** Has all texts read by one process, within a minute. */
    static List<Answer> read(Path directory, List<String> texts) throws IOException, InterruptedException {
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(directory.resolve("%06d.conf".formatted(i)), texts.get(i));
        }
        Path program = Files.writeString(directory.resolve("oracle.py"), PROGRAM);
        Path output = directory.resolve("answers");
        Process process = new ProcessBuilder("python3", "-X", "utf8", program.toString(), directory.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("python3 ended in time")
                .isTrue();
        assertThat(process.exitValue()).as("exit code of python3").isZero();
        List<Answer> answers = answers(Files.readAllLines(output));
        assertThat(answers).hasSameSizeAs(texts);
        return answers;
    }

    private static List<Answer> answers(List<String> lines) {
        List<Answer> answers = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("file")) {
                answers.add(new Answer(new TreeMap<>(), new TreeSet<>()));
                continue;
            }
            Answer answer = answers.get(answers.size() - 1);
            switch (words[0]) {
                case "fault" -> answer.faultLines().add(Integer.valueOf(words[1]));
                case "section" -> answer.sections().computeIfAbsent(text(words[1]), name -> new TreeMap<>());
                default ->
                    answer.sections()
                            .computeIfAbsent(text(words[1]), name -> new TreeMap<>())
                            .put(text(words[2]), text(words[3]));
            }
        }
        return answers;
    }

    private static String text(String hexadecimal) {
        return hexadecimal.equals("-") ? "" : new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.UTF_8);
    }
}
