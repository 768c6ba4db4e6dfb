package org.cbfsdp.settings;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The page {@code docs/settings.md}, made from the declarations. */
public final class SettingsMarkdown {
    private static final String INTRODUCTION = """
            # Settings

            <!-- Made by docs/generate.sh from the declarations in org.cbfsdp.settings. Do not edit. -->

            One file serves both programs: each heeds its own settings, and checks all of them. Where a value may come from, later
            ones win: the default, the file's `[DEFAULT]` section, the file's own section, `-o group.name=value` (the last one given),
            the argument. All faults are reported at once, with `file:line`, and the program exits with code 2. A key that neither
            program knows is a fault.

            Files are read as Python's `configparser` reads them: sections in brackets; `key = value` or `key : value`; keys in any case;
            comments on lines of their own that begin with `#` or `;` (behind a value they are part of it); quotes are part
            of the value; a line indented deeper than its key continues the value. A key or a section given twice is a fault. There
            is no interpolation: `%(x)s` and `${x}` are kept as written, and a `%` is not doubled. Files are in UTF-8.

            Times are in seconds, sizes plain numbers of bytes. Booleans are `true`/`false`, `yes`/`no`, `on`/`off`, `1`/`0`. Choices may
            be written in any case. An empty value of a setting without a default means that it is not set. Paths are
            relative to the directory in which the program is started.
            """;

    private static final String CONSUMERS = """

            ## consumer.NAME

            Options of the consumer NAME, which may be anybody's. They are not checked here: the consumer gets the keys, in lower case,
            and the values as they are written, those of `[DEFAULT]` included. After `-o` the last dot parts the key from the
            section: `-o consumer.org.example.Plot.width=640`.
            """;

    private SettingsMarkdown() {}

    /** The whole page. */
    public static String render() {
        return INTRODUCTION
                + SettingsSchema.groups().stream().map(SettingsMarkdown::table).collect(Collectors.joining())
                + CONSUMERS;
    }

    /** Prints the page. */
    public static void main(String[] arguments) {
        // The page is UTF-8 whatever the machine's own character set is.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(render());
        out.flush();
    }

    private static String table(SettingGroup group) {
        String head = """

                ## %s

                %s

                | setting | default | type | meaning | heeded by |
                |---|---|---|---|---|
                """.formatted(group.name(), group.text());
        return head + group.settings().stream().map(SettingsMarkdown::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        String aliases = setting.aliases().stream()
                .map(alias -> " (alias `" + alias + "`)")
                .collect(Collectors.joining());
        String defaultText = setting.defaultText().isEmpty() ? "not set" : "`" + setting.defaultText() + "`";
        String range =
                setting.type().range().isEmpty() ? "" : ": " + setting.type().range();
        String unit = setting.unit().isEmpty() ? "" : " [" + setting.unit() + "]";
        String programs = Arrays.stream(Program.values())
                .filter(setting.programs()::contains)
                .map(Program::command)
                .collect(Collectors.joining(", "));
        return "| `%s`%s | %s | %s | %s | %s |\n"
                .formatted(
                        setting.key(),
                        aliases,
                        defaultText,
                        cell(setting.type().name() + unit + range),
                        cell(setting.text()),
                        programs);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("[consumer.NAME]", "`[consumer.NAME]`");
    }
}
