package org.spead.item;

/**
 * One field of a descriptor's format: a code and a width (SPEAD protocol, section 3.4.2). Immutable.
 *
 * @param code {@code u} unsigned, {@code i} signed, {@code f} float, {@code b} boolean, {@code c} character; what came from
 *     the network may be anything else
 * @param bits width in bits
 */
public record FormatField(char code, int bits) {
    /** The field as descriptors print it, such as {@code ('u', 32)}. */
    @Override
    public String toString() {
        return "('" + code + "', " + bits + ")";
    }

    /** Whether numpy has a type of this width, so that elements are whole machine values. */
    boolean isNumpy() {
        return switch (code) {
            case 'u', 'i' -> bits == 8 || bits == 16 || bits == 32 || bits == 64;
            case 'f' -> bits == 32 || bits == 64;
            case 'b', 'c' -> bits == 8;
            default -> false;
        };
    }

    /** Whether the field can be unpacked from a stream of bits. */
    boolean isSupported() {
        return switch (code) {
            case 'u', 'i', 'b' -> bits >= 1 && bits <= 64;
            default -> isNumpy();
        };
    }

    /** The numpy type of a field for which {@link #isNumpy()} holds; on the wire formats are big-endian. */
    NumpyType numpyType() {
        char kind = code == 'c' ? 'S' : code;
        return NumpyType.scalar('>', kind, bits / 8);
    }
}
