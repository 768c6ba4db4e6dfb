package org.cbfsdp.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names between commas: at least one, none empty, none twice.
 *
 * @param aliases names of the original emulator and what they are called here
 */
record ListType(Map<String, String> aliases) implements SettingType<List<String>> {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public String range() {
        return "names between commas";
    }

    @Override
    public List<String> parse(String text) {
        List<String> items = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String item = part.strip();
            if (item.isEmpty()) {
                throw new BadValueException(
                        text.isEmpty()
                                ? "is empty; give at least one name"
                                : "has an empty name; give names between commas");
            }
            String name = aliases.getOrDefault(item, item);
            if (items.contains(name)) {
                throw new BadValueException("names " + name + " twice; give each name once");
            }
            items.add(name);
        }
        return List.copyOf(items);
    }
}
