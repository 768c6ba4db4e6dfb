package org.casacore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A column with an array a row, read and written by ranges of rows whose arrays have one shape.
 *
 * <p>Shapes, starts and counts are in casacore's axis order, fastest first, such as (pol, chan). In a buffer that is C
 * order with the axes reversed: {@code [row][chan][pol]}. Belongs to the thread of its table and ends with it. Rows
 * outside the table are an {@link IndexOutOfBoundsException}; a wrong type, shape, buffer or size is an
 * {@link IllegalArgumentException}. The buffer methods copy nothing on the way.
 */
public final class ArrayColumn {
    private final ColumnSite site;

    ArrayColumn(ColumnSite site) {
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

    /** The shape of every cell; empty when it may differ between rows. */
    public long[] fixedShape() {
        return site.description().fixedShape().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Whether the cell has a shape. */
    public boolean isDefined(long row) {
        return ArrayColumnJni.isDefined(site.handle(), site.index(), row);
    }

    /** The shape of one cell; an undefined cell is an {@link IllegalArgumentException}. */
    public long[] shape(long row) {
        return ArrayColumnJni.shape(site.handle(), site.index(), row);
    }

    /** Sets the shape of one cell of a column of variable shape; its values are then undefined. */
    public void setShape(long row, long... shape) {
        setShapes(row, 1, shape);
    }

    /** Sets the shape of a range of rows of a column of variable shape. */
    public void setShapes(long firstRow, long rows, long... shape) {
        if (site.description().isFixedShape()) {
            throw new IllegalArgumentException(site + " has the fixed shape " + Arrays.toString(fixedShape()));
        }
        int ndim = site.description().ndim();
        if (shape.length == 0
                || Arrays.stream(shape).anyMatch(extent -> extent < 0)
                || (ndim > 0 && ndim != shape.length)) {
            throw new IllegalArgumentException(site + ": shape " + Arrays.toString(shape) + " for cells of "
                    + (ndim > 0 ? ndim + " axes" : "any number of axes"));
        }
        ArrayColumnJni.setShape(site.writableHandle(), site.index(), firstRow, rows, shape);
    }

    /**
     * Reads whole cells into a direct buffer, from its position on, which stays as it is.
     *
     * @param direct in native order, with room for {@code rows} times the cell
     */
    public void read(long firstRow, long rows, ByteBuffer direct) {
        checkWhole(direct, true, rows);
        ArrayColumnJni.read(
                site.handle(), site.index(), firstRow, rows, null, null, direct, direct.position(), direct.remaining());
    }

    /**
     * Reads the same part of each cell.
     *
     * @param start first index of each axis, casacore order
     * @param count how many from there
     */
    public void read(long firstRow, long rows, long[] start, long[] count, ByteBuffer direct) {
        BlockBuffer.check(site, direct, true, rows, values(start, count));
        ArrayColumnJni.read(
                site.handle(),
                site.index(),
                firstRow,
                rows,
                start,
                count,
                direct,
                direct.position(),
                direct.remaining());
    }

    /**
     * Writes whole cells from a direct buffer, from its position on, which stays as it is. Where the shape varies
     * {@link #setShapes} comes first.
     *
     * @param direct in native order, with {@code rows} times the cell
     */
    public void write(long firstRow, long rows, ByteBuffer direct) {
        checkWhole(direct, false, rows);
        ArrayColumnJni.write(
                site.writableHandle(),
                site.index(),
                firstRow,
                rows,
                null,
                null,
                direct,
                direct.position(),
                direct.remaining());
    }

    /** Writes the same part of each cell; see {@link #read(long, long, long[], long[], ByteBuffer)}. */
    public void write(long firstRow, long rows, long[] start, long[] count, ByteBuffer direct) {
        BlockBuffer.check(site, direct, false, rows, values(start, count));
        ArrayColumnJni.write(
                site.writableHandle(),
                site.index(),
                firstRow,
                rows,
                start,
                count,
                direct,
                direct.position(),
                direct.remaining());
    }

    /** One cell of a real number type, first axis fastest. */
    public double[] doubles(long row) {
        site.checkType(type().isNumber(), "a real number");
        return CellValues.toDoubles(type(), cell(row));
    }

    /** One cell of an integer type, first axis fastest; {@link ArithmeticException} if a value does not fit. */
    public int[] ints(long row) {
        site.checkType(isInteger(), "an integer");
        return CellValues.toInts(type(), cell(row));
    }

    /** One cell of type STRING, first axis fastest. */
    public String[] strings(long row) {
        site.checkType(type() == DataType.STRING, "STRING");
        return ArrayColumnJni.readStrings(site.handle(), site.index(), row);
    }

    /** Writes one cell of type FLOAT (rounded) or DOUBLE, and its shape where that varies. */
    public void putDoubles(long row, long[] shape, double... values) {
        site.checkType(type().isNumber() && !isInteger(), "FLOAT or DOUBLE");
        ByteBuffer cell = newCell(shape, values.length);
        CellValues.putDoubles(type(), cell, values);
        putCell(row, shape, cell);
    }

    /** Writes one cell of an integer type, and its shape where that varies. */
    public void putInts(long row, long[] shape, int... values) {
        site.checkType(isInteger(), "an integer");
        ByteBuffer cell = newCell(shape, values.length);
        CellValues.putInts(type(), cell, values);
        putCell(row, shape, cell);
    }

    /** Writes one cell of type STRING, and its shape where that varies. */
    public void putStrings(long row, long[] shape, String... values) {
        site.checkType(type() == DataType.STRING, "STRING");
        for (String value : values) {
            Objects.requireNonNull(value, site::toString);
        }
        checkShape(shape, values.length);
        ArrayColumnJni.writeStrings(site.writableHandle(), site.index(), row, shape, values);
    }

    private void checkWhole(ByteBuffer direct, boolean written, long rows) {
        if (site.description().isFixedShape()) {
            BlockBuffer.check(site, direct, written, rows, product(fixedShape()));
        } else {
            BlockBuffer.check(site, direct, written);
        }
    }

    private long values(long[] start, long[] count) {
        boolean wrong = start.length == 0 || start.length != count.length;
        for (int i = 0; !wrong && i < start.length; i++) {
            wrong = start[i] < 0 || count[i] < 1;
        }
        int ndim = site.description().ndim();
        if (wrong || (ndim > 0 && ndim != start.length)) {
            throw new IllegalArgumentException(site + ": section from " + Arrays.toString(start) + " of "
                    + Arrays.toString(count) + " for cells of " + ndim + " axes");
        }
        return product(count);
    }

    private ByteBuffer cell(long row) {
        ByteBuffer cell = BlockBuffer.allocate(site, 1, product(shape(row)));
        read(row, 1, cell);
        return cell;
    }

    private ByteBuffer newCell(long[] shape, int values) {
        checkShape(shape, values);
        return BlockBuffer.allocate(site, 1, values);
    }

    private void putCell(long row, long[] shape, ByteBuffer cell) {
        if (!site.description().isFixedShape()) {
            setShape(row, shape);
        }
        write(row, 1, cell);
    }

    private void checkShape(long[] shape, int values) {
        if (product(shape) != values) {
            throw new IllegalArgumentException(
                    site + ": shape " + Arrays.toString(shape) + " does not hold " + values + " values");
        }
        if (site.description().isFixedShape() && !Arrays.equals(shape, fixedShape())) {
            throw new IllegalArgumentException(site + ": shape " + Arrays.toString(shape) + " where the fixed shape is "
                    + Arrays.toString(fixedShape()));
        }
    }

    private long product(long... extents) {
        try {
            long product = 1;
            for (long extent : extents) {
                product = Math.multiplyExact(product, extent);
            }
            return product;
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(site + ": shape " + Arrays.toString(extents) + " overflows", e);
        }
    }

    private boolean isInteger() {
        return type().isNumber() && type() != DataType.FLOAT && type() != DataType.DOUBLE;
    }
}
