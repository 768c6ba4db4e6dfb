package org.spead.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the Python literals that numpy headers are made of: strings, integers, True and False, tuples, lists and
 * dictionaries. They become {@code String}, {@code Long}, {@code Boolean}, {@link Tuple}, {@code List} and {@code Map}.
 *
 * <p>Whatever else is refused by an {@link ItemFormatException}; nesting is bounded, so that no text can exhaust the stack.
 */
final class PythonLiteral {
    /** A tuple, to be told from a list. */
    record Tuple(List<Object> values) {}

    private static final int MAX_DEPTH = 16;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** Reads the one literal that {@code text} consists of, with white space around it. */
    static Object read(String text) {
        PythonLiteral reader = new PythonLiteral(text);
        Object value = reader.value(0);
        if (reader.peek() != 0) {
            throw reader.fault("surplus text");
        }
        return value;
    }

    /** The string as Python's repr prints it: in single quotes unless it has some and no double ones. */
    static String quote(String value) {
        char mark = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(mark);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == mark || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\t' -> "\\t";
                            case '\r' -> "\\r";
                            default -> String.format("\\x%02x", (int) c);
                        });
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(mark).toString();
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw fault("nested too deeply");
        }
        char c = peek();
        if (c == '\'' || c == '"') {
            return string();
        }
        if (c == '(') {
            return tuple(depth);
        }
        if (c == '[') {
            at++;
            List<Object> values = new ArrayList<>();
            elements(']', depth, values);
            return values;
        }
        if (c == '{') {
            return dictionary(depth);
        }
        return word();
    }

    /** In Python {@code (2)} is an integer and {@code (2,)} a tuple. */
    private Object tuple(int depth) {
        at++;
        List<Object> values = new ArrayList<>();
        boolean comma = elements(')', depth, values);
        return values.size() == 1 && !comma ? values.get(0) : new Tuple(values);
    }

    /** Reads up to the closing mark and says whether the last element had a comma behind it. */
    private boolean elements(char close, int depth, List<Object> into) {
        boolean comma = false;
        while (peek() != close) {
            if (!into.isEmpty() && !comma) {
                throw fault("comma missing");
            }
            into.add(value(depth + 1));
            comma = skip(',');
        }
        at++;
        return comma;
    }

    private Map<Object, Object> dictionary(int depth) {
        at++;
        Map<Object, Object> values = new LinkedHashMap<>();
        boolean comma = true;
        while (peek() != '}') {
            if (!comma) {
                throw fault("comma missing");
            }
            Object key = value(depth + 1);
            if (!skip(':')) {
                throw fault("colon missing");
            }
            values.put(key, value(depth + 1));
            comma = skip(',');
        }
        at++;
        return values;
    }

    private String string() {
        char mark = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != mark) {
            char c = text.charAt(at++);
            if (c == '\n') {
                throw fault("string does not end");
            }
            value.append(c == '\\' ? escape() : c);
        }
        if (at >= text.length()) {
            throw fault("string does not end");
        }
        at++;
        return value.toString();
    }

    private char escape() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '\\', '\'', '"' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'x' -> {
                int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
                if (high < 0 || low < 0) {
                    throw fault("bad escape");
                }
                at += 2;
                yield (char) (high * 16 + low);
            }
            default -> throw fault("bad escape");
        };
    }

    private Object word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.equals("True") || word.equals("False")) {
            return word.equals("True");
        }
        boolean leadingZero = word.length() > 1 && word.charAt(word.startsWith("-") ? 1 : 0) == '0';
        if (!word.matches("-?[0-9]{1,18}") || leadingZero) {
            throw fault("unexpected '" + word + "'");
        }
        return Long.parseLong(word);
    }

    private static boolean isWord(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
    }

    private boolean skip(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /** The next character that is no white space, not consumed; 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private ItemFormatException fault(String what) {
        return new ItemFormatException(ItemFault.NUMPY_SYNTAX, what + " at " + at + " in \"" + text + "\"");
    }
}
