package org.spead.item;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Items whose format is no machine type: fields packed as a stream of bits, the most significant first, without padding
 * between fields or elements and with zero bits at the end. Unpacked to one 64-bit word a field.
 */
final class BitItemType extends ItemType {
    private final List<FormatField> fields;

    BitItemType(List<FormatField> fields, Shape shape) {
        super(
                new ElementReader.OfWords(fields),
                shape,
                fields.stream().mapToLong(FormatField::bits).sum());
        this.fields = List.copyOf(fields);
    }

    @Override
    void unpack(ByteBuffer wire, Shape resolved, int elements, ByteBuffer out) {
        long bit = 0;
        for (int element = 0; element < elements; element++) {
            for (FormatField field : fields) {
                out.putLong(word(field, read(wire, bit, field.bits())));
                bit += field.bits();
            }
        }
    }

    @Override
    void pack(ByteBuffer nativeBytes, Shape resolved, int elements, ByteBuffer wire) {
        long bit = 0;
        int at = 0;
        for (int element = 0; element < elements; element++) {
            for (FormatField field : fields) {
                write(wire, bit, field.bits(), bits(field, nativeBytes.getLong(at)));
                bit += field.bits();
                at += 8;
            }
        }
    }

    @Override
    ByteBuffer scalar(long integer, double real) {
        if (fields.size() != 1) {
            throw new IllegalArgumentException("items of several fields are no numbers");
        }
        ByteBuffer out = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        return out.putLong(0, integer);
    }

    /** What the bits of a field mean, as a word. */
    private static long word(FormatField field, long bits) {
        return switch (field.code()) {
            case 'i' -> bits << (64 - field.bits()) >> (64 - field.bits());
            case 'b' -> bits != 0 ? 1 : 0;
            case 'f' ->
                Double.doubleToRawLongBits(
                        field.bits() == 32 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits));
            default -> bits;
        };
    }

    /** The inverse of {@link #word}. */
    private static long bits(FormatField field, long word) {
        if (field.code() == 'f' && field.bits() == 32) {
            return Float.floatToRawIntBits((float) Double.longBitsToDouble(word));
        }
        return word;
    }

    private static long read(ByteBuffer wire, long firstBit, int count) {
        long value = 0;
        for (long bit = firstBit; bit < firstBit + count; ) {
            int inByte = (int) (bit & 7);
            int take = (int) Math.min(8 - inByte, firstBit + count - bit);
            int chunk = (wire.get((int) (bit >>> 3)) & 0xff) >>> (8 - inByte - take) & ((1 << take) - 1);
            value = (value << take) | chunk;
            bit += take;
        }
        return value;
    }

    private static void write(ByteBuffer wire, long firstBit, int count, long value) {
        int left = count;
        for (long bit = firstBit; left > 0; ) {
            int inByte = (int) (bit & 7);
            int take = Math.min(8 - inByte, left);
            left -= take;
            int chunk = (int) (value >>> left) & ((1 << take) - 1);
            int at = (int) (bit >>> 3);
            wire.put(at, (byte) (wire.get(at) | chunk << (8 - inByte - take)));
            bit += take;
        }
    }
}
