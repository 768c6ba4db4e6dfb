package org.cbfsdp.settings;

import java.util.List;

/**
 * A configuration file as {@link IniReader} understood it. Immutable.
 *
 * @param source name of the file, for places
 * @param sections in the order of the file; {@code [DEFAULT]} may occur several times, every other one once
 * @param faults one sentence each, beginning with its place
 */
record IniDocument(String source, List<Section> sections, List<String> faults) {
    /** The section whose keys all others inherit; its name is written in capitals. */
    static final String DEFAULT_SECTION = "DEFAULT";

    IniDocument {
        sections = List.copyOf(sections);
        faults = List.copyOf(faults);
    }

    /** A section without what it inherits; keys occur once. */
    record Section(String name, int line, List<Entry> entries) {
        Section {
            entries = List.copyOf(entries);
        }

        boolean isDefault() {
            return name.equals(DEFAULT_SECTION);
        }
    }

    /** A key in lower case and its value as written, continuation lines joined with {@code \n}. */
    record Entry(String key, String value, int line) {}

    /** {@code file:line}. */
    String place(int line) {
        return source + ":" + line;
    }
}
