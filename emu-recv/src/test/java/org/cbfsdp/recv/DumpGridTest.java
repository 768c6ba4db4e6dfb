package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.SpectralWindow;
import org.cbfsdp.payload.TelescopeModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpGridTest {
    private final DumpGrid grid = DumpGrid.of(Optional.of(Models.of(4, 10)), 0.01);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0099, 0",
        "0.0099, 0",
        "0.0101, -1",
        "-0.0101, -1",
        "4.9901, 5",
        "4.5, -1",
        "9, 9",
        "9.0099, 9",
        "9.02, -1",
        "1e6, -1",
        "-1e6, -1"
    })
    void shouldFindTheSlotWithinTheTolerance(double seconds, int slot) {
        assertThat(grid.slotOf(Models.ticks(seconds))).isEqualTo(slot);
    }

    @Test
    void shouldBeExactToTheTickAtTheToleranceAndSafeAtTheEndsOfTime() {
        long tolerance = Math.round(0.01 * (1L << 32));
        assertThat(grid.slotOf(Models.ticks(3) + tolerance)).isEqualTo(3);
        assertThat(grid.slotOf(Models.ticks(3) + tolerance + 1)).isEqualTo(DumpGrid.NO_SLOT);
        assertThat(grid.slotOf(Models.ticks(3) - tolerance)).isEqualTo(3);
        assertThat(grid.slotOf(Models.ticks(3) - tolerance - 1)).isEqualTo(DumpGrid.NO_SLOT);
        for (long time : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(grid.slotOf(time)).isEqualTo(DumpGrid.NO_SLOT);
            assertThat(grid.isCovered(time)).isFalse();
        }
    }

    @Test
    void shouldKnowWhereTheModelKnowsAllTimes() {
        assertThat(grid.isCovered(Models.ticks(0))).isTrue();
        assertThat(grid.isCovered(Models.ticks(4.5))).isTrue();
        assertThat(grid.isCovered(Models.ticks(9.5))).isFalse();
        assertThat(grid.isBefore(Models.ticks(-1))).isTrue();
    }

    @Test
    void shouldHaveNoSlotsWithoutAModel() {
        DumpGrid none = DumpGrid.of(Optional.empty(), 0.01);
        assertThat(none.slotOf(5)).isEqualTo(DumpGrid.NO_SLOT);
        assertThat(none.isCovered(0)).isFalse();
        assertThat(none.isBefore(0)).isFalse();
    }

    @Test
    void shouldHaveNoSlotsWhenTheModelsTimesCannotTravel() {
        TelescopeModel ancient = new TelescopeModel(
                2,
                Baselines.of(new int[] {0}, new int[] {1}),
                new SpectralWindow(1, 1e8, 1e6),
                new int[] {9},
                0,
                0,
                new DumpMetadata(0, 100, 1, 1, new double[3]));
        assertThat(DumpGrid.of(Optional.of(ancient), 0.01).slotCount()).isZero();
    }
}
