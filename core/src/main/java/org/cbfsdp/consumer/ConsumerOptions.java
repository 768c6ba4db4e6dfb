package org.cbfsdp.consumer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of one consumer: those declared for a built-in, or the group {@code consumer.<name>} of the file for
 * anybody else's. Immutable.
 */
public final class ConsumerOptions {
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
        return parsed(key, defaultValue, Long::decode, "a whole number");
    }

    /** A number, or the default. */
    public double decimal(String key, double defaultValue) {
        return parsed(key, defaultValue, Double::valueOf, "a number");
    }

    /** {@code true} or {@code false}, or the default. */
    public boolean flag(String key, boolean defaultValue) {
        return parsed(key, defaultValue, ConsumerOptions::parseFlag, "true or false");
    }

    private static Boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private <T> T parsed(String key, T defaultValue, Function<String, T> parser, String wanted) {
        String value = values.get(key);
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
