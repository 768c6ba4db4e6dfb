package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * A program and its arguments, parted by blanks. What is between quotes of either kind is part of one word; a backslash takes
 * the character behind it as it stands, between double quotes only a double quote, a backslash, a $ or a `, between single ones
 * nothing. Those are a shell's rules of quoting; none of its others hold, and nothing is expanded.
 */
record CommandType() implements SettingType<List<String>> {
    @Override
    public String name() {
        return "command";
    }

    @Override
    public String range() {
        return "a program and its arguments";
    }

    @Override
    public List<String> parse(String text) {
        TextType.text().parse(text);
        if (text.indexOf('\0') >= 0) {
            throw new BadValueException("has a character 0 in it, which no command can have");
        }
        List<String> words = new Words(text).all();
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new BadValueException("names no program; give one, and its arguments behind it");
        }
        return words;
    }

    /** A text on its way into words. */
    private static final class Words {
        /** What a backslash between double quotes takes. */
        private static final String ESCAPED = "$`\"\\";

        private final String text;
        private final List<String> words = new ArrayList<>();
        private int at;

        Words(String text) {
            this.text = text;
        }

        List<String> all() {
            while (skipBlanks()) {
                words.add(word());
            }
            return List.copyOf(words);
        }

        private boolean skipBlanks() {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        private String word() {
            StringBuilder word = new StringBuilder();
            while (at < text.length() && !isBlank(text.charAt(at))) {
                char c = text.charAt(at++);
                switch (c) {
                    case '\'', '"' -> quoted(c, word);
                    case '\\' -> word.append(escaped());
                    default -> word.append(c);
                }
            }
            return word.toString();
        }

        private void quoted(char quote, StringBuilder word) {
            while (at < text.length() && text.charAt(at) != quote) {
                at += quote == '"' && escapesWithinQuotes() ? 1 : 0;
                word.append(text.charAt(at++));
            }
            if (at == text.length()) {
                throw new BadValueException("has a " + quote + " without its other; close it, or write \\" + quote);
            }
            at++;
        }

        private boolean escapesWithinQuotes() {
            return text.charAt(at) == '\\' && at + 1 < text.length() && ESCAPED.indexOf(text.charAt(at + 1)) >= 0;
        }

        private char escaped() {
            if (at == text.length()) {
                throw new BadValueException("ends with a backslash, which takes the character behind it; write \\\\");
            }
            return text.charAt(at++);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
