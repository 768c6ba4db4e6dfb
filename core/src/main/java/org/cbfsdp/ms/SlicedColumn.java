package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.casacore.ArrayColumn;

/** An array column of which the same part of each cell is read. Belongs to the thread of its table. */
final class SlicedColumn {
    private final ArrayColumn column;
    private final long[] start;
    private final long[] count;
    private final int rowBytes;

    private SlicedColumn(ArrayColumn column, long[] start, long[] count, int values) {
        this.column = column;
        this.start = start;
        this.count = count;
        this.rowBytes = Math.multiplyExact(values, column.type().bytes());
    }

    /** Some channels of cells (pol, chan); all of them are read without slicing. */
    static SlicedColumn channels(ArrayColumn column, ChannelSelection selection, int channelsOfSet, int polarisations) {
        int values = Math.multiplyExact(selection.count(), polarisations);
        if (selection.count() == channelsOfSet) {
            return new SlicedColumn(column, null, null, values);
        }
        return new SlicedColumn(
                column, new long[] {0, selection.first()}, new long[] {polarisations, selection.count()}, values);
    }

    /** Whole cells of this many values. */
    static SlicedColumn whole(ArrayColumn column, int values) {
        return new SlicedColumn(column, null, null, values);
    }

    /** Bytes of the part that is read of one row. */
    int rowBytes() {
        return rowBytes;
    }

    /** Reads rows into a direct buffer from byte {@code offset} on; one call into casacore. */
    void read(long firstRow, int rows, ByteBuffer direct, int offset) {
        ByteBuffer target =
                direct.duplicate().order(ByteOrder.nativeOrder()).clear().position(offset);
        if (start == null) {
            column.read(firstRow, rows, target);
        } else {
            column.read(firstRow, rows, start, count, target);
        }
    }
}
