package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PolarisationMapTest {
    @Test
    void shouldSendInTheOrderOfTheCodes() {
        assertThat(PolarisationMap.unpadded(new int[] {9, 10, 11, 12})).containsExactly(0, 1, 2, 3);
        assertThat(PolarisationMap.unpadded(new int[] {12, 9})).containsExactly(1, 0);
        assertThat(PolarisationMap.unpadded(new int[] {9, 12, 11, 10})).containsExactly(0, 3, 2, 1);
        assertThat(PolarisationMap.unpadded(new int[] {12})).containsExactly(0);
    }

    @Test
    void shouldRefuseToSendThreePolarisations() {
        assertThatThrownBy(() -> PolarisationMap.unpadded(new int[] {9, 10, 12}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the 3 of the set");
    }

    @Test
    void shouldUndoTheOrderOfSending() {
        int[] set = {9, 12, 11, 10};
        int[] sent = PolarisationMap.unpadded(set);
        int[] received = PolarisationMap.received(set, 4);
        for (int p = 0; p < set.length; p++) {
            assertThat(sent[received[p]]).isEqualTo(p);
        }
    }

    @Test
    void shouldPadToTheInterfacesFour() {
        assertThat(PolarisationMap.padded(new int[] {9, 10, 11, 12})).containsExactly(0, 1, 2, 3);
        assertThat(PolarisationMap.padded(new int[] {9, 12})).containsExactly(0, -1, -1, 1);
        assertThat(PolarisationMap.padded(new int[] {12, 9})).containsExactly(1, -1, -1, 0);
        assertThat(PolarisationMap.padded(new int[] {10})).containsExactly(-1, 0, -1, -1);
        assertThat(PolarisationMap.padded(new int[] {5, 8})).containsExactly(0, -1, -1, 1);
        assertThat(PolarisationMap.padded(new int[] {8, 7, 6, 5})).containsExactly(3, 2, 1, 0);
    }

    @Test
    void shouldRefuseCodesWithoutAPlace() {
        for (int code : new int[] {0, 1, 4, 13, -1}) {
            assertThatThrownBy(() -> PolarisationMap.padded(new int[] {9, code}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CORR_TYPE " + code);
        }
    }

    @Test
    void shouldRefuseTwoCodesForOnePlace() {
        assertThatThrownBy(() -> PolarisationMap.padded(new int[] {9, 9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same place");
        assertThatThrownBy(() -> PolarisationMap.padded(new int[] {9, 5}))
                .hasMessageContaining("9")
                .hasMessageContaining("5");
    }

    @Test
    void shouldTakeAPayloadAsItIsWhenItHasAsManyAsTheSet() {
        assertThat(PolarisationMap.received(new int[] {9, 12}, 2)).containsExactly(0, 1);
        assertThat(PolarisationMap.received(new int[] {1, 2, 3, 4}, 4)).containsExactly(0, 1, 2, 3);
        assertThat(PolarisationMap.received(new int[] {12}, 1)).containsExactly(0);
    }

    @Test
    void shouldFindThePolarisationsOfTheSetInThePayload() {
        assertThat(PolarisationMap.received(new int[] {9, 12}, 4)).containsExactly(0, 3);
        assertThat(PolarisationMap.received(new int[] {12, 9}, 4)).containsExactly(3, 0);
        assertThat(PolarisationMap.received(new int[] {11}, 4)).containsExactly(2);
        assertThat(PolarisationMap.received(new int[] {9, 10, 11, 12}, 2)).containsExactly(0, -1, -1, 1);
        assertThat(PolarisationMap.received(new int[] {9, 10, 11, 12}, 1)).containsExactly(0, -1, -1, -1);
        assertThat(PolarisationMap.received(new int[] {5, 6, 7, 8}, 2)).containsExactly(0, -1, -1, 1);
        assertThat(PolarisationMap.received(new int[] {12}, 2)).containsExactly(1);
    }

    @Test
    void shouldRefuseOtherNumbersOfPolarisations() {
        for (int received : new int[] {0, 3, 5, -1}) {
            assertThatThrownBy(() -> PolarisationMap.received(new int[] {9, 12}, received))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not " + received);
        }
        assertThatThrownBy(() -> PolarisationMap.received(new int[] {1, 2}, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldUndoThePadding() {
        int[] set = {9, 12};
        int[] padded = PolarisationMap.padded(set);
        int[] received = PolarisationMap.received(set, 4);
        for (int p = 0; p < set.length; p++) {
            assertThat(padded[received[p]]).isEqualTo(p);
        }
    }

    @Test
    void shouldSayWhatCanBeReceived() {
        assertThat(PolarisationMap.canReceive(new int[] {9, 12}, 4)).isTrue();
        assertThat(PolarisationMap.canReceive(new int[] {9, 12}, 3)).isFalse();
        assertThat(PolarisationMap.canReceive(new int[] {1, 2, 3, 4}, 4)).isTrue();
        assertThat(PolarisationMap.canReceive(new int[] {1, 2, 3, 4}, 2)).isFalse();
    }
}
