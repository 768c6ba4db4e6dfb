package org.cbfsdp.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SyntheticSourceTest {
    private static ReaderSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader().option("reader.synthetic=3x10x4");
        for (String option : options) {
            loader.option("reader." + option);
        }
        return loader.loadSender().reader();
    }

    @Test
    void shouldHaveTheShapeAskedFor() {
        try (DumpSource source = DumpSource.open(settings())) {
            assertThat(source.baselines().count()).isEqualTo(6);
            assertThat(source.baselines().hasAutocorrelations()).isTrue();
            assertThat(source.channels()).isEqualTo(new ChannelRange(0, 10));
            assertThat(source.dumpCount()).isEqualTo(4);
            assertThat(source.correlationTypes()).containsExactly(9, 10, 11, 12);
            assertThat(source.timeMjdSeconds(3) - source.timeMjdSeconds(2)).isEqualTo(source.intervalSeconds(2));
        }
    }

    @Test
    void shouldHeedTheSelection() {
        try (DumpSource source = DumpSource.open(settings("start_chan=7", "num_chan=9", "num_timestamps=2"))) {
            assertThat(source.channels()).isEqualTo(new ChannelRange(7, 3));
            assertThat(source.dumpCount()).isEqualTo(2);
        }
        ReaderSettings past = settings("start_chan=10");
        assertThatThrownBy(() -> DumpSource.open(past))
                .isInstanceOf(SettingsException.class)
                .hasMessage("reader.start_chan = 10 is past the last of the 10 channels of reader.synthetic");
    }

    /** With 48 MB nothing of that size could be made: it is refused before. */
    @Test
    @Timeout(60)
    void shouldRefuseAShapeThatIsTooLargeBeforeItMakesAnything() throws Exception {
        ChildProgram.Outcome outcome = ChildProgram.run(List.of("-Xmx48m"), "-o", "reader.synthetic=4096x100000x1");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lines())
                .containsExactly("emu-send: reader.synthetic: a dump of the 8390656 baselines of 4096 stations, 100000"
                        + " channels and 4 polarisations exceeds 2 GiB; give fewer stations or channels, or read fewer"
                        + " (reader.num_chan)");
    }

    @Test
    void shouldTellTimeAndChannelByAmplitudeAndTheRestByPhase() {
        try (DumpSource source = DumpSource.open(settings("start_chan=2"))) {
            DumpBlock block = source.newBlock();
            source.read(3, block);
            FloatBuffer values = block.visibilities().asFloatBuffer();
            for (int b = 0; b < 6; b++) {
                for (int c = 2; c < 10; c++) {
                    for (int p = 0; p < 4; p++) {
                        double re = values.get();
                        double im = values.get();
                        assertThat(Math.hypot(re, im)).isCloseTo(4 + c / 10.0, within(1e-5));
                        double turn = Math.atan2(im, re) / (2 * Math.PI);
                        assertThat(turn < -1e-6 ? turn + 1 : turn).isCloseTo((4 * b + p) / 24.0, within(1e-5));
                    }
                }
            }
            assertThat(values.hasRemaining()).isFalse();
        }
    }
}
