package org.cbfsdp.ms;

import org.casacore.ArrayColumn;
import org.casacore.ColumnDescription;
import org.casacore.DataType;

/**
 * The visibilities of a set and their flags, in cells (polarisation, channel). Belongs to the thread of the set.
 *
 * @param data complex64 column
 * @param flag FLAG
 * @param polarisations extent of the first axis of a cell
 * @param channels extent of the second
 */
record VisibilityColumns(ArrayColumn data, ArrayColumn flag, int polarisations, int channels) {
    /**
     * Looks at a column.
     *
     * @param name such as {@code DATA}; a column that is not there or not complex is refused
     * @param row a row whose cell has the shape of all others that will be read
     */
    static VisibilityColumns of(OpenSet set, String name, long row) {
        check(set, name);
        ArrayColumn column = set.main().arrayColumn(name);
        if (!column.isDefined(row)) {
            throw set.refusal("has no values in row " + row + " of column " + name);
        }
        long[] shape = column.shape(row);
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw set.refusal("has cells of shape " + java.util.Arrays.toString(shape) + " in column " + name
                    + ", not of polarisations and channels");
        }
        return new VisibilityColumns(
                column, set.main().arrayColumn("FLAG"), Math.toIntExact(shape[0]), Math.toIntExact(shape[1]));
    }

    /** Refuses a column that is not there, or that holds no complex64 arrays. */
    static void check(OpenSet set, String name) {
        if (!set.main().hasColumn(name)) {
            throw set.refusal("has no column " + name + " (reader.column)");
        }
        ColumnDescription description = set.main().description().column(name);
        if (!description.array() || description.type() != DataType.COMPLEX) {
            throw set.refusal("cannot be read from column " + name + " (reader.column): it holds " + description.type()
                    + (description.array() ? " arrays" : " values") + ", not arrays of complex64");
        }
    }

    /** Some channels of the visibilities. */
    SlicedColumn data(ChannelSelection selection) {
        return SlicedColumn.channels(data, selection, channels, polarisations);
    }

    /** The same channels of the flags. */
    SlicedColumn flag(ChannelSelection selection) {
        return SlicedColumn.channels(flag, selection, channels, polarisations);
    }
}
