package org.cbfsdp.payload;

/**
 * Whether what shall be transposed fits together, asked once before any byte moves. Stateless.
 *
 * <p>A map or layout that points past its element would not fail by itself: it would read the neighbour's visibilities.
 */
final class TranspositionCheck {
    private TranspositionCheck() {}

    static void toSetOrder(
            int channels,
            int baselines,
            ElementLayout layout,
            int dataBytes,
            DumpBlock target,
            int firstChannel,
            int[] map) {
        if (channels < 0
                || baselines != target.baselines()
                || firstChannel < 0
                || channels > target.channels() - firstChannel) {
            throw new IllegalArgumentException("a payload of " + channels + " channels x " + baselines
                    + " baselines does not fit a dump of " + target.channels() + " channels x " + target.baselines()
                    + " baselines at channel " + firstChannel);
        }
        long visEnd = layout.visOffset() + (long) layout.polarisations() * ElementLayout.VISIBILITY_BYTES;
        if (layout.fdOffset() < 0
                || layout.fdOffset() >= layout.elementBytes()
                || layout.visOffset() < 0
                || visEnd > layout.elementBytes()) {
            throw new IllegalArgumentException("parts of the element lie outside of it: " + layout);
        }
        requireBytes((long) channels * baselines, layout.elementBytes(), dataBytes);
        requireMap(map, target.polarisations(), layout.polarisations());
    }

    static void toHeapOrder(DumpBlock source, int firstChannel, int channels, int[] map, int targetBytes) {
        if (firstChannel < 0 || channels < 0 || channels > source.channels() - firstChannel) {
            throw new IllegalArgumentException("a dump of " + source.channels() + " channels has no " + channels
                    + " channels from channel " + firstChannel);
        }
        int elementBytes = ElementLayout.standard(map.length).elementBytes();
        requireBytes((long) channels * source.baselines(), elementBytes, targetBytes);
        requireMap(map, map.length, source.polarisations());
    }

    private static void requireBytes(long elements, int elementBytes, int available) {
        if (elements > available / elementBytes) {
            throw new IllegalArgumentException(
                    elements + " elements of " + elementBytes + " bytes do not fit in " + available + " bytes");
        }
    }

    private static void requireMap(int[] map, int length, int polarisations) {
        boolean fits = map.length == length;
        for (int polarisation : map) {
            fits &= polarisation < polarisations;
        }
        if (!fits) {
            throw new IllegalArgumentException("the polarisation map " + java.util.Arrays.toString(map)
                    + " does not take " + polarisations + " polarisations to " + length);
        }
    }
}
