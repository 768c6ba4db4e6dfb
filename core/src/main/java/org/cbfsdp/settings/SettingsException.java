package org.cbfsdp.settings;

import java.util.List;

/**
 * The settings cannot be used: every fault found, not only the first. A program that gets one exits with code 2.
 *
 * <p>Each fault is one sentence that begins with its place ({@code file:line}, {@code -o} or {@code argument}) when it has one.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A serialisable copy: the list's class is one of the JDK's immutable ones. */
    @SuppressWarnings("serial")
    private final List<String> faults;

    SettingsException(List<String> faults) {
        super(describe(faults));
        this.faults = List.copyOf(faults);
    }

    /**
     * What only shows when the settings meet the data: one sentence that names the key, the value and what would be right.
     */
    public SettingsException(String sentence) {
        this(sentence, null);
    }

    /** As the other, with what brought it to light. */
    public SettingsException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.faults = List.of(sentence);
    }

    /** The faults, at least one: of form and of names first, then of values, then those between settings. */
    public List<String> faults() {
        return faults;
    }

    private static String describe(List<String> faults) {
        String title = faults.size() == 1 ? "1 fault in the settings:" : faults.size() + " faults in the settings:";
        return title + "\n  " + String.join("\n  ", faults);
    }
}
