package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import org.casacore.DataType;

/** Numbers of any casacore type as text. Stateless. */
final class CellText {
    private CellText() {}

    /** The value number {@code index} of a native-order buffer of values of one type. */
    static String of(DataType type, ByteBuffer values, int index) {
        int at = index * type.bytes();
        return switch (type) {
            case BOOL -> String.valueOf(values.get(at) != 0);
            case UCHAR -> String.valueOf(Byte.toUnsignedInt(values.get(at)));
            case SHORT -> String.valueOf(values.getShort(at));
            case USHORT -> String.valueOf(Short.toUnsignedInt(values.getShort(at)));
            case INT -> String.valueOf(values.getInt(at));
            case UINT -> Integer.toUnsignedString(values.getInt(at));
            case INT64 -> String.valueOf(values.getLong(at));
            case FLOAT -> String.valueOf(values.getFloat(at));
            case DOUBLE -> String.valueOf(values.getDouble(at));
            case COMPLEX -> "(" + values.getFloat(at) + ", " + values.getFloat(at + Float.BYTES) + ")";
            case DCOMPLEX -> "(" + values.getDouble(at) + ", " + values.getDouble(at + Double.BYTES) + ")";
            case STRING -> throw new IllegalArgumentException("text is in no buffer");
        };
    }
}
