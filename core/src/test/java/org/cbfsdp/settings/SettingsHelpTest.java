package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsHelpTest {
    @ParameterizedTest
    @EnumSource
    void shouldDescribeTheSettingsOfTheProgramAndNoOthers(Program program) {
        String help = SettingsHelp.render(program, 80);
        SettingsSchema.settings().forEach(setting -> {
            boolean described = help.contains("\n  " + setting.name() + " (");
            assertThat(described)
                    .as(setting.name())
                    .isEqualTo(setting.programs().contains(program));
        });
        assertThat(help).startsWith("Settings of " + program.command());
    }

    @Test
    void shouldShowDefaultUnitRangeAndMeaning() {
        String help = SettingsHelp.render(Program.SEND, 80);
        assertThat(help)
                .contains(
                        "\n  transmission.max_packet_size (integer, bytes, 56 to 65536; not set)\n",
                        "\n  reader.field_id (integer, 0 to 2147483647; not set)\n      Reads only the rows",
                        "\n[payload] What is in a heap.\n");
        assertThat(SettingsHelp.render(Program.RECV, 120))
                .contains("receiver_port_start (integer, 1 to 65535; default 41000; alias port_start)\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 80, 120})
    void shouldKeepWithinTheWidth(int columns) {
        assertThat(SettingsHelp.render(Program.RECV, columns).lines()).allMatch(line -> line.length() <= columns);
        assertThat(SettingsHelp.render(Program.SEND, columns).lines()).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void shouldRefuseNarrowTerminals() {
        assertThatThrownBy(() -> SettingsHelp.render(Program.SEND, 39)).isInstanceOf(IllegalArgumentException.class);
    }
}
