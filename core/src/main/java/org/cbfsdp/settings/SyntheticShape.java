package org.cbfsdp.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much made-up data there are. Immutable.
 *
 * @param stations 1 to 4096, each with every other and with itself
 * @param channels at least 1
 * @param dumps at least 1
 */
public record SyntheticShape(int stations, int channels, int dumps) {
    private static final int MOST_STATIONS = 4096;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})x([0-9]{1,9})");

    static final SettingType<SyntheticShape> TYPE = new SettingType<>() {
        @Override
        public String name() {
            return "shape";
        }

        @Override
        public String range() {
            return "STATIONSxCHANNELSxDUMPS, at most " + MOST_STATIONS + " stations";
        }

        @Override
        public SyntheticShape parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new BadValueException("is no shape; give " + range() + ", such as 16x1024x4");
            }
            SyntheticShape shape = new SyntheticShape(
                    Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
            if (shape.stations < 1 || shape.stations > MOST_STATIONS || shape.channels < 1 || shape.dumps < 1) {
                throw new BadValueException("is out of range; give " + range() + ", and at least one of each");
            }
            return shape;
        }
    };
}
