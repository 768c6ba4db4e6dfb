package org.cbfsdp.settings;

/**
 * White space as Python counts it, which is more than Java does: the no-break spaces that come with text copied from
 * documents are blanks as well.
 */
final class Blanks {
    private static final char NEXT_LINE = '\u0085';

    private Blanks() {}

    static String strip(String text) {
        String head = stripEnd(text);
        return head.substring(indent(head));
    }

    static String stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** How many characters come before the first that is not blank; a tab is one. */
    static int indent(String text) {
        int start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }
}
