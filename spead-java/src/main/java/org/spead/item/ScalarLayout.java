package org.spead.item;

import java.nio.ByteBuffer;

/**
 * How the bytes of an integer scalar make a number: its width and byte order. Immutable; reading makes no garbage.
 *
 * <p>An addressed item counts with its first bytes, an immediate with its last (SPEAD values of fixed size, surplus ignored).
 */
public record ScalarLayout(int bytes, boolean littleEndian) {
    /**
     * The layout that a sender's descriptor gives.
     *
     * @return null when it describes no whole-byte integer scalar
     * @throws ItemFormatException when its numpy header cannot be read
     */
    public static ScalarLayout of(Descriptor descriptor) {
        if (descriptor.numpyHeader() != null) {
            return ofNumpy(NumpyHeader.parse(descriptor.numpyHeader()));
        }
        if (descriptor.format().size() != 1 || descriptor.shape().rank() != 0) {
            return null;
        }
        FormatField field = descriptor.format().get(0);
        boolean integer = field.code() == 'u' || field.code() == 'i';
        return integer && field.bits() % 8 == 0 && field.bits() > 0 && field.bits() <= Long.SIZE
                ? new ScalarLayout(field.bits() / 8, false)
                : null;
    }

    private static ScalarLayout ofNumpy(NumpyHeader header) {
        NumpyType type = header.type();
        boolean integer = !type.isStructured() && (type.kind() == 'u' || type.kind() == 'i');
        return integer && header.shape().rank() == 0
                ? new ScalarLayout(type.itemSizeBytes(), type.order() != '>')
                : null;
    }

    /** The value of an addressed item, as unsigned bits. */
    public long read(ByteBuffer payload, int offset) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int at = littleEndian ? offset + bytes - 1 - i : offset + i;
            value = (value << 8) | (payload.get(at) & 0xFF);
        }
        return value;
    }

    /** The value of an immediate item, whose bytes are the pointer's, big-endian. */
    public long ofImmediate(long immediate) {
        int unused = Long.SIZE - 8 * bytes;
        return littleEndian ? Long.reverseBytes(immediate << unused) & mask() : immediate & mask();
    }

    private long mask() {
        return bytes == Long.BYTES ? -1L : (1L << (8 * bytes)) - 1;
    }
}
