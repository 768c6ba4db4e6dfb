package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranspositionToHeapTest {
    private static final int[] COUNTS = {1, 2, 4};

    static LongStream seeds() {
        return LongStream.range(1000, 1200);
    }

    private static int[] map(Random random, int held) {
        if (random.nextInt(2) == 0) {
            return IntStream.range(0, held).toArray();
        }
        int[] map = new int[COUNTS[random.nextInt(3)]];
        for (int p = 0; p < map.length; p++) {
            map[p] = random.nextInt(held + 1) - 1;
        }
        return map;
    }

    /** A dump that holds these elements, written one float at a time. FD is not used. */
    static DumpBlock dump(NaiveElements elements) {
        int channels = elements.fd().length;
        int baselines = elements.fd()[0].length;
        int polarisations = elements.bits()[0][0].length / 2;
        DumpBlock dump = new DumpBlock(baselines, channels, polarisations);
        ByteBuffer vis = dump.visibilities();
        for (int b = 0; b < baselines; b++) {
            for (int c = 0; c < channels; c++) {
                for (int bits : elements.bits()[c][b]) {
                    vis.putInt(bits);
                }
            }
        }
        return dump;
    }

    static void flagAtRandom(DumpBlock dump, Random random) {
        ByteBuffer flags = dump.flags();
        while (flags.hasRemaining()) {
            int kind = random.nextInt(4);
            for (int p = 0; p < dump.polarisations(); p++) {
                flags.put((byte) (kind == 0 ? 1 : kind == 1 ? random.nextInt(2) : 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeWithTheNaiveWay(long seed) {
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(70);
        int baselines = 1 + random.nextInt(140);
        int held = COUNTS[random.nextInt(3)];
        int[] map = map(random, held);
        boolean fdFromFlags = random.nextInt(3) > 0;
        NaiveElements elements = NaiveElements.random(random, channels, baselines, held);
        DumpBlock dump = dump(elements);
        flagAtRandom(dump, random);
        int first = random.nextInt(channels);
        int count = random.nextInt(channels - first + 1);
        int size = 2 + 8 * map.length;
        byte[] noise = new byte[count * baselines * size + 16];
        random.nextBytes(noise);
        ByteBuffer heap = ByteBuffer.allocateDirect(noise.length).put(noise);

        long partly = Transposition.toHeapOrder(dump, first, count, map, fdFromFlags, heap);

        assertThat(heap.position()).as("position").isEqualTo(noise.length);
        ByteBuffer expected = ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN);
        long expectedPartly = 0;
        for (int c = first; c < first + count; c++) {
            for (int b = 0; b < baselines; b++) {
                int flagged = 0;
                for (int p = 0; p < held; p++) {
                    flagged += dump.flags().get((b * channels + c) * held + p) == 0 ? 0 : 1;
                }
                expectedPartly += flagged > 0 && flagged < held ? 1 : 0;
                expected.put((byte) 0).put((byte) (fdFromFlags && flagged < held ? 255 : 0));
                for (int p : map) {
                    expected.putInt(p < 0 ? 0 : elements.bits()[c][b][2 * p]);
                    expected.putInt(p < 0 ? 0 : elements.bits()[c][b][2 * p + 1]);
                }
            }
        }
        byte[] actual = new byte[noise.length];
        heap.clear().get(actual);
        assertThat(actual).as("seed %d", seed).isEqualTo(noise);
        assertThat(partly).as("seed %d, partly flagged", seed).isEqualTo(expectedPartly);
    }

    @Test
    void shouldCountElementsThatAreFlaggedInPart() {
        DumpBlock dump = new DumpBlock(2, 2, 4);
        dump.reset();
        dump.flags().put(3, (byte) 0);
        ByteBuffer heap = ByteBuffer.allocateDirect(4 * 34);
        int[] map = IntStream.range(0, 4).toArray();
        assertThat(Transposition.toHeapOrder(dump, 0, 2, map, true, heap)).isEqualTo(1);
        assertThat(heap.get(1)).as("flagged in part").isEqualTo((byte) 255);
        assertThat(heap.get(35)).as("flagged wholly").isZero();
        assertThat(Transposition.toHeapOrder(dump, 1, 1, map, true, heap)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,5", "4,1", "5,0", "2,2147483647", "0,-1"})
    void shouldRefuseChannelsThatTheDumpHasNot(int first, int count) {
        DumpBlock dump = new DumpBlock(2, 4, 1);
        ByteBuffer heap = ByteBuffer.allocateDirect(1000);
        assertThatThrownBy(() -> Transposition.toHeapOrder(dump, first, count, new int[] {0}, true, heap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no");
    }

    @Test
    void shouldRefuseMapsThatPointOutsideAndTargetsThatAreTooSmall() {
        DumpBlock dump = new DumpBlock(2, 4, 1);
        ByteBuffer exact = ByteBuffer.allocateDirect(2 * 4 * 10);
        assertThatThrownBy(() -> Transposition.toHeapOrder(dump, 0, 4, new int[] {1}, true, exact))
                .hasMessageContaining("[1]");
        assertThatThrownBy(() -> Transposition.toHeapOrder(dump, 0, 4, new int[] {0}, true, exact.limit(79)))
                .hasMessageContaining("79 bytes");
    }
}
