package org.casacore;

import java.nio.ByteBuffer;

/** Cells of any numeric type in a native-order buffer, from and to Java numbers, exactly or not at all. */
final class CellValues {
    private CellValues() {}

    static double[] toDoubles(DataType type, ByteBuffer cells) {
        double[] values = new double[cells.remaining() / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> cells.getFloat();
                case DOUBLE -> cells.getDouble();
                default -> nextLong(type, cells);
            };
        }
        return values;
    }

    /** Throws ArithmeticException for a value that no int holds. */
    static int[] toInts(DataType type, ByteBuffer cells) {
        int[] values = new int[cells.remaining() / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.toIntExact(nextLong(type, cells));
        }
        return values;
    }

    static boolean[] toBooleans(ByteBuffer cells) {
        boolean[] values = new boolean[cells.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cells.get() != 0;
        }
        return values;
    }

    /** Singles are rounded; only the floating-point types are served. */
    static void putDoubles(DataType type, ByteBuffer cells, double... values) {
        for (double value : values) {
            if (type == DataType.FLOAT) {
                cells.putFloat((float) value);
            } else {
                cells.putDouble(value);
            }
        }
        cells.flip();
    }

    /** Throws ArithmeticException for a value the type does not hold. */
    static void putInts(DataType type, ByteBuffer cells, int... values) {
        for (int value : values) {
            switch (type) {
                case UCHAR -> cells.put((byte) inRange(value, 0, 0xFF, type));
                case SHORT -> cells.putShort((short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE, type));
                case USHORT -> cells.putShort((short) inRange(value, 0, 0xFFFF, type));
                case INT -> cells.putInt(value);
                case UINT -> cells.putInt(inRange(value, 0, Integer.MAX_VALUE, type));
                case INT64 -> cells.putLong(value);
                default -> throw new IllegalArgumentException(type + " holds no integers");
            }
        }
        cells.flip();
    }

    static void putBooleans(ByteBuffer cells, boolean... values) {
        for (boolean value : values) {
            cells.put((byte) (value ? 1 : 0));
        }
        cells.flip();
    }

    private static long nextLong(DataType type, ByteBuffer cells) {
        return switch (type) {
            case UCHAR -> Byte.toUnsignedLong(cells.get());
            case SHORT -> cells.getShort();
            case USHORT -> Short.toUnsignedLong(cells.getShort());
            case INT -> cells.getInt();
            case UINT -> Integer.toUnsignedLong(cells.getInt());
            case INT64 -> cells.getLong();
            default -> throw new IllegalArgumentException(type + " holds no integers");
        };
    }

    private static int inRange(int value, int least, int most, DataType type) {
        if (value < least || value > most) {
            throw new ArithmeticException(value + " is no " + type);
        }
        return value;
    }
}
