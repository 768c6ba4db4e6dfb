package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsSchemaTest {
    @ParameterizedTest
    @MethodSource("settings")
    void shouldDeclareWholeSettings(Setting<?> setting) {
        assertThat(setting.key()).matches("[a-z][a-z_]*");
        assertThat(setting.aliases()).allMatch(alias -> alias.matches("[a-z][a-z_]*"));
        assertThat(setting.text()).matches("(?s)\\S.*\\.");
        assertThat(setting.type().name()).isNotEmpty();
        assertThat(setting.programs()).isNotEmpty();
        assertThatCode(() -> setting.type().parse(setting.defaultText()))
                .as("default of " + setting)
                .doesNotThrowAnyException();
    }

    @Test
    void shouldDeclareEachNameOnce() {
        List<String> names = new ArrayList<>();
        settings().forEach(setting -> {
            names.add(setting.name());
            setting.aliases().forEach(alias -> names.add(setting.group() + "." + alias));
        });
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepSettingsInTheGroupThatTheyName() {
        for (SettingGroup group : SettingsSchema.groups()) {
            assertThat(group.settings())
                    .isNotEmpty()
                    .allMatch(setting -> setting.group().equals(group.name()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "transmission, channel_per_stream, transmission.channels_per_stream",
        "transmission, ratte, transmission.rate",
        "transmision, max_packet_size, transmission.max_packet_size",
        "receptoin, max_packet_size, reception.max_packet_size",
        "reader, rate, transmission.rate",
        "reception, ports_start, reception.receiver_port_start",
        "mswriter, over_write, mswriter.overwrite",
        "Reader, start_chan, reader.start_chan"
    })
    void shouldFindWhatWasMeant(String group, String key, String meant) {
        assertThat(SettingsSchema.find(group, key)).isEmpty();
        assertThat(SettingsSchema.nearest(group, key))
                .hasValueSatisfying(setting -> assertThat(setting).hasToString(meant));
    }

    @ParameterizedTest
    @CsvSource({"foo, bar", "foo, x", "reader, colour_of_the_sky", "transmission, t"})
    void shouldNotGuessWhereNothingIsNear(String group, String key) {
        assertThat(SettingsSchema.nearest(group, key)).isEmpty();
        assertThat(SettingsSchema.nearestGroup("foo")).isEmpty();
    }

    @Test
    void shouldFindSettingsByAlias() {
        assertThat(SettingsSchema.find("reception", "port_start"))
                .hasValueSatisfying(setting -> assertThat(setting).hasToString("reception.receiver_port_start"));
        assertThat(SettingsSchema.find("transmission", "port_start")).isEmpty();
    }

    static Stream<Setting<?>> settings() {
        return SettingsSchema.settings();
    }
}
