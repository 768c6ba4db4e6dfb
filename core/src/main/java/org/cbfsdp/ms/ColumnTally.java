package org.cbfsdp.ms;

import java.nio.ByteBuffer;

/** Counts the values of a column that differ and keeps the largest difference. Used by one thread. */
final class ColumnTally {
    /** How two values are compared: equal ones, by whatever measure, give a negative number, others their distance. */
    interface Distance {
        double of(ByteBuffer a, ByteBuffer b, int index);
    }

    private final String column;
    private final int valueBytes;
    private final Distance distance;
    private long compared;
    private long different;
    private double largest;
    private String where = "";

    ColumnTally(String column, int valueBytes, Distance distance) {
        this.column = column;
        this.valueBytes = valueBytes;
        this.distance = distance;
    }

    /** Flags, a byte each. */
    static ColumnTally flags() {
        return new ColumnTally("FLAG", 1, (a, b, i) -> (a.get(i) == 0) == (b.get(i) == 0) ? -1 : 1);
    }

    /** Doubles, bit for bit. */
    static ColumnTally doubles(String column) {
        return new ColumnTally(column, Double.BYTES, (a, b, i) -> {
            double x = a.getDouble(i * Double.BYTES);
            double y = b.getDouble(i * Double.BYTES);
            return Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(y) ? -1 : Math.abs(x - y);
        });
    }

    /** complex64; with tolerance 0 bit for bit. */
    static ColumnTally complex(String column, double tolerance) {
        return new ColumnTally(column, 2 * Float.BYTES, (a, b, i) -> {
            int at = i * 2 * Float.BYTES;
            if (a.getLong(at) == b.getLong(at)) {
                return -1;
            }
            double real = (double) a.getFloat(at) - b.getFloat(at);
            double imaginary = (double) a.getFloat(at + Float.BYTES) - b.getFloat(at + Float.BYTES);
            double modulus = Math.hypot(real, imaginary);
            return tolerance > 0 && modulus <= tolerance ? -1 : modulus;
        });
    }

    /** Compares the values of a row in both sets. */
    void compare(ByteBuffer a, ByteBuffer b, RowPlace place) {
        int values = a.limit() / valueBytes;
        compared += values;
        int first = a.mismatch(b);
        for (int i = first < 0 ? values : first / valueBytes; i < values; i++) {
            double found = distance.of(a, b, i);
            if (found >= 0 || Double.isNaN(found)) {
                different++;
                if (where.isEmpty() || found > largest || (Double.isNaN(found) && !Double.isNaN(largest))) {
                    largest = found;
                    where = place.of(i);
                }
            }
        }
    }

    ColumnDifference result() {
        return new ColumnDifference(column, compared, different, largest, where);
    }

    /** Tells where value {@code index} of a row is. */
    interface RowPlace {
        String of(int index);
    }
}
