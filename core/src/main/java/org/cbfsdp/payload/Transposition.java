package org.cbfsdp.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Between heap order, (channel, baseline) of {TCI, FD, VIS}, and set order, (baseline, channel, polarisation).
 *
 * <p>Both ways go block by block: 32 channels of 32 baselines of four polarisations are 32 KiB on either side, so that
 * whichever side is walked against its grain still hits the first-level cache. Stateless; the caller owns the buffers.
 */
public final class Transposition {
    private static final int BLOCK = 32;
    private static final int VIS = ElementLayout.VISIBILITY_BYTES;
    private static final boolean NATIVE_BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private Transposition() {}

    /**
     * Places a payload into a dump. What has FD 0 is flagged when asked, everything else that arrived is not.
     *
     * @param source payload with as many baselines as the dump has
     * @param target dump; its other channels stay as they are
     * @param firstChannel where in the dump the payload's first channel goes
     * @param polarisationMap for each polarisation of the dump the one of the payload that holds it, or -1
     * @param flagWhereFdZero whether FD 0 sets the flags
     */
    public static void toSetOrder(
            VisibilityPayload source,
            DumpBlock target,
            int firstChannel,
            int[] polarisationMap,
            boolean flagWhereFdZero) {
        check(source, target, firstChannel, polarisationMap);
        ByteBuffer data = source.data().duplicate().order(ByteOrder.nativeOrder());
        for (int c = 0; c < source.channelCount(); c += BLOCK) {
            int channelEnd = Math.min(c + BLOCK, source.channelCount());
            for (int b = 0; b < source.baselineCount(); b += BLOCK) {
                int baselineEnd = Math.min(b + BLOCK, source.baselineCount());
                blockToSet(
                        data,
                        source.layout(),
                        target,
                        new Block(c, channelEnd, b, baselineEnd, firstChannel),
                        polarisationMap,
                        flagWhereFdZero);
            }
        }
    }

    private static void blockToSet(
            ByteBuffer data, ElementLayout layout, DumpBlock target, Block block, int[] map, boolean flagWhereFdZero) {
        ByteBuffer visibilities = target.visibilities();
        ByteBuffer flags = target.flags();
        boolean swap = layout.bigEndian() != NATIVE_BIG_ENDIAN;
        int size = layout.elementBytes();
        for (int b = block.baseline; b < block.baselineEnd; b++) {
            long fdSum = 0;
            for (int c = block.channel; c < block.channelEnd; c++) {
                int from = (c * target.baselines() + b) * size;
                int to = target.index(b, block.channelOffset + c, 0);
                int fd = data.get(from + layout.fdOffset()) & 0xFF;
                fdSum += fd;
                byte flag = (byte) (flagWhereFdZero && fd == 0 ? 1 : 0);
                for (int p = 0; p < map.length; p++) {
                    if (map[p] >= 0) {
                        long value = data.getLong(from + layout.visOffset() + map[p] * VIS);
                        visibilities.putLong((to + p) * VIS, swap ? swapFloats(value) : value);
                        flags.put(to + p, flag);
                    }
                }
            }
            target.addFd(b, fdSum);
        }
    }

    /**
     * Lays out some channels of a dump as the interface's element array.
     *
     * @param source dump in set order
     * @param firstChannel first channel of the dump to take
     * @param channelCount channels to take
     * @param polarisationMap for each polarisation sent the one of the dump that holds it, or -1 for zeros
     * @param fdFromFlags whether FD is 0 where every polarisation is flagged and 255 else; 0 everywhere otherwise
     * @param target receives (channel, baseline) elements of {@link ElementLayout#standard} from byte 0
     * @return how many elements had some, but not all, of their polarisations flagged
     */
    public static long toHeapOrder(
            DumpBlock source,
            int firstChannel,
            int channelCount,
            int[] polarisationMap,
            boolean fdFromFlags,
            ByteBuffer target) {
        ByteBuffer out = target.duplicate().order(ByteOrder.nativeOrder());
        long partlyFlagged = 0;
        for (int c = 0; c < channelCount; c += BLOCK) {
            int channelEnd = Math.min(c + BLOCK, channelCount);
            for (int b = 0; b < source.baselines(); b += BLOCK) {
                int baselineEnd = Math.min(b + BLOCK, source.baselines());
                partlyFlagged += blockToHeap(
                        source,
                        new Block(c, channelEnd, b, baselineEnd, firstChannel),
                        polarisationMap,
                        fdFromFlags,
                        out);
            }
        }
        return partlyFlagged;
    }

    private static long blockToHeap(DumpBlock source, Block block, int[] map, boolean fdFromFlags, ByteBuffer out) {
        ByteBuffer visibilities = source.visibilities();
        ByteBuffer flags = source.flags();
        int size = ElementLayout.PREFIX_BYTES + VIS * map.length;
        long partlyFlagged = 0;
        for (int c = block.channel; c < block.channelEnd; c++) {
            for (int b = block.baseline; b < block.baselineEnd; b++) {
                int from = source.index(b, block.channelOffset + c, 0);
                int to = (c * source.baselines() + b) * size;
                int flagged = 0;
                for (int p = 0; p < source.polarisations(); p++) {
                    flagged += flags.get(from + p);
                }
                boolean all = flagged == source.polarisations();
                partlyFlagged += flagged > 0 && !all ? 1 : 0;
                out.put(to, (byte) 0);
                out.put(to + 1, (byte) (fdFromFlags && !all ? 0xFF : 0));
                for (int p = 0; p < map.length; p++) {
                    long value = map[p] < 0 ? 0 : visibilities.getLong((from + map[p]) * VIS);
                    out.putLong(
                            to + ElementLayout.PREFIX_BYTES + p * VIS, NATIVE_BIG_ENDIAN ? swapFloats(value) : value);
                }
            }
        }
        return partlyFlagged;
    }

    private static long swapFloats(long value) {
        return Long.rotateLeft(Long.reverseBytes(value), 32);
    }

    private static void check(VisibilityPayload source, DumpBlock target, int firstChannel, int[] map) {
        if (source.baselineCount() != target.baselines()
                || firstChannel < 0
                || firstChannel + source.channelCount() > target.channels()
                || map.length != target.polarisations()) {
            throw new IllegalArgumentException("a payload of " + source.channelCount() + " channels x "
                    + source.baselineCount() + " baselines does not fit a dump of " + target.channels() + " channels x "
                    + target.baselines() + " baselines at channel " + firstChannel);
        }
    }

    private record Block(int channel, int channelEnd, int baseline, int baselineEnd, int channelOffset) {}
}
