package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads configuration files as Python's {@code configparser} does with its defaults, interpolation switched off.
 *
 * <p>The rules: {@code [section]} and whatever follows on that line; {@code key = value} or {@code key : value}, parted at
 * the first of the two signs; keys in lower case; values as written but for blanks around them, quotes and inline
 * {@code ;} and {@code #} included; comments are lines that begin with {@code #} or {@code ;}; a line indented deeper than
 * its key continues the value; empty lines within a value are kept, those at its end are not.
 *
 * <p>Stricter than {@code configparser} in one thing: a line that begins with {@code [} and is no section, for want of a
 * {@code ]} or of a name, is a fault even where it could pass for a key. More patient in two: it goes on after a fault, to
 * report all of them, and it skips a byte order mark. An instance reads one text.
 */
final class IniReader {
    private final String source;
    private final List<IniDocument.Section> sections = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> sectionNames = new HashSet<>();
    private final Set<List<String>> seenKeys = new HashSet<>();

    private int lineNumber;
    private OpenSection section;
    private OpenEntry entry;
    private int indentOfKey;
    private boolean orphansReported;

    private IniReader(String source) {
        this.source = source;
    }

    /**
     * Reads a whole file.
     *
     * @param source its name, for places
     * @param text its contents, lines ended by LF, CR LF or CR
     */
    static IniDocument read(String source, String text) {
        IniReader reader = new IniReader(source);
        (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().forEach(reader::line);
        reader.closeSection();
        return new IniDocument(source, reader.sections, reader.faults);
    }

    private void line(String line) {
        lineNumber++;
        String content = Blanks.strip(line);
        if (content.isEmpty()) {
            if (entry != null) {
                entry.lines.add("");
            }
            return;
        }
        if (content.startsWith("#") || content.startsWith(";")) {
            return;
        }
        int indent = Blanks.indent(line);
        if (entry != null && indent > indentOfKey) {
            entry.lines.add(content);
            return;
        }
        indentOfKey = indent;
        if (content.startsWith("[")) {
            header(content);
        } else {
            keyAndValue(content);
        }
    }

    private void header(String content) {
        int end = content.lastIndexOf(']');
        if (end < 0) {
            fault("'" + content + "' lacks the ] at its end; write [section]");
            return;
        }
        if (end == 1) {
            fault("a section needs a name; write [section]");
            return;
        }
        closeSection();
        String name = content.substring(1, end);
        section = new OpenSection(name, lineNumber);
        if (!name.equals(IniDocument.DEFAULT_SECTION) && !sectionNames.add(name)) {
            fault("section [" + name + "] is here for the second time; put its keys into the first one");
            section.duplicate = true;
        }
    }

    private void keyAndValue(String content) {
        int separator = separator(content);
        if (section == null) {
            if (!orphansReported) {
                fault("'" + content + "' stands before any section; begin with a line such as [reader]");
                orphansReported = true;
            }
            return;
        }
        if (separator < 0) {
            fault("'" + content + "' has neither = nor : in it; write key = value");
            return;
        }
        String key = Blanks.strip(content.substring(0, separator)).toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            closeEntry();
            fault("'" + content + "' has no key before the " + content.charAt(separator) + "; write key = value");
            return;
        }
        closeEntry();
        entry = new OpenEntry(key, lineNumber);
        entry.lines.add(Blanks.strip(content.substring(separator + 1)));
    }

    private static int separator(String content) {
        int equals = content.indexOf('=');
        int colon = content.indexOf(':');
        return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
    }

    private void closeEntry() {
        if (entry == null) {
            return;
        }
        if (!section.duplicate && !seenKeys.add(List.of(section.name, entry.key))) {
            faults.add(source + ":" + entry.line + ": key " + entry.key + " is in section [" + section.name
                    + "] for the second time; keep one of them");
        } else {
            String value = Blanks.stripEnd(String.join("\n", entry.lines));
            section.entries.add(new IniDocument.Entry(entry.key, value, entry.line));
        }
        entry = null;
    }

    private void closeSection() {
        closeEntry();
        if (section != null && !section.duplicate) {
            sections.add(new IniDocument.Section(section.name, section.line, section.entries));
        }
        section = null;
    }

    private void fault(String sentence) {
        faults.add(source + ":" + lineNumber + ": " + sentence);
    }

    /** The section whose keys are being read. */
    private static final class OpenSection {
        final String name;
        final int line;
        final List<IniDocument.Entry> entries = new ArrayList<>();
        boolean duplicate;

        OpenSection(String name, int line) {
            this.name = name;
            this.line = line;
        }
    }

    /** The key whose value may be continued by the next line. */
    private static final class OpenEntry {
        final String key;
        final int line;
        final List<String> lines = new ArrayList<>();

        OpenEntry(String key, int line) {
            this.key = key;
            this.line = line;
        }
    }
}
