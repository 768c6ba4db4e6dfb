package org.casacore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A column with one value a row, read and written by ranges of rows.
 *
 * <p>Belongs to the thread of its table and ends with it. Rows outside the table are an
 * {@link IndexOutOfBoundsException}; a wrong type, buffer or size is an {@link IllegalArgumentException}. The buffer
 * methods copy nothing on the way; the array methods are for convenience with small columns.
 */
public final class ScalarColumn {
    private final ColumnSite site;

    ScalarColumn(ColumnSite site) {
        this.site = site;
    }

    /** The column's name. */
    public String name() {
        return site.description().name();
    }

    /** The type of its values. */
    public DataType type() {
        return site.type();
    }

    /**
     * Reads rows into a direct buffer, from its position on, which stays as it is.
     *
     * @param direct in native order, with {@code rows * type().bytes()} bytes remaining or more
     */
    public void read(long firstRow, long rows, ByteBuffer direct) {
        BlockBuffer.check(site, direct, true, rows, 1);
        ScalarColumnJni.read(
                site.handle(), site.index(), firstRow, rows, direct, direct.position(), direct.remaining());
    }

    /**
     * Writes rows from a direct buffer, from its position on, which stays as it is.
     *
     * @param direct in native order, with {@code rows * type().bytes()} bytes remaining or more
     */
    public void write(long firstRow, long rows, ByteBuffer direct) {
        BlockBuffer.check(site, direct, false, rows, 1);
        ScalarColumnJni.write(
                site.writableHandle(), site.index(), firstRow, rows, direct, direct.position(), direct.remaining());
    }

    /** Rows of any real number type. */
    public double[] doubles(long firstRow, long rows) {
        site.checkType(type().isNumber(), "a real number");
        return CellValues.toDoubles(type(), cells(firstRow, rows));
    }

    /** Rows of any integer type; {@link ArithmeticException} if one does not fit. */
    public int[] ints(long firstRow, long rows) {
        site.checkType(isInteger(), "an integer");
        return CellValues.toInts(type(), cells(firstRow, rows));
    }

    /** Rows of type BOOL. */
    public boolean[] booleans(long firstRow, long rows) {
        site.checkType(type() == DataType.BOOL, "BOOL");
        return CellValues.toBooleans(cells(firstRow, rows));
    }

    /** Rows of type STRING. */
    public String[] strings(long firstRow, long rows) {
        site.checkType(type() == DataType.STRING, "STRING");
        return ScalarColumnJni.readStrings(site.handle(), site.index(), firstRow, rows);
    }

    /** Writes rows of type FLOAT (rounded) or DOUBLE. */
    public void putDoubles(long firstRow, double... values) {
        site.checkType(type().isNumber() && !isInteger(), "FLOAT or DOUBLE");
        ByteBuffer cells = BlockBuffer.allocate(site, values.length, 1);
        CellValues.putDoubles(type(), cells, values);
        write(firstRow, values.length, cells);
    }

    /** Writes rows of any integer type; {@link ArithmeticException} if one does not fit. */
    public void putInts(long firstRow, int... values) {
        site.checkType(isInteger(), "an integer");
        ByteBuffer cells = BlockBuffer.allocate(site, values.length, 1);
        CellValues.putInts(type(), cells, values);
        write(firstRow, values.length, cells);
    }

    /** Writes rows of type BOOL. */
    public void putBooleans(long firstRow, boolean... values) {
        site.checkType(type() == DataType.BOOL, "BOOL");
        ByteBuffer cells = BlockBuffer.allocate(site, values.length, 1);
        CellValues.putBooleans(cells, values);
        write(firstRow, values.length, cells);
    }

    /** Writes rows of type STRING. */
    public void putStrings(long firstRow, String... values) {
        site.checkType(type() == DataType.STRING, "STRING");
        for (String value : values) {
            Objects.requireNonNull(value, site::toString);
        }
        ScalarColumnJni.writeStrings(site.writableHandle(), site.index(), firstRow, values);
    }

    /** Writes one value into many rows of type FLOAT (rounded) or DOUBLE. */
    public void fill(long firstRow, long rows, double value) {
        double[] values = new double[Math.toIntExact(rows)];
        Arrays.fill(values, value);
        putDoubles(firstRow, values);
    }

    /** Writes one value into many rows of an integer type. */
    public void fill(long firstRow, long rows, int value) {
        int[] values = new int[Math.toIntExact(rows)];
        Arrays.fill(values, value);
        putInts(firstRow, values);
    }

    private boolean isInteger() {
        return type().isNumber() && type() != DataType.FLOAT && type() != DataType.DOUBLE;
    }

    private ByteBuffer cells(long firstRow, long rows) {
        ByteBuffer cells = BlockBuffer.allocate(site, rows, 1);
        read(firstRow, rows, cells);
        return cells;
    }
}
