package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.List;

/** The settings of one program as plain text, for {@code --help}. */
public final class SettingsHelp {
    private static final String INDENT = "      ";

    private SettingsHelp() {}

    /**
     * Every setting that {@code program} heeds, by group, with default, unit, range and meaning.
     *
     * @param columns width of the terminal, at least 40; only a word that is longer itself goes past it
     */
    public static String render(Program program, int columns) {
        if (columns < 40) {
            throw new IllegalArgumentException("help needs at least 40 columns, not " + columns);
        }
        List<String> lines = new ArrayList<>();
        String title = "Settings of " + program.command() + ", in a file (-c) or as -o group.name=value:";
        lines.addAll(wrap(title, "", columns));
        for (SettingGroup group : SettingsSchema.groups()) {
            List<Setting<?>> heeded = group.settings().stream()
                    .filter(setting -> setting.programs().contains(program))
                    .toList();
            if (!heeded.isEmpty()) {
                lines.add("");
                lines.addAll(wrap("[" + group.name() + "] " + group.text(), "", columns));
                heeded.forEach(setting -> describe(setting, columns, lines));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void describe(Setting<?> setting, int columns, List<String> lines) {
        lines.addAll(wrap(setting + " (" + facts(setting) + ")", "  ", columns));
        lines.addAll(wrap(setting.text(), INDENT, columns));
    }

    private static String facts(Setting<?> setting) {
        StringBuilder facts = new StringBuilder(setting.type().name());
        if (!setting.unit().isEmpty()) {
            facts.append(", ").append(setting.unit());
        }
        if (!setting.type().range().isEmpty()) {
            facts.append(", ").append(setting.type().range());
        }
        facts.append(setting.defaultText().isEmpty() ? "; not set" : "; default " + setting.defaultText());
        if (!setting.aliases().isEmpty()) {
            facts.append("; alias ").append(String.join(", ", setting.aliases()));
        }
        return facts.toString();
    }

    private static List<String> wrap(String text, String indent, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            boolean empty = line.length() == indent.length();
            if (!empty && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(empty ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
