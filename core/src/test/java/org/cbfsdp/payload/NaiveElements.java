package org.cbfsdp.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Visibilities as plain arrays of float bits, and what they are in bytes: the slow and obvious way, to judge the quick one.
 *
 * @param bits float32 bits, [channel][baseline][polarisation * 2 + (0 real, 1 imaginary)]
 * @param fd fraction of data, [channel][baseline]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NaiveElements(int[][][] bits, int[][] fd) {
    private static final int[] SPECIAL = {
        0x7F800001, 0x7FA00001, 0xFFC12345, 0x7FC00000, 0xFF812345, 0x80000000, 0x7F800000, 1, 0x80000001
    };

    /** Random bits with many NaNs, quiet and signalling, and a third of the fractions zero. */
    static NaiveElements random(Random random, int channels, int baselines, int polarisations) {
        int[][][] bits = new int[channels][baselines][2 * polarisations];
        int[][] fd = new int[channels][baselines];
        for (int c = 0; c < channels; c++) {
            for (int b = 0; b < baselines; b++) {
                fd[c][b] = random.nextInt(3) == 0 ? 0 : random.nextInt(256);
                for (int i = 0; i < 2 * polarisations; i++) {
                    boolean special = random.nextInt(8) == 0;
                    bits[c][b][i] = special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextInt();
                }
            }
        }
        return new NaiveElements(bits, fd);
    }

    /** The elements in heap order; bytes between the parts are random. */
    ByteBuffer encode(ElementLayout layout, Random random) {
        int baselines = fd[0].length;
        byte[] noise = new byte[fd.length * baselines * layout.elementBytes()];
        random.nextBytes(noise);
        ByteBuffer heap = ByteBuffer.allocateDirect(noise.length).put(noise).clear();
        heap.order(layout.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < fd.length; c++) {
            for (int b = 0; b < baselines; b++) {
                int at = (c * baselines + b) * layout.elementBytes();
                heap.put(at + layout.fdOffset(), (byte) fd[c][b]);
                for (int i = 0; i < bits[c][b].length; i++) {
                    heap.putInt(at + layout.visOffset() + 4 * i, bits[c][b][i]);
                }
            }
        }
        return heap;
    }
}
