package org.cbfsdp.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cbfsdp.transpose.ElementTransposer;
import org.cbfsdp.transpose.HeapElements;

/**
 * Between heap order, (channel, baseline) of {TCI, FD, VIS}, and set order, (baseline, channel, polarisation).
 *
 * <p>What is usual, all polarisations in order and no bytes to swap, goes to {@link ElementTransposer}, several times as
 * fast. All else, and everything where its library is absent, is done here, block by block: 32 channels of 32 baselines of
 * four polarisations are 32 KiB on either side, so that whichever side is walked against its grain still hits the nearest
 * caches. Visibilities move as bits: whatever a NaN carries stays. Stateless; the caller owns the buffers.
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
     * @param polarisationMap for each polarisation of the dump the one of the payload that holds it, or -1 to leave that
     *     polarisation of the dump, flags too, as it is
     * @param flagWhereFdZero whether FD 0 sets the flags
     * @throws IllegalArgumentException when the payload, its layout or the map do not fit; the dump is then untouched
     */
    public static void toSetOrder(
            VisibilityPayload source,
            DumpBlock target,
            int firstChannel,
            int[] polarisationMap,
            boolean flagWhereFdZero) {
        int channels = source.channelCount();
        int baselines = source.baselineCount();
        ElementLayout layout = source.layout();
        ByteBuffer data = source.data().duplicate().order(ByteOrder.nativeOrder());
        TranspositionCheck.toSetOrder(channels, baselines, layout, data.limit(), target, firstChannel, polarisationMap);
        for (int p = 0; p < polarisationMap.length; p++) {
            if (polarisationMap[p] >= 0) {
                target.setArrived(p);
            }
        }
        if (data.isDirect() && layout.bigEndian() == NATIVE_BIG_ENDIAN && isPlain(polarisationMap)) {
            HeapElements heap = new HeapElements(
                    data, channels, baselines, layout.elementBytes(), layout.fdOffset(), layout.visOffset());
            ElementTransposer.toSetOrder(heap, target.rows(), firstChannel, flagWhereFdZero);
            return;
        }
        for (int c = 0; c < channels; c += BLOCK) {
            for (int b = 0; b < baselines; b += BLOCK) {
                blockToSet(source, data, c, b, target, firstChannel, polarisationMap, flagWhereFdZero);
            }
        }
    }

    private static void blockToSet(
            VisibilityPayload source,
            ByteBuffer data,
            int firstInHeap,
            int firstBaseline,
            DumpBlock target,
            int firstChannel,
            int[] map,
            boolean flagWhereFdZero) {
        ElementLayout layout = source.layout();
        int channelEnd = Math.min(firstInHeap + BLOCK, source.channelCount());
        int baselineEnd = Math.min(firstBaseline + BLOCK, target.baselines());
        ByteBuffer visibilities = target.visibilities();
        ByteBuffer flags = target.flags();
        boolean swap = layout.bigEndian() != NATIVE_BIG_ENDIAN;
        int fdOffset = layout.fdOffset();
        int visOffset = layout.visOffset();
        int step = target.baselines() * layout.elementBytes();
        for (int b = firstBaseline; b < baselineEnd; b++) {
            int from = firstInHeap * step + b * layout.elementBytes();
            int to = target.index(b, firstChannel + firstInHeap, 0);
            long fdSum = 0;
            for (int c = firstInHeap; c < channelEnd; c++) {
                int fd = data.get(from + fdOffset) & 0xFF;
                fdSum += fd;
                boolean flagged = flagWhereFdZero && fd == 0;
                for (int p = 0; p < map.length; p++) {
                    if (map[p] >= 0) {
                        long value = data.getLong(from + visOffset + map[p] * VIS);
                        visibilities.putLong((to + p) * VIS, swap ? swapFloats(value) : value);
                        flags.put(to + p, (byte) (flagged ? 1 : 0));
                    }
                }
                from += step;
                to += map.length;
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
     * @param fdFromFlags whether FD is 0 where every polarisation of the dump is flagged and 255 else; 0 everywhere otherwise
     * @param target receives (channel, baseline) elements of {@link ElementLayout#standard} from byte 0
     * @return how many elements had some, but not all, of their polarisations flagged
     * @throws IllegalArgumentException when the dump lacks a channel or polarisation, or the target is too small
     */
    public static long toHeapOrder(
            DumpBlock source,
            int firstChannel,
            int channelCount,
            int[] polarisationMap,
            boolean fdFromFlags,
            ByteBuffer target) {
        TranspositionCheck.toHeapOrder(source, firstChannel, channelCount, polarisationMap, target.limit());
        ByteBuffer out = target.order() == ByteOrder.nativeOrder()
                ? target
                : target.duplicate().order(ByteOrder.nativeOrder());
        if (out.isDirect()
                && !NATIVE_BIG_ENDIAN
                && polarisationMap.length == source.polarisations()
                && isPlain(polarisationMap)) {
            ElementLayout layout = ElementLayout.standard(polarisationMap.length);
            HeapElements heap = new HeapElements(
                    out,
                    channelCount,
                    source.baselines(),
                    layout.elementBytes(),
                    layout.fdOffset(),
                    layout.visOffset());
            return ElementTransposer.toHeapOrder(source.rows(), firstChannel, heap, fdFromFlags);
        }
        long partlyFlagged = 0;
        for (int c = 0; c < channelCount; c += BLOCK) {
            int count = Math.min(BLOCK, channelCount - c);
            for (int b = 0; b < source.baselines(); b += BLOCK) {
                partlyFlagged += blockToHeap(source, firstChannel + c, count, b, polarisationMap, fdFromFlags, out, c);
            }
        }
        return partlyFlagged;
    }

    private static long blockToHeap(
            DumpBlock source,
            int firstChannel,
            int channelCount,
            int firstBaseline,
            int[] map,
            boolean fdFromFlags,
            ByteBuffer out,
            int firstInHeap) {
        int baselineEnd = Math.min(firstBaseline + BLOCK, source.baselines());
        ByteBuffer visibilities = source.visibilities();
        ByteBuffer flags = source.flags();
        int polarisations = source.polarisations();
        int size = ElementLayout.PREFIX_BYTES + VIS * map.length;
        int step = source.baselines() * size;
        long partlyFlagged = 0;
        for (int b = firstBaseline; b < baselineEnd; b++) {
            int from = source.index(b, firstChannel, 0);
            int to = firstInHeap * step + b * size;
            for (int c = 0; c < channelCount; c++) {
                int flagged = countFlags(flags, from, polarisations);
                boolean all = flagged == polarisations;
                partlyFlagged += flagged > 0 && !all ? 1 : 0;
                out.put(to, (byte) 0);
                out.put(to + 1, (byte) (fdFromFlags && !all ? 0xFF : 0));
                for (int p = 0; p < map.length; p++) {
                    long value = map[p] < 0 ? 0 : visibilities.getLong((from + map[p]) * VIS);
                    int at = to + ElementLayout.PREFIX_BYTES + p * VIS;
                    out.putLong(at, NATIVE_BIG_ENDIAN ? swapFloats(value) : value);
                }
                from += polarisations;
                to += step;
            }
        }
        return partlyFlagged;
    }

    /** Whether every polarisation goes to its own place, and the library that moves those at once is there. */
    private static boolean isPlain(int... map) {
        for (int p = 0; p < map.length; p++) {
            if (map[p] != p) {
                return false;
            }
        }
        return ElementTransposer.handles(map.length);
    }

    private static int countFlags(ByteBuffer flags, int from, int polarisations) {
        int flagged = 0;
        for (int p = 0; p < polarisations; p++) {
            flagged += flags.get(from + p);
        }
        return flagged;
    }

    private static long swapFloats(long value) {
        return Long.rotateLeft(Long.reverseBytes(value), 32);
    }
}
