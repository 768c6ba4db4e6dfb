package org.cbfsdp.payload;

/**
 * Where the parts of one correlator output element lie: one element a channel and baseline. Immutable.
 *
 * <p>The interface (item 0x600A) says {TCI i1, FD u1, VIS n x complex64 little-endian}, 2 + 8 n bytes; a conforming sender
 * may order or swap the parts otherwise as long as its descriptor says so.
 *
 * @param elementBytes distance from one element to the next
 * @param tciOffset byte of the time centroid index
 * @param fdOffset byte of the fraction of data
 * @param visOffset first byte of the visibilities, each two float32, real part first
 * @param polarisations visibilities in an element
 * @param bigEndian whether the float32 are big-endian
 */
public record ElementLayout(
        int elementBytes, int tciOffset, int fdOffset, int visOffset, int polarisations, boolean bigEndian) {
    /** Bytes of TCI and FD in the interface's own layout. */
    public static final int PREFIX_BYTES = 2;

    /** Bytes of one complex64. */
    public static final int VISIBILITY_BYTES = 8;

    /** The interface's own layout. */
    public static ElementLayout standard(int polarisations) {
        return new ElementLayout(
                PREFIX_BYTES + VISIBILITY_BYTES * polarisations, 0, 1, PREFIX_BYTES, polarisations, false);
    }
}
