package org.spead.item;

/**
 * Which mistakes of old SPEAD implementations a descriptor is written and read with. Immutable.
 *
 * <p>A sender has it in its {@link Flavour}; a receiver cannot see it in the packets and has to be told. Numbers are those
 * that other implementations use for the same mistakes.
 *
 * @param bits the sum of {@link #DESCRIPTOR_WIDTHS}, {@link #SHAPE_BIT_1} and {@link #SWAP_ENDIAN} or some of them
 */
public record BugCompat(int bits) {
    /** Format fields of a descriptor have 4 bytes and dimensions 8, whatever the flavour. */
    public static final int DESCRIPTOR_WIDTHS = 1;

    /** A variable dimension is marked by the second bit of its flag byte, not by the first. */
    public static final int SHAPE_BIT_1 = 2;

    /** The byte orders in numpy headers are the opposite of those of the data. */
    public static final int SWAP_ENDIAN = 4;

    /** None: descriptors as the protocol has them. */
    public static final BugCompat NONE = new BugCompat(0);

    /** All that PySPEAD 0.5.2 does. */
    public static final BugCompat PYSPEAD_0_5_2 = new BugCompat(DESCRIPTOR_WIDTHS | SHAPE_BIT_1 | SWAP_ENDIAN);

    public BugCompat {
        if ((bits & ~(DESCRIPTOR_WIDTHS | SHAPE_BIT_1 | SWAP_ENDIAN)) != 0) {
            throw new IllegalArgumentException("unknown bits in bug compatibility " + bits + ", known are 1, 2 and 4");
        }
    }

    /** Width of one format field in bytes: the code and as many bytes of width as an item pointer leaves. */
    int formatBytes(int heapAddressBytes) {
        return has(DESCRIPTOR_WIDTHS) ? 4 : 9 - heapAddressBytes;
    }

    /** Width of one dimension in bytes: the flag and an address. */
    int shapeBytes(int heapAddressBytes) {
        return has(DESCRIPTOR_WIDTHS) ? 8 : 1 + heapAddressBytes;
    }

    /** The flag of a variable dimension. */
    int variableFlag() {
        return has(SHAPE_BIT_1) ? 2 : 1;
    }

    /** A numpy header as it is on the wire made the true one, or the other way round. */
    String numpyHeader(String header) {
        if (!has(SWAP_ENDIAN)) {
            return header;
        }
        NumpyHeader parsed = NumpyHeader.parse(header);
        return new NumpyHeader(parsed.type().swapped(), parsed.fortranOrder(), parsed.shape()).toString();
    }

    /** The bits for people: {@code 0} or a sum such as {@code 5}. */
    @Override
    public String toString() {
        return Integer.toString(bits);
    }

    private boolean has(int bit) {
        return (bits & bit) != 0;
    }
}
