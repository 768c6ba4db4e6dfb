package org.cbfsdp.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings of both programs, and how to find one. Immutable. */
final class SettingsSchema {
    /** Groups with this prefix belong to consumers, whoever wrote them; their keys are not looked at. */
    static final String CONSUMER_PREFIX = "consumer.";

    /** One letter in so many may be wrong in a word that is still taken for another. */
    private static final int LETTERS_PER_SLIP = 4;

    private static final List<SettingGroup> GROUPS = List.of(
            ReaderSettings.GROUP,
            TransmissionSettings.GROUP,
            ImpairSettings.GROUP,
            PayloadSettings.GROUP,
            ReceptionSettings.GROUP,
            MsWriterSettings.GROUP,
            TelemetrySettings.GROUP);

    private SettingsSchema() {}

    /** The groups, in the order of the data's road from set to set. */
    static List<SettingGroup> groups() {
        return GROUPS;
    }

    static Stream<Setting<?>> settings() {
        return GROUPS.stream().flatMap(group -> group.settings().stream());
    }

    /** The setting called {@code key}, or by an alias, in {@code group}. */
    static Optional<Setting<?>> find(String group, String key) {
        return settings()
                .filter(setting -> setting.group().equals(group) && setting.isCalled(key))
                .findFirst();
    }

    static boolean isConsumerGroup(String group) {
        return group.startsWith(CONSUMER_PREFIX) && group.length() > CONSUMER_PREFIX.length();
    }

    /**
     * The setting that is most likely meant, if one is called alike: the key counts for more than the group, as keys are what one
     * mistypes.
     */
    static Optional<Setting<?>> nearest(String group, String key) {
        return settings()
                .filter(setting -> isNear(keyDistance(setting, key), key))
                .min(Comparator.comparingInt(setting ->
                        4 * keyDistance(setting, key) + Math.min(3, EditDistance.between(setting.group(), group))));
    }

    /** The group that is most likely meant, if one is called alike. */
    static Optional<String> nearestGroup(String name) {
        return GROUPS.stream()
                .map(SettingGroup::name)
                .filter(group -> isNear(EditDistance.between(group, name), name))
                .min(Comparator.comparingInt(group -> EditDistance.between(group, name)));
    }

    private static boolean isNear(int distance, String word) {
        return distance <= Math.max(1, word.length() / LETTERS_PER_SLIP) && distance < word.length();
    }

    private static int keyDistance(Setting<?> setting, String key) {
        return Stream.concat(Stream.of(setting.key()), setting.aliases().stream())
                .mapToInt(word -> EditDistance.between(word, key))
                .min()
                .orElseThrow();
    }
}
