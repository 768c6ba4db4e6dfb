package org.cbfsdp.katgpucbf;

import org.spead.item.Descriptor;
import org.spead.item.NumpyHeader;
import org.spead.item.NumpyType;
import org.spead.item.Shape;

/**
 * The item of the products as a descriptor gives it: int32 of (channels, products, 2) in C order.
 *
 * @param littleEndian whether the int32 are little-endian
 * @param shape the dimensions
 */
record RawLayout(boolean littleEndian, Shape shape) {
    private static final int RANK = 3;

    /**
     * What a sender's descriptor says.
     *
     * @return null when it is anything else
     */
    static RawLayout of(Descriptor descriptor) {
        if (descriptor.numpyHeader() == null) {
            boolean int32 = descriptor.format().size() == 1
                    && descriptor.format().get(0).code() == 'i'
                    && descriptor.format().get(0).bits() == Integer.SIZE;
            return int32 && descriptor.shape().rank() == RANK ? new RawLayout(false, descriptor.shape()) : null;
        }
        NumpyHeader header = NumpyHeader.parse(descriptor.numpyHeader());
        NumpyType type = header.type();
        boolean int32 = !type.isStructured() && type.kind() == 'i' && type.itemSizeBytes() == Integer.BYTES;
        boolean usable = int32 && !header.fortranOrder() && header.shape().rank() == RANK;
        return usable ? new RawLayout(type.order() != '>', header.shape()) : null;
    }

    /** Whether an array of these dimensions can be meant. */
    boolean fits(long channels, long products) {
        return isOrVaries(0, channels) && isOrVaries(1, products) && isOrVaries(2, 2);
    }

    private boolean isOrVaries(int dimension, long size) {
        return shape.size(dimension) == size || shape.size(dimension) == Shape.VARIABLE;
    }
}
