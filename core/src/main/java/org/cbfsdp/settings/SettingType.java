package org.cbfsdp.settings;

/**
 * The type of a setting: how its text is read, and how that is described to users. Immutable.
 *
 * @param <T> what the text becomes
 */
interface SettingType<T> {
    /** A word or two for the tables, {@code integer} or {@code choice}. */
    String name();

    /** What is allowed, {@code 1 to 65535}; empty when every text of the type is. */
    String range();

    /**
     * Reads a value.
     *
     * @param text as written, without blanks around it
     * @throws BadValueException when it is none, saying what would be right
     */
    T parse(String text);
}
