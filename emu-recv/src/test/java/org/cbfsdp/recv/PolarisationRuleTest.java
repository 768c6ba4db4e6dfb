package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.SpectralWindow;
import org.cbfsdp.payload.TelescopeModel;
import org.junit.jupiter.api.Test;

class PolarisationRuleTest {
    @Test
    void shouldTakeWhatTheInterfaceHasWhenThereIsNoModel() {
        for (int polarisations = 1; polarisations <= 5; polarisations++) {
            boolean known = polarisations == 1 || polarisations == 2 || polarisations == 4;
            assertThat(PolarisationRule.any().takes(payload(polarisations, -1)))
                    .as("%d", polarisations)
                    .isEqualTo(known);
        }
    }

    @Test
    void shouldTakePaddingThatHoldsNothingAndNoOther() {
        PolarisationRule rule = PolarisationRule.of(model(9, 12));
        assertThat(rule.takes(payload(4, -1))).isTrue();
        assertThat(rule.takes(payload(4, 0))).as("XX").isTrue();
        assertThat(rule.takes(payload(4, 3))).as("YY").isTrue();
        assertThat(rule.takes(payload(4, 1))).as("XY is not in the model").isFalse();
        assertThat(rule.takes(payload(4, 2))).as("YX is not in the model").isFalse();
        assertThat(rule.takes(payload(2, 1))).isTrue();
    }

    @Test
    void shouldTakeFewerThanTheModelHas() {
        PolarisationRule rule = PolarisationRule.of(model(9, 10, 11, 12));
        assertThat(rule.takes(payload(1, 0))).isTrue();
        assertThat(rule.takes(payload(2, 1))).isTrue();
    }

    private static TelescopeModel model(int... correlationTypes) {
        return new TelescopeModel(
                2,
                Baselines.of(new int[] {0, 0}, new int[] {0, 1}),
                new SpectralWindow(3, 1e8, 1e3),
                correlationTypes,
                0,
                0);
    }

    /** A payload that holds zeros but for one polarisation of its last element. */
    private static FakePayload payload(int polarisations, int holding) {
        ElementLayout layout = ElementLayout.standard(polarisations);
        ByteBuffer data = ByteBuffer.allocate(2 * 3 * layout.elementBytes());
        if (holding >= 0) {
            int lastElement = data.capacity() - layout.elementBytes();
            data.putFloat(lastElement + layout.visOffset() + holding * ElementLayout.VISIBILITY_BYTES, 1f);
        }
        return new FakePayload(100, 1) {
            @Override
            public ElementLayout layout() {
                return layout;
            }

            @Override
            public ByteBuffer data() {
                return data;
            }
        };
    }
}
