package org.cbfsdp.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The values of all settings, parsed one by one. A setting whose text was faulty has no value. Used by the loader's
 * thread alone, until the records are made.
 */
final class SettingValues {
    private final Map<Setting<?>, Object> values = new HashMap<>();

    /** Parses and keeps {@code text}. */
    <T> void put(Setting<T> setting, String text) {
        values.put(setting, setting.type().parse(text));
    }

    /**
     * The value of {@code setting}.
     *
     * @throws IllegalStateException when it has none: the caller should have asked {@link #hasAll}
     */
    @SuppressWarnings("unchecked") // put() is the only writer, and keeps what the setting's own type has made
    <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no value");
        }
        return (T) value;
    }

    OptionalInt getInt(Setting<Optional<Integer>> setting) {
        return get(setting).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Whether all of {@code settings} have a value, so that they can be compared with each other. */
    boolean hasAll(Setting<?>... settings) {
        return values.keySet().containsAll(List.of(settings));
    }

    /**
     * Seconds, as files give them, in nanoseconds. The types keep them to a year, which fits. A time above 0 stays above 0,
     * since 0 has a meaning of its own wherever it is allowed.
     */
    static long nanos(double seconds) {
        return seconds > 0 ? Math.max(1, Math.round(seconds * 1e9)) : 0;
    }
}
