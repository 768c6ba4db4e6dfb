package org.spead.item;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Lays out a descriptor as the SPEAD packet that is the value of a descriptor item (SPEAD protocol, section 3.4).
 *
 * <p>Pointers in the order of common practice: the four of every packet, the identifier as an immediate, then name,
 * description, format and shape, and the numpy header when there is one; the payload is these fields back to back.
 */
final class DescriptorCodec {
    static final int HEADER_BYTES = 8;

    private DescriptorCodec() {}

    static ByteBuffer encode(Descriptor descriptor, Flavour flavour) {
        if (descriptor.id() <= 0 || descriptor.id() > flavour.maxItemId()) {
            throw new IllegalArgumentException(
                    "item id 0x" + Integer.toHexString(descriptor.id()) + " does not exist in " + flavour);
        }
        boolean numpy = descriptor.numpyHeader() != null;
        Shape shape = numpy ? NumpyHeader.parse(descriptor.numpyHeader()).shape() : descriptor.shape();
        byte[][] fields = {
            ascii(descriptor.name()),
            ascii(descriptor.description()),
            format(descriptor, flavour),
            shape(shape, flavour),
            ascii(numpy ? flavour.bugCompat().numpyHeader(descriptor.numpyHeader()) : "")
        };
        int[] ids = {
            ItemId.DESCRIPTOR_NAME,
            ItemId.DESCRIPTOR_DESCRIPTION,
            ItemId.DESCRIPTOR_FORMAT,
            ItemId.DESCRIPTOR_SHAPE,
            ItemId.DESCRIPTOR_DTYPE
        };
        int used = numpy ? fields.length : fields.length - 1;
        int length = 0;
        for (byte[] field : fields) {
            length += field.length;
        }
        // A packet must carry payload: an empty descriptor is padded by one byte, as any empty heap is.
        boolean padded = length == 0;
        int payload = padded ? 1 : length;
        int pointers = 5 + used + (padded ? 1 : 0);
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 8 * pointers + payload);
        out.put((byte) Flavour.MAGIC).put((byte) Flavour.VERSION);
        out.put((byte) flavour.itemIdBytes()).put((byte) flavour.heapAddressBytes());
        out.putShort((short) 0).putShort((short) pointers);
        int bits = flavour.heapAddressBits();
        out.putLong(ItemPointer.immediate(ItemId.HEAP_CNT, 1, bits));
        out.putLong(ItemPointer.immediate(ItemId.HEAP_LENGTH, payload, bits));
        out.putLong(ItemPointer.immediate(ItemId.PAYLOAD_OFFSET, 0, bits));
        out.putLong(ItemPointer.immediate(ItemId.PAYLOAD_LENGTH, payload, bits));
        out.putLong(ItemPointer.immediate(ItemId.DESCRIPTOR_ID, descriptor.id(), bits));
        int address = 0;
        for (int i = 0; i < used; i++) {
            out.putLong(ItemPointer.addressed(ids[i], address, bits));
            address += fields[i].length;
        }
        if (padded) {
            out.putLong(ItemPointer.addressed(ItemId.NULL, 0, bits));
        }
        for (byte[] field : fields) {
            out.put(field);
        }
        return out.rewind();
    }

    private static byte[] format(Descriptor descriptor, Flavour flavour) {
        int width = flavour.bugCompat().formatBytes(flavour.heapAddressBytes());
        ByteBuffer out = ByteBuffer.allocate(width * descriptor.format().size());
        for (FormatField field : descriptor.format()) {
            out.put((byte) field.code());
            putUnsigned(out, field.bits(), width - 1);
        }
        return out.array();
    }

    private static byte[] shape(Shape shape, Flavour flavour) {
        int width = flavour.bugCompat().shapeBytes(flavour.heapAddressBytes());
        ByteBuffer out = ByteBuffer.allocate(width * shape.rank());
        for (int i = 0; i < shape.rank(); i++) {
            boolean variable = shape.size(i) == Shape.VARIABLE;
            out.put((byte) (variable ? flavour.bugCompat().variableFlag() : 0));
            putUnsigned(out, variable ? 0 : shape.size(i), width - 1);
        }
        return out.array();
    }

    private static void putUnsigned(ByteBuffer out, long value, int bytes) {
        if (value < 0 || (bytes < 8 && value >>> (8 * bytes) != 0)) {
            throw new IllegalArgumentException(value + " does not fit " + bytes + " bytes of a descriptor");
        }
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.put((byte) (value >>> shift));
        }
    }

    private static byte[] ascii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (!new String(bytes, StandardCharsets.US_ASCII).equals(text)) {
            throw new IllegalArgumentException("descriptor text must be ASCII: " + text);
        }
        return bytes;
    }
}
