package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.casacore.ScalarColumn;

/** Reads rows of scalar columns through one direct buffer that grows as needed. Belongs to the thread of its tables. */
final class ScalarRows {
    /** Rows that are read at once of a column that is read from end to end. */
    static final int BLOCK = 1 << 16;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    int[] ints(ScalarColumn column, long firstRow, int rows) {
        int[] values = new int[rows];
        read(column, firstRow, rows, Integer.BYTES).asIntBuffer().get(values);
        return values;
    }

    double[] doubles(ScalarColumn column, long firstRow, int rows) {
        double[] values = new double[rows];
        read(column, firstRow, rows, Double.BYTES).asDoubleBuffer().get(values);
        return values;
    }

    /** 1 for true. */
    byte[] booleans(ScalarColumn column, long firstRow, int rows) {
        byte[] values = new byte[rows];
        read(column, firstRow, rows, Byte.BYTES).get(values);
        return values;
    }

    private ByteBuffer read(ScalarColumn column, long firstRow, int rows, int bytes) {
        if (buffer.capacity() < rows * bytes) {
            buffer = ByteBuffer.allocateDirect(rows * bytes).order(ByteOrder.nativeOrder());
        }
        column.read(firstRow, rows, buffer.clear());
        return buffer;
    }
}
