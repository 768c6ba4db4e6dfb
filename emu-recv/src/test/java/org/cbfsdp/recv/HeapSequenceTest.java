package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSequenceTest {
    private final HeapSequence sequence = new HeapSequence();

    @Test
    void shouldLoseNothingWhenNothingCame() {
        assertThat(sequence.lost()).isZero();
    }

    @Test
    void shouldFindTheOneHeapBetweenStartAndEnd() {
        seen(1, 3);
        assertThat(sequence.lost()).isEqualTo(1);
    }

    @Test
    void shouldNotCallAHeapLostThatCameLateOrTwice() {
        seen(1, 3, 2, 3, 2, 4);
        assertThat(sequence.lost()).isZero();
    }

    @Test
    void shouldBelieveALargerStepWhenAllHeapsHaveIt() {
        seen(5, 21, 37, 53, 85);
        assertThat(sequence.lost()).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewWhenCountsJumpFarAndKeepWhatWasLostBefore() {
        seen(1, 2, 4, 1L << 40, (1L << 40) + 1);
        assertThat(sequence.lost()).isEqualTo(1);
    }

    @Test
    void shouldNotBelieveOneWildCountAndKnowThatItsHeapCame() {
        seen(1, 2, 3, 4, (1L << 47) + 5, 6, 7, 5 + (1L << 20), 9);
        assertThat(sequence.lost()).isZero();
        seen(11);
        assertThat(sequence.lost()).isEqualTo(1);
    }

    @Test
    void shouldNotBelieveTwoWildCountsInARow() {
        seen(1, 2, 3, 4, 1L << 47, 1L << 40, 7, 8);
        assertThat(sequence.lost()).isZero();
    }

    @Test
    void shouldNotBelieveAWildFirstCount() {
        seen(1L << 40, 2, 3, 4);
        assertThat(sequence.lost()).isZero();
        assertThat(sequence.first()).isEqualTo(2);
    }

    @Test
    void shouldCountALongGapOfTheSameSequence() {
        seen(1, 2, 3, 4, 10_001, 10_002);
        assertThat(sequence.lost()).isEqualTo(9_996);
    }

    @Test
    void shouldBelieveAStepAboveItsWindow() {
        seen(7, 65_543, 131_079, 196_615, 327_687);
        assertThat(sequence.lost()).isEqualTo(1);
    }

    @ParameterizedTest(name = "step {0}")
    @ValueSource(longs = {1, 2, 4096, 3 * 4096, 1 << 20})
    void shouldKnowAHeapThatCameTwiceWhateverTheStep(long step) {
        for (int i = 0; i < 3000; i++) {
            if (i % 10 != 5) {
                seen(7 + i * step);
            }
            if (i % 10 == 8) {
                seen(7 + (i - 2) * step, 7 + (i - 1) * step);
            }
        }
        assertThat(sequence.lost()).isEqualTo(300);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCountExactlyWhatWasDropped(long seed) {
        Random random = new Random(seed);
        long step = 1 + random.nextInt(3) * 7L;
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            sent.add(17 + i * step);
        }
        List<Long> kept = new ArrayList<>(sent);
        kept.removeIf(cnt -> !cnt.equals(sent.get(0)) && !cnt.equals(sent.get(2999)) && random.nextInt(20) == 0);
        for (int i = 0; i + 8 <= kept.size(); i += 8) {
            Collections.shuffle(kept.subList(i, i + 8), random);
        }
        for (long cnt : kept) {
            sequence.seen(cnt);
            if (random.nextInt(10) == 0) {
                sequence.seen(cnt);
            }
        }
        assertThat(sequence.lost()).as("seed %d, step %d", seed, step).isEqualTo(3000 - kept.size());
    }

    private void seen(long... counts) {
        for (long count : counts) {
            sequence.seen(count);
        }
    }
}
