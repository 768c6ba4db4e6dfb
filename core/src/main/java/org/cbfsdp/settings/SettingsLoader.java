package org.cbfsdp.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cbfsdp.settings.LayeredConfiguration.Layer;
import org.cbfsdp.settings.LayeredConfiguration.Located;

/**
 * Puts the declared defaults, the file, the options {@code -o group.name=value} and the arguments over each other, checks
 * everything, and makes the frozen records.
 *
 * <p>The file's section {@code [DEFAULT]} gives values to every group that knows its keys. Options win over the file
 * whatever the order of the calls; of two options for one setting the later wins. Faults are gathered, never thrown
 * before {@link #loadSender} or {@link #loadReceiver}. Every setting of both programs is checked for either program, since
 * one file serves both. Confined to one thread; an instance loads once.
 */
public final class SettingsLoader {
    private static final String NO_PLACE = "";

    /** Far more than all settings with comments take; devices such as /dev/zero have no end. */
    private static final int MOST_FILE_BYTES = 1 << 20;

    private final LayeredConfiguration configuration = new LayeredConfiguration();
    private final List<String> faults = new ArrayList<>();

    public SettingsLoader() {
        SettingsSchema.settings()
                .forEach(setting -> configuration.put(
                        Layer.DECLARED_DEFAULTS,
                        setting.group(),
                        setting.key(),
                        new Located(setting.defaultText(), NO_PLACE)));
    }

    /** Reads a configuration file, in UTF-8. Called at most once. */
    public SettingsLoader file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_FILE_BYTES + 1);
            if (bytes.length > MOST_FILE_BYTES) {
                faults.add(file + ": is longer than " + MOST_FILE_BYTES
                        + " bytes, so it is no settings file; name one with -c");
                return this;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text(file.toString(), text);
        } catch (CharacterCodingException e) {
            faults.add(file + ": is not text in UTF-8; save it as such");
        } catch (NoSuchFileException e) {
            faults.add(file + ": there is no such file; name a settings file with -c");
        } catch (IOException e) {
            faults.add(file + ": cannot be read: " + e.getMessage());
        }
        return this;
    }

    /**
     * Takes the text of a configuration file.
     *
     * @param source what the file is called in faults
     */
    public SettingsLoader text(String source, String text) {
        IniDocument document = IniReader.read(source, text);
        faults.addAll(document.faults());
        for (IniDocument.Section section : document.sections()) {
            if (section.isDefault()) {
                section.entries().forEach(entry -> takeDefault(document, entry));
            }
        }
        document.sections().stream()
                .filter(section -> !section.isDefault())
                .forEach(section -> takeSection(document, section));
        return this;
    }

    /** Takes what a user wrote after {@code -o}: {@code group.name=value}, the name parted from the group by the last dot. */
    public SettingsLoader option(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? "" : option.substring(0, equals);
        int dot = name.lastIndexOf('.');
        String group = dot < 0 ? "" : Blanks.strip(name.substring(0, dot));
        String key = Blanks.strip(name.substring(dot + 1)).toLowerCase(Locale.ROOT);
        if (group.isEmpty() || key.isEmpty()) {
            faults.add("-o: '" + option + "' is not understood; write group.name=value");
            return this;
        }
        put(Layer.OPTIONS, group, key, new Located(Blanks.strip(option.substring(equals + 1)), "-o"));
        return this;
    }

    /** Takes the positional argument of emu-send. It wins over everything. */
    public SettingsLoader measurementSet(Path measurementSet) {
        Setting<?> setting = ReaderSettings.MEASUREMENT_SET;
        configuration.put(
                Layer.ARGUMENTS, setting.group(), setting.key(), new Located(measurementSet.toString(), "argument"));
        return this;
    }

    /**
     * Checks everything and makes the records of emu-send.
     *
     * @throws SettingsException with every fault found
     */
    public SenderSettings loadSender() {
        return SenderSettings.from(values(Program.SEND));
    }

    /**
     * Checks everything and makes the records of emu-recv.
     *
     * @throws SettingsException with every fault found
     */
    public ReceiverSettings loadReceiver() {
        return ReceiverSettings.from(values(Program.RECV), consumerOptions());
    }

    private void takeDefault(IniDocument document, IniDocument.Entry entry) {
        Located value = new Located(entry.value(), document.place(entry.line()));
        boolean known = false;
        for (SettingGroup group : SettingsSchema.groups()) {
            if (SettingsSchema.find(group.name(), entry.key()).isPresent()) {
                put(Layer.FILE_DEFAULT_SECTION, group.name(), entry.key(), value);
                known = true;
            }
        }
        for (IniDocument.Section section : document.sections()) {
            if (SettingsSchema.isConsumerGroup(section.name())) {
                put(Layer.FILE_DEFAULT_SECTION, section.name(), entry.key(), value);
            }
        }
        if (!known) {
            reportUnknown(IniDocument.DEFAULT_SECTION, entry.key(), value.place());
        }
    }

    /** What stands in a section whose name is mistyped is looked at as if that were right, so that all faults are told at once. */
    private void takeSection(IniDocument document, IniDocument.Section section) {
        Layer layer = Layer.FILE;
        String group = section.name();
        if (!isKnownGroup(section.name())) {
            String unknown = document.place(section.line()) + ": unknown section [" + section.name() + "]; ";
            Optional<String> meant = SettingsSchema.nearestGroup(section.name());
            if (meant.isPresent()) {
                faults.add(unknown + "did you mean [" + meant.get() + "]?");
                layer = Layer.FILE_MISTYPED_SECTION;
                group = meant.get();
            } else if (section.entries().isEmpty()) {
                faults.add(unknown + groupsThereAre());
            }
        }
        for (IniDocument.Entry entry : section.entries()) {
            put(layer, group, entry.key(), new Located(entry.value(), document.place(entry.line())));
        }
    }

    private void put(Layer layer, String group, String word, Located value) {
        if (SettingsSchema.isConsumerGroup(group)) {
            configuration.put(layer, group, word, value);
            return;
        }
        SettingsSchema.find(group, word)
                .ifPresentOrElse(
                        setting -> putKnown(layer, setting, word, value),
                        () -> reportUnknown(group, word, value.place()));
    }

    private void putKnown(Layer layer, Setting<?> setting, String word, Located value) {
        Located earlier = configuration.get(layer, setting.group(), setting.key());
        if (earlier != null && layer != Layer.OPTIONS) {
            faults.add(value.place() + ": " + setting.group() + "." + word
                    + " is another name of the key that is given at " + earlier.place() + "; keep one of them");
        } else {
            configuration.put(layer, setting.group(), setting.key(), value);
        }
    }

    private void reportUnknown(String group, String key, String place) {
        String hint = SettingsSchema.nearest(group, key)
                .map(setting -> "did you mean " + setting + "?")
                .orElseGet(() -> isKnownGroup(group) || group.equals(IniDocument.DEFAULT_SECTION)
                        ? "none has a name like it; --help lists them all"
                        : "there is no group " + group + ", " + groupsThereAre());
        faults.add(place + ": unknown setting " + group + "." + key + "; " + hint);
    }

    private static boolean isKnownGroup(String name) {
        return SettingsSchema.isConsumerGroup(name)
                || SettingsSchema.groups().stream()
                        .anyMatch(group -> group.name().equals(name));
    }

    private static String groupsThereAre() {
        return SettingsSchema.groups().stream()
                        .map(SettingGroup::name)
                        .collect(Collectors.joining(", ", "there are ", ""))
                + " and consumer.NAME";
    }

    private SettingValues values(Program program) {
        SettingValues values = new SettingValues();
        SettingsSchema.settings().forEach(setting -> {
            try {
                values.put(setting, located(setting).text());
            } catch (BadValueException e) {
                reportFault(setting, e.getMessage());
            }
        });
        SettingsRules.check(program, values, this::reportFault);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return values;
    }

    private void reportFault(Setting<?> setting, String complaint) {
        Located value = located(setting);
        String place = value.place().equals(NO_PLACE) ? "" : value.place() + ": ";
        String shown = value.text().isEmpty() ? "" : " = '" + value.text().replace("\n", "\\n") + "'";
        faults.add(place + setting + shown + " " + complaint);
    }

    private Located located(Setting<?> setting) {
        return configuration.get(setting.group(), setting.key());
    }

    private Map<String, Map<String, String>> consumerOptions() {
        return configuration.groupsStartingWith(SettingsSchema.CONSUMER_PREFIX);
    }
}
