package org.cbfsdp.consumer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The settings of one consumer: those declared for a built-in, or the group {@code consumer.<name>} of the file for
 * anybody else's. Values are read as the suite reads its own: whole numbers in decimal whatever zeros they begin with, or in
 * hexadecimal after 0x; the words of {@code configparser} for true and false. Immutable.
 */
public final class ConsumerOptions {
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private final String group;
    private final Map<String, String> values;

    /**
     * Takes a copy.
     *
     * @param group what messages call the group
     * @param values keys in lower case
     */
    public ConsumerOptions(String group, Map<String, String> values) {
        this.group = group;
        this.values = new TreeMap<>(values);
    }

    /** The text of a key, if it was given. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A whole number, or the default. */
    public long integer(String key, long defaultValue) {
        return parsed(key, defaultValue, ConsumerOptions::parseInteger, "a whole number");
    }

    /** A whole number that must be given. */
    public long integer(String key) {
        return parsed(key, null, ConsumerOptions::parseInteger, "a whole number");
    }

    /** A finite number that must be given. */
    public double decimal(String key) {
        return parsed(key, null, ConsumerOptions::parseDecimal, "a number");
    }

    /** {@code true} or {@code false}, which must be given. */
    public boolean flag(String key) {
        return parsed(key, null, ConsumerOptions::parseFlag, "true or false");
    }

    /** A finite number, or the default. */
    public double decimal(String key, double defaultValue) {
        return parsed(key, defaultValue, ConsumerOptions::parseDecimal, "a number");
    }

    /** {@code true} or {@code false} (also yes/no, on/off, 1/0, in any case), or the default. */
    public boolean flag(String key, boolean defaultValue) {
        return parsed(key, defaultValue, ConsumerOptions::parseFlag, "true or false");
    }

    private static Long parseInteger(String text) {
        return HEXADECIMAL.matcher(text).matches() ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
    }

    private static Double parseDecimal(String text) {
        double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static Boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            case "0", "no", "false", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private <T> T parsed(String key, T defaultValue, Function<String, T> parser, String wanted) {
        String value = values.get(key);
        if (value == null && defaultValue == null) {
            throw new ConsumerException(group + "." + key + " is not given; it must be " + wanted);
        }
        if (value == null) {
            return defaultValue;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new ConsumerException(group + "." + key + " = " + value + " is not " + wanted, e);
        }
    }
}
