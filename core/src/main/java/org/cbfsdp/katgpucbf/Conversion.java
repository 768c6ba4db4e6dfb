package org.cbfsdp.katgpucbf;

import java.nio.ByteBuffer;
import org.cbfsdp.payload.ElementLayout;

/**
 * The products of a heap, as int32 in the correlator's order, into elements of the interface's own layout in the data model's. Stateless.
 *
 * <p>int32 becomes the nearest float32: exact up to 2^24, and beyond by less than one part in 2^24. A product whose real part is
 * -2^31 is the correlator's mark for one of which an input is missing, and no value: it becomes zero, and as one fraction of data (FD)
 * holds for the four polarisations of an element, that of its element becomes 0. FD of all others is 255; TCI is 0.
 */
final class Conversion {
    /** Bytes of one product, real and imaginary part. */
    static final int PRODUCT_BYTES = 2 * Integer.BYTES;

    private static final int MISSING = Integer.MIN_VALUE;
    private static final short ALL_DATA = (short) 0xFF00;
    private static final short NO_DATA = 0;

    /** Bytes of an element with four polarisations. */
    static final int ELEMENT_BYTES = ElementLayout.PREFIX_BYTES + CorrelatorOrder.PRODUCTS * PRODUCT_BYTES;

    private Conversion() {}

    /**
     * Converts all channels.
     *
     * @param raw big-endian buffer with the products from {@code offset} on
     * @param littleEndian whether the int32 themselves are little-endian
     * @param elements little-endian; receives the elements from byte 0 on
     */
    static void convert(
            ByteBuffer raw,
            int offset,
            boolean littleEndian,
            int channels,
            CorrelatorOrder order,
            ByteBuffer elements) {
        int from = offset;
        for (int channel = 0; channel < channels; channel++) {
            int row = channel * order.pairs();
            for (int pair = 0; pair < order.pairs(); pair++) {
                int to = (row + order.baseline(pair)) * ELEMENT_BYTES;
                boolean whole = pair(raw, from, littleEndian, elements, to + ElementLayout.PREFIX_BYTES);
                elements.putShort(to, whole ? ALL_DATA : NO_DATA);
                from += CorrelatorOrder.PRODUCTS * PRODUCT_BYTES;
            }
        }
    }

    /** The products of one pair; false when one of them is marked as missing. */
    private static boolean pair(ByteBuffer raw, int from, boolean littleEndian, ByteBuffer elements, int to) {
        boolean whole = true;
        for (int product = 0; product < CorrelatorOrder.PRODUCTS; product++) {
            int at = from + product * PRODUCT_BYTES;
            int real = raw.getInt(at);
            int imaginary = raw.getInt(at + Integer.BYTES);
            if (littleEndian) {
                real = Integer.reverseBytes(real);
                imaginary = Integer.reverseBytes(imaginary);
            }
            boolean missing = real == MISSING;
            whole &= !missing;
            elements.putLong(
                    to + CorrelatorOrder.place(product) * PRODUCT_BYTES, missing ? 0 : complex64(real, imaginary));
        }
        return whole;
    }

    /** The real part in the lower half: first in a little-endian buffer. */
    private static long complex64(int real, int imaginary) {
        long lower = Float.floatToRawIntBits(real) & 0xFFFF_FFFFL;
        return (long) Float.floatToRawIntBits(imaginary) << Integer.SIZE | lower;
    }
}
