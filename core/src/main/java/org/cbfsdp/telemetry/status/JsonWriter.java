package org.cbfsdp.telemetry.status;

import java.util.Locale;

/**
 * Writes one JSON value into a text. Not thread-safe. Numbers that JSON does not have, NaN and infinities, become null.
 *
 * <p>Keys and values are given in turn; commas are put by the writer. That calls make sense together is the caller's to see
 * to.
 */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder(512);
    private boolean comma;

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return shut('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return shut(']');
    }

    /** The key of the value that is written next. */
    public JsonWriter key(String key) {
        separate();
        quote(key);
        text.append(':');
        comma = false;
        return this;
    }

    public JsonWriter value(String value) {
        separate();
        quote(value);
        return this;
    }

    public JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    public JsonWriter value(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    public JsonWriter value(double value) {
        separate();
        text.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    /** An enum constant in lower case, a number, or anything else as text. */
    public JsonWriter anyValue(Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return value(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return value(number.doubleValue());
        }
        if (value instanceof Enum<?> constant) {
            return value(constant.name().toLowerCase(Locale.ROOT));
        }
        return value(String.valueOf(value));
    }

    /** What has been written. */
    @Override
    public String toString() {
        return text.toString();
    }

    private JsonWriter open(char bracket) {
        separate();
        text.append(bracket);
        comma = false;
        return this;
    }

    private JsonWriter shut(char bracket) {
        text.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            text.append(',');
        }
        comma = true;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                // Escaped surrogates are right in pairs and harmless alone.
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
