package org.cbfsdp.transpose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways against a loop over single bytes, for random shapes, layouts and alignments. */
class ElementTransposerTest {
    private static final int GUARD = 64;

    static LongStream seeds() {
        return LongStream.range(7000, 7080);
    }

    /** Noise with room around a part that begins so many bytes beyond a cache line. */
    private static ByteBuffer noise(Random random, int bytes, int beyond) {
        byte[] noise = new byte[bytes + 2 * GUARD];
        random.nextBytes(noise);
        ByteBuffer whole = ByteBuffer.allocateDirect(noise.length + GUARD).alignedSlice(GUARD);
        return whole.slice(beyond, whole.capacity() - beyond)
                .put(0, noise, 0, Math.min(noise.length, whole.capacity() - beyond));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private record Shape(int baselines, int setChannels, int first, int channels, int polarisations) {
        static Shape random(Random random) {
            boolean large = random.nextInt(4) == 0;
            int setChannels = 1 + random.nextInt(large ? 200 : 50);
            int first = random.nextInt(setChannels);
            return new Shape(
                    1 + random.nextInt(large ? 500 : 100),
                    setChannels,
                    first,
                    random.nextInt(setChannels - first + 1),
                    1 << random.nextInt(3));
        }

        int values() {
            return baselines * setChannels * polarisations;
        }

        int at(int baseline, int channel) {
            return (baseline * setChannels + first + channel) * polarisations;
        }
    }

    @Test
    void shouldBeAvailableHere() {
        assertThat(ElementTransposer.unavailabilityCause()).isNull();
        assertThat(ElementTransposer.handles(4)).isTrue();
        assertThat(ElementTransposer.handles(3)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldPlaceElementsIntoRows(long seed) {
        Random random = new Random(seed);
        Shape shape = Shape.random(random);
        int gap = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        int visOffset = 2 + random.nextInt(gap + 1);
        int size = 2 + gap + 8 * shape.polarisations;
        int fdOffset = random.nextInt(visOffset);
        boolean flagWhereFdZero = random.nextBoolean();
        ByteBuffer data = noise(random, shape.channels * shape.baselines * size, random.nextInt(4));
        for (int element = 0; element < shape.channels * shape.baselines; element += 1 + random.nextInt(3)) {
            data.put(element * size + fdOffset, (byte) 0);
        }
        ByteBuffer visibilities = noise(random, shape.values() * 8, 8 * random.nextInt(3));
        ByteBuffer flags = noise(random, shape.values(), random.nextInt(4));
        ByteBuffer fdSums = noise(random, shape.baselines * 8, 0).order(ByteOrder.nativeOrder());
        byte[] expectedVisibilities = bytes(visibilities);
        byte[] expectedFlags = bytes(flags);
        ByteBuffer expectedSums = ByteBuffer.wrap(bytes(fdSums)).order(ByteOrder.nativeOrder());
        for (int c = 0; c < shape.channels; c++) {
            for (int b = 0; b < shape.baselines; b++) {
                int from = (c * shape.baselines + b) * size;
                int fd = data.get(from + fdOffset) & 0xFF;
                expectedSums.putLong(8 * b, expectedSums.getLong(8 * b) + fd);
                for (int i = 0; i < 8 * shape.polarisations; i++) {
                    expectedVisibilities[8 * shape.at(b, c) + i] = data.get(from + visOffset + i);
                }
                for (int p = 0; p < shape.polarisations; p++) {
                    expectedFlags[shape.at(b, c) + p] = (byte) (flagWhereFdZero && fd == 0 ? 1 : 0);
                }
            }
        }

        ElementTransposer.toSetOrder(
                new HeapElements(data, shape.channels, shape.baselines, size, fdOffset, visOffset),
                new SetRows(visibilities, flags, fdSums, shape.baselines, shape.setChannels, shape.polarisations),
                shape.first,
                flagWhereFdZero);

        assertThat(bytes(visibilities)).as("seed %d", seed).isEqualTo(expectedVisibilities);
        assertThat(bytes(flags)).as("seed %d", seed).isEqualTo(expectedFlags);
        assertThat(bytes(fdSums)).as("seed %d", seed).isEqualTo(expectedSums.array());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldMakeElementsOfRows(long seed) {
        Random random = new Random(seed);
        Shape shape = Shape.random(random);
        int size = 2 + 8 * shape.polarisations;
        boolean fdFromFlags = random.nextInt(4) > 0;
        ByteBuffer visibilities = noise(random, shape.values() * 8, random.nextInt(4));
        ByteBuffer flags = noise(random, shape.values(), random.nextInt(4));
        for (int i = 0; i < flags.capacity(); i++) {
            flags.put(i, (byte) (flags.get(i) & 1));
        }
        ByteBuffer data = noise(random, shape.channels * shape.baselines * size, random.nextInt(40));
        byte[] expected = bytes(data);
        long expectedPartly = 0;
        for (int c = 0; c < shape.channels; c++) {
            for (int b = 0; b < shape.baselines; b++) {
                int to = (c * shape.baselines + b) * size;
                int flagged = 0;
                for (int p = 0; p < shape.polarisations; p++) {
                    flagged += flags.get(shape.at(b, c) + p);
                }
                expectedPartly += flagged > 0 && flagged < shape.polarisations ? 1 : 0;
                expected[to] = 0;
                expected[to + 1] = (byte) (fdFromFlags && flagged < shape.polarisations ? 255 : 0);
                for (int i = 0; i < 8 * shape.polarisations; i++) {
                    expected[to + 2 + i] = visibilities.get(8 * shape.at(b, c) + i);
                }
            }
        }

        long partly = ElementTransposer.toHeapOrder(
                new SetRows(
                        visibilities,
                        flags,
                        sums(shape.baselines),
                        shape.baselines,
                        shape.setChannels,
                        shape.polarisations),
                shape.first,
                new HeapElements(data, shape.channels, shape.baselines, size, 1, 2),
                fdFromFlags);

        assertThat(bytes(data)).as("seed %d", seed).isEqualTo(expected);
        assertThat(partly).as("seed %d, partly flagged", seed).isEqualTo(expectedPartly);
    }

    @Test
    void shouldRefuseWhatWouldReachOutside() {
        ByteBuffer data = ByteBuffer.allocateDirect(6 * 34);
        SetRows rows =
                new SetRows(ByteBuffer.allocateDirect(6 * 32), ByteBuffer.allocateDirect(6 * 4), sums(3), 3, 2, 4);
        HeapElements heap = new HeapElements(data, 2, 3, 34, 1, 2);
        assertThatThrownBy(() -> ElementTransposer.toSetOrder(heap, rows, 1, true))
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> ElementTransposer.toSetOrder(heap, rows, -1, true))
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> ElementTransposer.toSetOrder(new HeapElements(data, 2, 3, 34, 1, 3), rows, 0, true))
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> ElementTransposer.toHeapOrder(rows, 0, new HeapElements(data, 1, 3, 34, 0, 2), true))
                .hasMessageContaining("cannot make");
        HeapElements readOnly = new HeapElements(data.asReadOnlyBuffer(), 2, 3, 34, 1, 2);
        assertThatThrownBy(() -> ElementTransposer.toHeapOrder(rows, 0, readOnly, true))
                .hasMessageContaining("cannot make");
        assertThatThrownBy(() -> new HeapElements(data, 3, 3, 34, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeapElements(ByteBuffer.allocate(6 * 34), 2, 3, 34, 1, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SetRows(data, data, sums(3), 3, 3, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer sums(int baselines) {
        return ByteBuffer.allocateDirect(baselines * Long.BYTES).order(ByteOrder.nativeOrder());
    }
}
