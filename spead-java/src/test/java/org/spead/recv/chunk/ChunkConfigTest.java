package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spead.recv.StatMode;

class ChunkConfigTest {
    private static ChunkConfig.Builder builder() {
        return ChunkConfig.builder(heap -> {});
    }

    @Test
    void shouldBeginWithTheDefaults() {
        ChunkConfig config = builder().build();
        assertThat(config.items()).isEmpty();
        assertThat(config.maxChunks()).isEqualTo(2);
        assertThat(config.maxHeapExtra()).isZero();
        assertThat(config.packetPresenceBytes()).isZero();
        assertThat(config.deliverEmptyChunks()).isFalse();
        assertThat(config.customStats()).isEmpty();
        assertThat(ChunkGroupConfig.defaults()).isEqualTo(new ChunkGroupConfig(2, EvictionMode.LOSSY, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 20) + 1})
    void shouldRefuseImpossibleWindows(int maxChunks) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxChunks(maxChunks).build())
                .withMessage("maxChunks must be from 1 to 1048576, not " + maxChunks);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChunkGroupConfig(maxChunks, EvictionMode.LOSSLESS, true));
    }

    @Test
    void shouldRefuseNegativeSizesAndNoPlacement() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxHeapExtra(-1).build())
                .withMessage("maxHeapExtra must not be negative, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().packetPresenceBytes(-8).build())
                .withMessage("packetPresenceBytes must not be negative, not -8");
        assertThatNullPointerException()
                .isThrownBy(() -> ChunkConfig.builder(null).build())
                .withMessage("placement");
    }

    @Test
    void shouldRefuseStatisticsOfTheSameName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .addStat("a", StatMode.COUNTER)
                        .addStat("a", StatMode.MAXIMUM)
                        .build())
                .withMessage("there are two statistics called a");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().addStat("too_old_heaps", StatMode.COUNTER).build());
    }
}
