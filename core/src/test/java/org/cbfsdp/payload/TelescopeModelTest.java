package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelescopeModelTest {
    private static final double START = 5.0e9;

    private static TelescopeModel model(double intervalSeconds, double... times) {
        DumpMetadata[] dumps = new DumpMetadata[times.length];
        for (int i = 0; i < times.length; i++) {
            dumps[i] = new DumpMetadata(i, times[i], intervalSeconds, intervalSeconds, new double[3]);
        }
        return new TelescopeModel(
                2,
                Baselines.of(new int[] {0}, new int[] {1}),
                new SpectralWindow(16, 1e8, -5e3),
                new int[] {9, 12},
                1.25,
                -0.5,
                dumps);
    }

    @Test
    void shouldHoldWhatItWasGiven() {
        TelescopeModel model = model(2, START, START + 2);
        assertThat(model.stationCount()).isEqualTo(2);
        assertThat(model.baselines().count()).isEqualTo(1);
        assertThat(model.channelCount()).isEqualTo(16);
        assertThat(model.spectralWindow().incrementHz()).isEqualTo(-5e3);
        assertThat(model.polarisationCount()).isEqualTo(2);
        assertThat(model.correlationTypes()).containsExactly(9, 12);
        assertThat(model.baselines().hasAutocorrelations()).isFalse();
        assertThat(model.phaseCentreRaRadians()).isEqualTo(1.25);
        assertThat(model.phaseCentreDecRadians()).isEqualTo(-0.5);
        assertThat(model.dumpCount()).isEqualTo(2);
        assertThat(model.dump(1).timeMjdSeconds()).isEqualTo(START + 2);
    }

    @Test
    void shouldNotChangeWithTheArraysItWasMadeOf() {
        int[] types = {9};
        DumpMetadata[] dumps = {new DumpMetadata(0, START, 1, 1, new double[3])};
        TelescopeModel model = new TelescopeModel(
                2, Baselines.of(new int[] {0}, new int[] {1}), new SpectralWindow(1, 1, 1), types, 0, 0, dumps);
        types[0] = 1;
        dumps[0] = null;
        model.correlationTypes()[0] = 2;
        assertThat(model.correlationTypes()).containsExactly(9);
        assertThat(model.nearestData(0).index()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1e9,0", "0,0", "0.9,0", "1,0", "1.1,1", "2,1", "5.9,1", "6,1", "6.1,2", "10,2", "10.49,2", "10.5,2",
        "10.51,3", "11,3", "1e9,3"
    })
    void shouldFindTheNearestDumpAndTheEarlierOfTwo(double offset, int expected) {
        TelescopeModel model = model(2, START, START + 2, START + 10, START + 11);
        assertThat(model.nearestData(START + offset).index()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeWithASearchOfAllDumps(long seed) {
        Random random = new Random(seed);
        double[] times = random.doubles(1 + random.nextInt(60), START, START + 100)
                .sorted()
                .distinct()
                .toArray();
        TelescopeModel model = model(1, times);
        for (int i = 0; i < 5_000; i++) {
            double time = START - 5 + random.nextDouble() * 110;
            double smallest =
                    Arrays.stream(times).map(t -> Math.abs(t - time)).min().orElseThrow();
            assertThat(Math.abs(model.nearestData(time).timeMjdSeconds() - time))
                    .as("seed %d, time %s", seed, time)
                    .isEqualTo(smallest);
        }
        for (int i = 0; i < times.length; i++) {
            assertThat(model.nearestData(times[i]).index()).isEqualTo(i);
        }
    }

    @Test
    void shouldMatchWithinAFractionOfTheInterval() {
        TelescopeModel model = model(4, START, START + 4);
        assertThat(model.matchingData(START, 0).index()).isZero();
        assertThat(model.matchingData(START + 1, 0.25).index()).isZero();
        assertThat(model.matchingData(START + 3, 0.25).index()).isEqualTo(1);
        assertThat(model.matchingData(START - 1, 0.25).index()).isZero();
        assertThat(model.matchingData(Math.nextUp(START + 1), 0.25)).isNull();
        assertThat(model.matchingData(START + 100, 0.25)).isNull();
        assertThat(model.matchingData(Double.NaN, 0.25)).isNull();
    }

    @Test
    void shouldMatchNothingWithoutDumps() {
        TelescopeModel model = model(1);
        assertThat(model.dumpCount()).isZero();
        assertThat(model.matchingData(START, 1)).isNull();
        assertThatThrownBy(() -> model.nearestData(START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no dumps");
    }

    @Test
    void shouldRefuseTimesThatDoNotIncrease() {
        assertThatThrownBy(() -> model(1, START, START)).hasMessageContaining("must increase");
        assertThatThrownBy(() -> model(1, START, START + 1, START)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model(1, START, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model(1, Double.NaN, START)).isInstanceOf(IllegalArgumentException.class);
    }
}
