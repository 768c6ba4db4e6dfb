package org.cbfsdp.settings;

import java.util.List;

/**
 * The settings of one section of the file, in the order in which they are described.
 *
 * @param text what the group is about, one sentence
 */
record SettingGroup(String name, String text, List<Setting<?>> settings) {
    SettingGroup {
        settings = List.copyOf(settings);
    }
}
