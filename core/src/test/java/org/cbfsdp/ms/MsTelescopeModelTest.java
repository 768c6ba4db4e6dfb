package org.cbfsdp.ms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.TelescopeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MsTelescopeModelTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("org.cbfsdp.ms.VisibilityReaderTest#samples")
    void shouldTakeTimesAndUvwAsPythonReadsThem(String name) {
        assertModel(SampleSets.set(name));
    }

    @Test
    void shouldTakeThemFromAShuffledSet() {
        assertModel(SampleSets.changed(directory, SampleSets.IRREGULAR, "shuffle", 5));
    }

    @ParameterizedTest
    @CsvSource({
        "low16_both_4pol,16,136,64,4,true",
        "low8_both_2pol,8,36,16,2,true",
        "low8_cross_1pol,8,28,16,1,false",
        "low8_cross_4pol_irregular,8,28,16,4,false"
    })
    void shouldCountWhatTheSamplesAreMadeOf(
            String name, int stations, int baselines, int channels, int polarisations, boolean autos) {
        TelescopeModel model = MsTelescopeModel.read(SampleSets.set(name));
        assertThat(model.stationCount()).isEqualTo(stations);
        assertThat(model.baselines().count()).isEqualTo(baselines);
        assertThat(model.channelCount()).isEqualTo(channels);
        assertThat(model.polarisationCount()).isEqualTo(polarisations);
        assertThat(model.baselines().hasAutocorrelations()).isEqualTo(autos);
    }

    @Test
    void shouldTakeFrequencyAndPhaseCentreAsTaqlPrintsThem() {
        Path set = SampleSets.set(SampleSets.LOW8);
        TelescopeModel model = MsTelescopeModel.read(set);
        assertThat(model.spectralWindow().startHz()).isEqualTo(taql("CHAN_FREQ[0]", set, "SPECTRAL_WINDOW"));
        assertThat(model.spectralWindow().incrementHz()).isEqualTo(taql("CHAN_WIDTH[0]", set, "SPECTRAL_WINDOW"));
        assertThat(model.phaseCentreRaRadians()).isEqualTo(taql("PHASE_DIR[0,0]", set, "FIELD"));
        assertThat(model.phaseCentreDecRadians()).isEqualTo(taql("PHASE_DIR[0,1]", set, "FIELD"));
    }

    @Test
    void shouldRefuseAMissingAndAnAmbiguousSet() {
        Path missing = directory.resolve("missing.ms");
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MsTelescopeModel.read(missing))
                .withMessageContaining("missing.ms cannot be opened");
        Path fields = SampleSets.changed(directory, SampleSets.LOW8, "field");
        assertThatExceptionOfType(MeasurementSetException.class)
                .isThrownBy(() -> MsTelescopeModel.read(fields))
                .withMessageContaining("several fields, FIELD_ID 0, 1");
    }

    private void assertModel(Path set) {
        TelescopeModel model = MsTelescopeModel.read(set);
        ExpectedDumps expected = ExpectedDumps.of(set, directory, "DATA", 0, 1, 0, 0);
        assertThat(model.dumpCount()).isEqualTo(expected.dumps.size());
        for (int i = 0; i < model.dumpCount(); i++) {
            DumpMetadata dump = model.dump(i);
            assertThat(dump.index()).isEqualTo(i);
            assertThat(dump.timeMjdSeconds()).isEqualTo(expected.dumps.get(i).time());
            assertThat(dump.intervalSeconds()).isEqualTo(expected.dumps.get(i).interval());
            assertThat(dump.exposureSeconds()).isEqualTo(0.849);
            assertThat(dump.uvwMetres()).containsExactly(expected.uvw(i));
        }
    }

    private static double taql(String expression, Path set, String table) {
        String printed = Command.run(java.util.List.of(
                "taql",
                "-s",
                "python",
                "-noph",
                "-pr",
                "-nopc",
                "select str(" + expression + ", '%.17g') as v from '" + set.toAbsolutePath() + "/" + table + "'"));
        String[] lines = printed.split("\n", -1);
        return Double.parseDouble(lines[lines.length - 1].strip());
    }
}
