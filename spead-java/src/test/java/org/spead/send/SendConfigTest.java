package org.spead.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SendConfigTest {
    @Test
    void shouldKnowTheDefaults() {
        assertThat(SendConfig.builder().build())
                .isEqualTo(new SendConfig(1472, 0, 65_536, 1.05, 100_000, 4, 1, 1, RateMethod.AUTO));
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        List<UnaryOperator<SendConfig.Builder>> wrong = List.of(
                b -> b.maxPacketBytes(55),
                b -> b.maxPacketBytes(1 << 20),
                b -> b.rateBytesPerSecond(-1),
                b -> b.burstBytes(0),
                b -> b.burstRateRatio(0.99),
                b -> b.burstRateRatio(Double.NaN),
                b -> b.earlyNanos(-1),
                b -> b.maxHeaps(0),
                b -> b.heapCntSequence(1, 0),
                b -> b.heapCntSequence(-1, 1));
        for (UnaryOperator<SendConfig.Builder> change : wrong) {
            assertThatThrownBy(() -> change.apply(SendConfig.builder()).build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must not be");
        }
    }

    @Test
    void shouldSayWhyThereIsNoHardwarePacing() {
        assertThatThrownBy(() ->
                        SendConfig.builder().rateMethod(RateMethod.HARDWARE).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SO_MAX_PACING_RATE")
                .hasMessageContaining("give AUTO or SOFTWARE");
        assertThat(SendConfig.builder().rateMethod(RateMethod.SOFTWARE).build().rateMethod())
                .isEqualTo(RateMethod.SOFTWARE);
    }
}
