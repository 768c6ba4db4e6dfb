package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ImpairSettingsTest {
    private static SettingsLoader loader(String... options) {
        SettingsLoader loader = new SettingsLoader().measurementSet(Path.of("x.ms"));
        for (String option : options) {
            loader.option("transmission." + option);
        }
        return loader;
    }

    @Test
    void shouldDoNothingUnlessSet() {
        ImpairSettings impair = loader().loadSender().impair();
        assertThat(impair.isOn()).isFalse();
        assertThat(impair.log()).isEmpty();
        assertThat(loader("impair.drop_heaps=0.1").loadSender().impair().concernsHeaps())
                .isTrue();
        assertThat(loader("impair.corrupt_packets=0.1").loadSender().impair().concernsPackets())
                .isTrue();
        assertThat(loader("impair.cut_stream=0").loadSender().impair().isOn()).isTrue();
    }

    @Test
    void shouldBeASectionOfTheFile() {
        ImpairSettings impair =
                new SettingsLoader().text("file", """
                        [reader]
                        measurement_set = x.ms
                        [transmission.impair]
                        seed = 7
                        log = done.jsonl
                        late_heaps = 0.25
                        late_distance = 9
                        stall_stream = 2
                        stall_seconds = 0.5
                        """).loadSender().impair();
        assertThat(impair.seed()).isEqualTo(7);
        assertThat(impair.log()).contains(Path.of("done.jsonl"));
        assertThat(impair.lateHeaps()).isEqualTo(0.25);
        assertThat(impair.lateDistanceDumps()).isEqualTo(9);
        assertThat(impair.stallStream()).isEqualTo(OptionalInt.of(2));
        assertThat(impair.stallNanos()).isEqualTo(500_000_000);
    }

    @Test
    void shouldRefuseMoreThanAll() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> loader("impair.drop_heaps=0.75", "impair.late_heaps=0.5")
                        .loadSender())
                .withMessageContaining("transmission.impair.late_heaps = '0.5' makes more than all heaps impaired:"
                        + " drop_heaps + late_heaps is 1.25; give 1 at most in all");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> loader("impair.drop_packets=0.75", "impair.corrupt_packets=0.5")
                        .loadSender())
                .withMessageContaining("more than all packets");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        loader("impair.drop_heaps=0.6", "impair.late_heaps=0.7").loadSender())
                .withMessageContaining(" drop_heaps + late_heaps is 1.3; ");
        assertThatCode(() ->
                        loader("impair.drop_heaps=1", "impair.drop_packets=1").loadSender())
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefusePacketsInWhichItemsHaveNoRoom() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        loader("impair.drop_heaps=0.5", "max_packet_size=255").loadSender())
                .withMessageContaining("transmission.max_packet_size = '255' is too small to impair anything");
        assertThatCode(() ->
                        loader("impair.drop_heaps=0.5", "max_packet_size=256").loadSender())
                .doesNotThrowAnyException();
        assertThatCode(() -> loader("max_packet_size=255").loadSender()).doesNotThrowAnyException();
    }

    @Test
    void shouldNameTheNearestSetting() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> loader("impair.drop_heap=0.5").loadSender())
                .withMessageContaining(
                        "unknown setting transmission.impair.drop_heap; did you mean transmission.impair.drop_heaps?");
    }
}
