package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranspositionToSetTest {
    private static final int[] COUNTS = {1, 2, 4};
    private static final byte OLD_FLAG = 0x33;

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.range(0, 200);
    }

    /** Half of them the interface's own layout, half with the parts anywhere and in either byte order. */
    private static ElementLayout layout(Random random, int polarisations) {
        if (random.nextBoolean()) {
            return ElementLayout.standard(polarisations);
        }
        int gap = random.nextInt(5);
        boolean visFirst = random.nextBoolean();
        int vis = visFirst ? gap : 2 + gap;
        int fd = visFirst ? gap + 8 * polarisations : random.nextInt(2);
        int end = Math.max(vis + 8 * polarisations, fd + 1);
        return new ElementLayout(end + random.nextInt(6), 0, fd, vis, polarisations, random.nextBoolean());
    }

    private static int[] map(Random random, int length, int polarisations) {
        int[] map = new int[length];
        for (int p = 0; p < length; p++) {
            map[p] = length == polarisations && random.nextInt(4) > 0 ? p : random.nextInt(polarisations + 1) - 1;
        }
        return random.nextInt(3) == 0 && length == polarisations
                ? IntStream.range(0, length).toArray()
                : map;
    }

    private static DumpBlock usedDump(Random random, int baselines, int channels, int polarisations) {
        DumpBlock dump = new DumpBlock(baselines, channels, polarisations);
        byte[] noise = new byte[dump.visibilities().capacity()];
        random.nextBytes(noise);
        dump.visibilities().put(noise);
        for (int i = 0; i < dump.flags().capacity(); i++) {
            dump.flags().put(i, OLD_FLAG);
        }
        return dump;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeWithTheNaiveWay(long seed) {
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(150); // more than a block of the C++
        int baselines = 1 + random.nextInt(140);
        int sent = COUNTS[random.nextInt(3)];
        int kept = COUNTS[random.nextInt(3)];
        int first = random.nextInt(4) * random.nextInt(10);
        boolean flagging = random.nextBoolean();
        ElementLayout layout = layout(random, sent);
        int[] map = map(random, kept, sent);
        NaiveElements elements = NaiveElements.random(random, channels, baselines, sent);
        ByteBuffer heap = elements.encode(layout, random).asReadOnlyBuffer();
        MemoryPayload payload = new MemoryPayload(channels, baselines, layout, heap);
        DumpBlock dump = usedDump(random, baselines, first + channels + random.nextInt(5), kept);
        byte[] before = new byte[dump.visibilities().capacity()];
        dump.visibilities().get(before);

        Transposition.toSetOrder(payload, dump, first, map, flagging);

        ByteBuffer old = ByteBuffer.wrap(before).order(dump.visibilities().order());
        ByteBuffer vis = dump.visibilities();
        for (int b = 0; b < baselines; b++) {
            long fdSum = 0;
            for (int c = 0; c < dump.channels(); c++) {
                boolean here = c >= first && c < first + channels;
                fdSum += here ? elements.fd()[c - first][b] : 0;
                for (int p = 0; p < kept; p++) {
                    int at = (b * dump.channels() + c) * kept + p;
                    boolean written = here && map[p] >= 0;
                    int[] bits = written ? elements.bits()[c - first][b] : null;
                    int real = written ? bits[2 * map[p]] : old.getInt(8 * at);
                    int imaginary = written ? bits[2 * map[p] + 1] : old.getInt(8 * at + 4);
                    boolean empty = written && flagging && elements.fd()[c - first][b] == 0;
                    if (vis.getInt(8 * at) != real
                            || vis.getInt(8 * at + 4) != imaginary
                            || dump.flags().get(at) != (!written ? OLD_FLAG : empty ? 1 : 0)) {
                        throw new AssertionError("seed " + seed + ": baseline " + b + " channel " + c + " polarisation "
                                + p + " differs, " + layout);
                    }
                }
            }
            assertThat(dump.fdSum(b)).as("seed %d baseline %d", seed, b).isEqualTo(fdSum);
        }
        assertThat(heap.position()).isZero();
    }

    @Test
    void shouldAddTheFractionsOfAllStreams() {
        DumpBlock dump = new DumpBlock(1, 2, 1);
        for (int c = 0; c < 2; c++) {
            ByteBuffer heap = ByteBuffer.allocateDirect(10).put(1, (byte) (200 + c));
            Transposition.toSetOrder(
                    new MemoryPayload(1, 1, ElementLayout.standard(1), heap), dump, c, new int[] {0}, true);
        }
        assertThat(dump.fdSum(0)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"2147483647,2,0", "-1,2,0", "1,2,4", "2,3,0", "2,1,0", "2,2,-1", "5,2,0", "4,2,1", "4,2,2147483647"})
    void shouldRefusePayloadsThatDoNotFit(int channels, int baselines, int firstChannel) {
        DumpBlock dump = new DumpBlock(2, 4, 1);
        dump.reset();
        MemoryPayload payload =
                new MemoryPayload(channels, baselines, ElementLayout.standard(1), ByteBuffer.allocateDirect(1000));
        assertThatThrownBy(() -> Transposition.toSetOrder(payload, dump, firstChannel, new int[] {0}, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
        assertThat(dump.flags().get(0)).isEqualTo((byte) 1);
    }

    @ParameterizedTest
    @CsvSource({"10,10,2,1", "10,-1,2,1", "10,1,3,1", "10,1,-1,1", "18,1,2,3", "0,0,0,1"})
    void shouldRefuseLayoutsThatReachIntoTheNextElement(int bytes, int fd, int vis, int polarisations) {
        ElementLayout layout = new ElementLayout(bytes, 0, fd, vis, polarisations, false);
        MemoryPayload payload = new MemoryPayload(1, 1, layout, ByteBuffer.allocateDirect(1000));
        assertThatThrownBy(() -> Transposition.toSetOrder(payload, new DumpBlock(1, 1, 1), 0, new int[] {0}, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void shouldRefuseMapsThatPointOutsideAndDataThatAreTooShort() {
        DumpBlock dump = new DumpBlock(2, 2, 2);
        MemoryPayload payload = new MemoryPayload(2, 2, ElementLayout.standard(1), ByteBuffer.allocateDirect(4 * 10));
        assertThatThrownBy(() -> Transposition.toSetOrder(payload, dump, 0, new int[] {0, 1}, true))
                .hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> Transposition.toSetOrder(payload, dump, 0, new int[] {0}, true))
                .isInstanceOf(IllegalArgumentException.class);
        MemoryPayload tooShort =
                new MemoryPayload(2, 2, ElementLayout.standard(1), ByteBuffer.allocateDirect(4 * 10 - 1));
        assertThatThrownBy(() -> Transposition.toSetOrder(tooShort, dump, 0, new int[] {0, -1}, true))
                .hasMessageContaining("39 bytes");
    }
}
