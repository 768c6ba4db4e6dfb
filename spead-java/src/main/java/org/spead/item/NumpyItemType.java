package org.spead.item;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Items of numpy elements: whole bytes, in the byte order the type names, in C or Fortran order. */
final class NumpyItemType extends ItemType {
    private final NumpyType wireType;
    private final boolean fortranOrder;

    NumpyItemType(NumpyType wireType, boolean fortranOrder, Shape shape, boolean text) {
        super(new ElementReader.OfNumpy(wireType.toNative(), text), shape, 8L * wireType.itemSizeBytes());
        this.wireType = wireType;
        this.fortranOrder = fortranOrder;
    }

    @Override
    void unpack(ByteBuffer wire, Shape resolved, int elements, ByteBuffer out) {
        permute(wire, resolved, elements, out, true);
        toOtherOrder(out, elements);
    }

    @Override
    void pack(ByteBuffer nativeBytes, Shape resolved, int elements, ByteBuffer wire) {
        permute(nativeBytes, resolved, elements, wire, false);
        toOtherOrder(wire, elements);
    }

    @Override
    ByteBuffer scalar(long integer, double real) {
        int size = wireType.itemSizeBytes();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        boolean isFloat = wireType.kind() == 'f';
        if (wireType.isStructured() || "iufbS".indexOf(wireType.kind()) < 0 || (isFloat && size == 2) || size > 8) {
            throw new IllegalArgumentException("items of type " + wireType + " are no numbers");
        }
        switch (size) {
            case 1 -> out.put(0, (byte) integer);
            case 2 -> out.putShort(0, (short) integer);
            case 4 -> out.putInt(0, isFloat ? Float.floatToRawIntBits((float) real) : (int) integer);
            default -> out.putLong(0, isFloat ? Double.doubleToRawLongBits(real) : integer);
        }
        return out;
    }

    /** Copies elements between the wire's order of dimensions and C order. */
    private void permute(ByteBuffer from, Shape resolved, int elements, ByteBuffer to, boolean fromWire) {
        int size = wireType.itemSizeBytes();
        if (!fortranOrder || resolved.rank() < 2) {
            to.put(0, from, from.position(), elements * size);
            return;
        }
        int rank = resolved.rank();
        long[] index = new long[rank];
        for (int c = 0; c < elements; c++) {
            long f = 0;
            for (int dimension = rank - 1; dimension >= 0; dimension--) {
                f = f * resolved.size(dimension) + index[dimension];
            }
            int source = (int) (fromWire ? f : c) * size;
            int target = (int) (fromWire ? c : f) * size;
            to.put(target, from, from.position() + source, size);
            for (int dimension = rank - 1; dimension >= 0; dimension--) {
                if (++index[dimension] < resolved.size(dimension)) {
                    break;
                }
                index[dimension] = 0;
            }
        }
    }

    /** Swaps the bytes of whatever is not in this machine's order. */
    private void toOtherOrder(ByteBuffer buffer, int elements) {
        if (!wireType.isNative()) {
            for (int i = 0; i < elements; i++) {
                swap(wireType, buffer, i * wireType.itemSizeBytes());
            }
        }
    }

    private static void swap(NumpyType type, ByteBuffer buffer, int offset) {
        if (type.isNative()) {
            return;
        }
        if (type.isStructured()) {
            for (NumpyField field : type.fields()) {
                for (int i = 0; i < field.elements(); i++) {
                    swap(
                            field.type(),
                            buffer,
                            offset + field.offsetBytes() + i * field.type().itemSizeBytes());
                }
            }
            return;
        }
        int unit = switch (type.kind()) {
            case 'c' -> type.itemSizeBytes() / 2;
            case 'U' -> 4;
            default -> type.itemSizeBytes();
        };
        for (int at = offset; at < offset + type.itemSizeBytes(); at += unit) {
            switch (unit) {
                case 2 -> buffer.putShort(at, Short.reverseBytes(buffer.getShort(at)));
                case 4 -> buffer.putInt(at, Integer.reverseBytes(buffer.getInt(at)));
                default -> buffer.putLong(at, Long.reverseBytes(buffer.getLong(at)));
            }
        }
    }
}
