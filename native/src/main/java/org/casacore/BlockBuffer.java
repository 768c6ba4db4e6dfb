package org.casacore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a buffer must be before its address goes to casacore. */
final class BlockBuffer {
    private BlockBuffer() {}

    /** Checks all but the size, which for variable shapes only the bridge knows. */
    static void check(ColumnSite site, ByteBuffer buffer, boolean written) {
        site.checkType(site.type() != DataType.STRING, "of a fixed width: use the methods for strings");
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException(site + ": the buffer must be direct, ByteBuffer.allocateDirect");
        }
        if (written && buffer.isReadOnly()) {
            throw new IllegalArgumentException(site + ": the buffer is read-only");
        }
        if (site.type().bytes() > 1 && buffer.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(site + ": the buffer's order is " + buffer.order()
                    + " but cells cross in native order, call order(ByteOrder.nativeOrder())");
        }
    }

    /** Checks the size too, where the shape is known. */
    static void check(ColumnSite site, ByteBuffer buffer, boolean written, long rows, long valuesPerRow) {
        check(site, buffer, written);
        long needed = bytes(site, rows, valuesPerRow);
        if (needed > buffer.remaining()) {
            throw new IllegalArgumentException(
                    site + ": " + rows + " rows need " + needed + " bytes, the buffer has " + buffer.remaining());
        }
    }

    static long bytes(ColumnSite site, long rows, long valuesPerRow) {
        if (rows < 0) {
            throw new IllegalArgumentException(site + ": " + rows + " rows");
        }
        try {
            return Math.multiplyExact(
                    Math.multiplyExact(rows, valuesPerRow), (long) site.type().bytes());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(site + ": " + rows + " rows are more than any buffer holds", e);
        }
    }

    /** A buffer of exactly these rows, in native order. */
    static ByteBuffer allocate(ColumnSite site, long rows, long valuesPerRow) {
        long bytes = bytes(site, rows, valuesPerRow);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(site + ": " + rows + " rows do not fit into one buffer");
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }
}
