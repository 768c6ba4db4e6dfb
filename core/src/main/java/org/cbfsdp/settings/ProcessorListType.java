package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.List;

/** Numbers of processors between commas; -1 is none in particular. */
record ProcessorListType() implements SettingType<List<Integer>> {
    /** The largest that Linux can be built for. */
    private static final int LAST_PROCESSOR = 8191;

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String range() {
        return "numbers of processors between commas";
    }

    @Override
    public List<Integer> parse(String text) {
        NumberType<Integer> number = NumberType.integer(-1, LAST_PROCESSOR);
        List<Integer> processors = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                processors.add(number.parse(part.strip()));
            } catch (BadValueException e) {
                throw new BadValueException("has '" + part.strip().replace("\n", "\\n")
                        + "' in it, which is no processor; give numbers from 0 to " + LAST_PROCESSOR
                        + " between commas, -1 for none in particular");
            }
        }
        return List.copyOf(processors);
    }
}
