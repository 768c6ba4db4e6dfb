package org.cbfsdp.recv.consumer.mswriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;

/** A block holds one dump at a time, whatever it held before. */
class DumpPlacementTest {
    private static final int BASELINES = 36;
    private static final int CHANNELS = 8;
    private static final int HALF = CHANNELS / 2;
    private static final int[] LINEAR = {9, 10, 11, 12};

    private final DumpBlock block = new DumpBlock(BASELINES, CHANNELS, LINEAR.length);
    private final DumpPlacement placement = new DumpPlacement(CHANNELS, LINEAR, -100, true);

    private static FormulaPayload payload(int dump, int firstChannel, int channels, int polarisations) {
        return FormulaPayload.of(dump, dump, 100 + firstChannel, firstChannel, channels, polarisations, 255, 255);
    }

    private void place(int number, VisibilityPayload... payloads) {
        placement.place(new VisibilityDump(number, 1, payloads), block);
    }

    private void assertHolds(int dump, int baseline, int channel, int polarisation) {
        int at = block.index(baseline, channel, polarisation);
        assertThat(block.visibilities().getFloat(8 * at)).isEqualTo(dump * 1000f + baseline);
        assertThat(block.visibilities().getFloat(8 * at + 4)).isGreaterThanOrEqualTo(channel);
        assertThat(block.flags().get(at)).isZero();
    }

    private void assertEmpty(int baseline, int channel, int polarisation) {
        int at = block.index(baseline, channel, polarisation);
        assertThat(block.visibilities().getLong(8 * at)).isZero();
        assertThat(block.flags().get(at)).isEqualTo((byte) 1);
    }

    @Test
    void shouldReplaceAllThatADumpHeldBefore() {
        place(1, payload(1, 0, CHANNELS, 4));
        place(2, payload(2, 0, HALF, 4), payload(2, HALF, HALF, 4));
        for (int channel = 0; channel < CHANNELS; channel++) {
            assertHolds(2, BASELINES - 1, channel, 3);
        }
        assertThat(block.fdSum(5)).isEqualTo(255L * CHANNELS);
        assertThat(block.hasArrived(3)).isTrue();
    }

    @Test
    void shouldClearTheChannelsThatNeverCame() {
        place(1, payload(1, 0, CHANNELS, 4));
        place(2, null, payload(2, HALF, HALF, 4));
        assertEmpty(3, HALF - 1, 0);
        assertHolds(2, 3, HALF, 0);
        assertThat(block.fdSum(3)).isEqualTo(255L * HALF);
    }

    @Test
    void shouldClearThePolarisationsThatAPayloadDoesNotHave() {
        place(1, payload(1, 0, CHANNELS, 4));
        place(2, payload(2, 0, CHANNELS, 2));
        assertHolds(2, 7, 2, 0);
        assertEmpty(7, 2, 1);
        assertEmpty(7, 2, 2);
        assertHolds(2, 7, 2, 3);
        assertThat(block.hasArrived(1)).isFalse();
    }

    @Test
    void shouldClearAllOfADumpWithoutPayloads() {
        place(1, payload(1, 0, CHANNELS, 4));
        place(2, (VisibilityPayload) null);
        assertEmpty(0, 0, 0);
        assertEmpty(BASELINES - 1, CHANNELS - 1, 3);
        assertThat(block.fdSum(0)).isZero();
        assertThat(block.hasArrived(0)).isFalse();
    }

    @Test
    void shouldSayThatAPayloadHasTooManyPolarisations() {
        DumpPlacement five = new DumpPlacement(CHANNELS, new int[] {9, 10, 11, 12, 5}, -100, true);
        VisibilityDump dump = new VisibilityDump(1, 1, new VisibilityPayload[] {payload(1, 0, CHANNELS, 5)});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> five.place(dump, block))
                .withMessage("a payload has at most 4 polarisations, not 5");
    }
}
