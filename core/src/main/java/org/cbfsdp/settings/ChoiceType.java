package org.cbfsdp.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of a few words, in any case: the names of an enum in lower case.
 *
 * @param values the words and what they become
 * @param aliases other words for some of them, kept for files of the original emulator; not in the tables
 * @param refused words that a user may well try, and why they are refused
 */
record ChoiceType<E extends Enum<E>>(Map<String, E> values, Map<String, E> aliases, Map<String, String> refused)
        implements SettingType<E> {

    static <E extends Enum<E>> ChoiceType<E> of(Class<E> choices) {
        Map<String, E> values = Arrays.stream(choices.getEnumConstants())
                .collect(Collectors.toMap(
                        choice -> choice.name().toLowerCase(Locale.ROOT),
                        choice -> choice,
                        (first, second) -> first,
                        LinkedHashMap::new));
        return new ChoiceType<>(values, Map.of(), Map.of());
    }

    ChoiceType<E> alias(String word, E meaning) {
        return new ChoiceType<>(values, Map.of(word, meaning), refused);
    }

    /** {@code reason} is a whole clause, such as "is not supported yet by this version". */
    ChoiceType<E> refuse(String word, String reason) {
        return new ChoiceType<>(values, aliases, Map.of(word, reason));
    }

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public String range() {
        return String.join(", ", values.keySet());
    }

    @Override
    public E parse(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        E value = values.getOrDefault(word, aliases.get(word));
        if (value == null) {
            String reason = refused.getOrDefault(word, "is not known");
            throw new BadValueException(reason + "; give " + (values.size() == 1 ? "" : "one of ") + range());
        }
        return value;
    }
}
