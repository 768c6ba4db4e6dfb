package org.cbfsdp.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Text that is no number and no choice.
 *
 * @param name the type, for the tables
 * @param range what is allowed, for the tables
 * @param reader makes the value or complains
 */
record TextType<T>(String name, String range, Function<String, T> reader) implements SettingType<T> {

    /** Any text of one line that is not empty. */
    static TextType<String> text() {
        return new TextType<>("text", "", TextType::oneLine);
    }

    /** A path, relative to the directory in which the program is started. */
    static TextType<Path> path() {
        return new TextType<>("path", "", text -> {
            try {
                return Path.of(oneLine(text));
            } catch (InvalidPathException e) {
                throw new BadValueException("is no path: " + e.getReason());
            }
        });
    }

    /** The name or address of a host; the name is not looked up here. */
    static TextType<String> host() {
        return new TextType<>("host", "name or address", TextType::hostText);
    }

    @Override
    public T parse(String text) {
        return reader.apply(text);
    }

    private static String oneLine(String text) {
        if (text.isEmpty()) {
            throw new BadValueException("is empty; give a value");
        }
        if (text.indexOf('\n') >= 0) {
            throw new BadValueException("has several lines (an indented line continues the one above); give one line");
        }
        return text;
    }

    private static String hostText(String text) {
        String host = oneLine(text);
        if (host.chars().anyMatch(character -> character <= ' ' || character == '/' || character == '=')) {
            throw new BadValueException("is no host; give a name or an address");
        }
        return host;
    }
}
