package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.ReceptionSettings.ConsumerOverflow;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsumerSettingsTest {
    @Test
    void shouldHandMsWriterItsDeclaredSettings() {
        ConsumerOptions options = ConsumerSettings.of(
                "mswriter",
                settings(
                        "reception.outputfilename=out.ms",
                        "mswriter.overwrite=yes",
                        "mswriter.flush_interval=2.5",
                        "mswriter.flag_from_fd=never",
                        "mswriter.weight_spectrum=true",
                        "mswriter.tile_bytes=4096",
                        "mswriter.telescope_name=LOW",
                        "mswriter.per_scan=on",
                        "mswriter.max_dumps=100",
                        "mswriter.command=run 'a b' c",
                        "mswriter.command_timeout=1.5",
                        "reception.time_tolerance=0.25"));
        assertThat(options.text("output")).hasValue("out.ms");
        assertThat(options.flag("overwrite", false)).isTrue();
        assertThat(options.decimal("flush_interval", 0)).isEqualTo(2.5);
        assertThat(options.flag("flag_from_fd", true)).isFalse();
        assertThat(options.flag("weight_spectrum", false)).isTrue();
        assertThat(options.integer("tile_bytes", 0)).isEqualTo(4096);
        assertThat(options.decimal("time_tolerance", 0)).isEqualTo(0.25);
        assertThat(options.text("telescope_name")).hasValue("LOW");
        assertThat(options.flag("per_scan")).isTrue();
        assertThat(options.integer("max_dumps")).isEqualTo(100);
        assertThat(options.text("command")).hasValue("run\na b\nc");
        assertThat(options.decimal("command_timeout")).isEqualTo(1.5);
    }

    @Test
    void shouldHandMsWriterTheDeclaredDefaults() {
        ConsumerOptions options = ConsumerSettings.of("mswriter", settings());
        assertThat(options.text("output")).hasValue("recv-vis.ms");
        assertThat(options.flag("overwrite", true)).isFalse();
        assertThat(options.decimal("flush_interval", 0)).isEqualTo(10);
        assertThat(options.flag("flag_from_fd", false)).isTrue();
        assertThat(options.text("telescope_name")).isEmpty();
        assertThat(options.flag("per_scan")).isFalse();
        assertThat(options.integer("max_dumps")).isZero();
        assertThat(options.text("command")).isEmpty();
        assertThat(options.decimal("command_timeout")).isEqualTo(3600);
    }

    @Test
    void shouldHandAnybodyElseTheGroupOfItsName() {
        ReceiverSettings settings = settings(
                "consumer.org.example.Mean.File=mean.csv", "consumer.org.example.Mean.digits=3", "consumer.other.x=1");
        ConsumerOptions options = ConsumerSettings.of("org.example.Mean", settings);
        assertThat(options.text("file")).hasValue("mean.csv");
        assertThat(options.integer("digits", 0)).isEqualTo(3);
        assertThat(options.text("x")).isEmpty();
        assertThat(ConsumerSettings.of("org.example.Mode", settings).text("file"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAPolicyForEveryOverflow(ConsumerOverflow overflow) {
        assertThat(ConsumerSettings.policy(overflow)).hasToString(overflow.name());
    }

    private static ReceiverSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader();
        Stream.of(options).forEach(loader::option);
        return loader.loadReceiver();
    }
}
