package org.cbfsdp.settings;

import java.util.Locale;

/** The words that {@code configparser.getboolean} knows, in any case. */
record BooleanType() implements SettingType<Boolean> {
    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public String range() {
        return "true, false (yes/no, on/off, 1/0)";
    }

    @Override
    public Boolean parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            case "0", "no", "false", "off" -> false;
            default -> throw new BadValueException("is neither true nor false; give one of " + range());
        };
    }
}
