package org.cbfsdp.katgpucbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.cbfsdp.payload.Baselines;
import org.junit.jupiter.api.Test;

class CorrelatorOrderTest {
    /** Row by row, as sets usually have them; the correlator goes column by column. */
    @Test
    void shouldFindEachPairInTheModelsOrder() {
        CorrelatorOrder order =
                CorrelatorOrder.of(Baselines.of(new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 1, 2, 1, 2, 2}));
        assertThat(order.pairs()).isEqualTo(6);
        // 00 01 11 02 12 22
        assertThat(IntStream.range(0, 6).map(order::baseline)).containsExactly(0, 1, 3, 2, 4, 5);
    }

    @Test
    void shouldRefuseAModelThatLacksAPair() {
        assertThatThrownBy(() -> CorrelatorOrder.of(Baselines.of(new int[] {0, 0}, new int[] {0, 1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has no baseline of antennas 1 and 1, in this order");
    }

    @Test
    void shouldRefuseAModelWithAPairTheOtherWayRound() {
        assertThatThrownBy(() -> CorrelatorOrder.of(Baselines.of(new int[] {0, 1, 1}, new int[] {0, 0, 1})))
                .hasMessage("it has no baseline of antennas 0 and 1, in this order");
        assertThatThrownBy(() -> CorrelatorOrder.of(Baselines.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1})))
                .hasMessage("it has baselines whose second antenna is the lower one");
    }

    /** Otherwise the size of the first heap would be divided by its 0 products. */
    @Test
    void shouldRefuseAModelWithoutBaselines() {
        assertThatThrownBy(() -> CorrelatorOrder.of(Baselines.of(new int[0], new int[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has no baselines");
    }

    @Test
    void shouldRefuseMoreAntennasThanThereAre() {
        assertThatThrownBy(() -> CorrelatorOrder.of(Baselines.of(new int[] {0}, new int[] {100_000})))
                .hasMessage("it has 100001 antennas, more than any correlator");
    }
}
