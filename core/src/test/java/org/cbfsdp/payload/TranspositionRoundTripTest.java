package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dump over all streams of a plan and back is the same dump, bit by bit. */
class TranspositionRoundTripTest {
    static LongStream seeds() {
        return LongStream.range(2000, 2060);
    }

    private static int[] correlationTypes(int polarisations) {
        return switch (polarisations) {
            case 1 -> new int[] {9};
            case 2 -> new int[] {9, 12};
            default -> new int[] {9, 10, 11, 12};
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldComeBack(long seed) {
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(70);
        int baselines = 1 + random.nextInt(140);
        int polarisations = 1 << random.nextInt(3);
        boolean padded = random.nextBoolean();
        int[] types = correlationTypes(polarisations);
        int sent = padded ? 4 : polarisations;
        int[] there = padded
                ? PolarisationMap.padded(types)
                : IntStream.range(0, polarisations).toArray();
        int[] back = PolarisationMap.received(types, sent);
        DumpBlock source =
                TranspositionToHeapTest.dump(NaiveElements.random(random, channels, baselines, polarisations));
        TranspositionToHeapTest.flagAtRandom(source, random);
        DumpBlock target = new DumpBlock(baselines, channels, polarisations);
        target.reset();

        for (ChannelRange stream : StreamPlan.ofWidth(new ChannelRange(0, channels), random.nextInt(40))
                .streams()) {
            ElementLayout layout = ElementLayout.standard(sent);
            ByteBuffer heap = ByteBuffer.allocateDirect(stream.count() * baselines * layout.elementBytes());
            Transposition.toHeapOrder(source, stream.first(), stream.count(), there, true, heap);
            MemoryPayload payload = new MemoryPayload(stream.count(), baselines, layout, heap);
            Transposition.toSetOrder(payload, target, stream.first(), back, true);
        }

        assertThat(target.visibilities()).as("seed %d", seed).isEqualTo(source.visibilities());
        for (int i = 0; i < source.flags().capacity(); i += polarisations) {
            int all = 1;
            for (int p = 0; p < polarisations; p++) {
                all &= source.flags().get(i + p);
            }
            for (int p = 0; p < polarisations; p++) {
                assertThat(target.flags().get(i + p))
                        .as("seed %d, flag %d", seed, i + p)
                        .isEqualTo((byte) all);
            }
        }
    }
}
