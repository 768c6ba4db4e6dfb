package org.cbfsdp.settings;

/**
 * A text is no value of a type. The message continues the sentence "key = 'text' ..." and says what would be right.
 * Thrown by {@link SettingType#parse} and turned into a fault by the loader; it never leaves this package.
 */
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadValueException(String complaint) {
        super(complaint);
    }
}
