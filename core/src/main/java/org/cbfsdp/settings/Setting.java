package org.cbfsdp.settings;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One declaration of a setting; parsing, {@code --help}, the page of settings and the tests all read it. Immutable.
 *
 * @param defaultText what stands when nobody sets it, in the form users write; empty for an optional setting
 * @param unit of the number, {@code bytes/s}; empty when it has none
 * @param text what it means, whole sentences
 * @param aliases other keys of the same group, those of the original emulator
 * @param programs those that heed it; the other accepts and checks it all the same
 * @param <T> the type of its value
 */
record Setting<T>(
        String group,
        String key,
        SettingType<T> type,
        String defaultText,
        String unit,
        String text,
        List<String> aliases,
        Set<Program> programs) {

    Setting {
        aliases = List.copyOf(aliases);
        programs = Set.copyOf(programs);
    }

    static <T> Setting<T> of(String group, String key, SettingType<T> type, String defaultText) {
        return new Setting<>(group, key, type, defaultText, "", "", List.of(), EnumSet.allOf(Program.class));
    }

    Setting<T> unit(String newUnit) {
        return new Setting<>(group, key, type, defaultText, newUnit, text, aliases, programs);
    }

    Setting<T> text(String newText) {
        return new Setting<>(group, key, type, defaultText, unit, newText, aliases, programs);
    }

    Setting<T> alias(String alias) {
        return new Setting<>(group, key, type, defaultText, unit, text, List.of(alias), programs);
    }

    Setting<T> onlyFor(Program program) {
        return new Setting<>(group, key, type, defaultText, unit, text, aliases, Set.of(program));
    }

    /** {@code group.key}, as it is written after {@code -o}. */
    String name() {
        return group + "." + key;
    }

    /** Whether {@code word} is the key or an alias of it. */
    boolean isCalled(String word) {
        return key.equals(word) || aliases.contains(word);
    }

    @Override
    public String toString() {
        return name();
    }
}
