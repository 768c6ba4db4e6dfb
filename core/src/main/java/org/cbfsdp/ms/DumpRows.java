package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * One side of a comparison: a set whose rows are read one dump at a time. Belongs to the thread of the set.
 *
 * <p>Flags are taken as every reader takes them: FLAG_ROW flags the whole row.
 */
final class DumpRows {
    private static final int UVW = 3;

    private final OpenSet set;
    private final RowIndex index;
    private final SlicedColumn data;
    private final SlicedColumn flag;
    private final SlicedColumn uvw;
    private final ScalarRows scratch = new ScalarRows();
    private ByteBuffer visibilities = ByteBuffer.allocateDirect(0);
    private ByteBuffer flags = ByteBuffer.allocateDirect(0);
    private ByteBuffer uvws = ByteBuffer.allocateDirect(0);
    private final ByteBuffer time = ByteBuffer.allocate(Double.BYTES);
    private final Map<Long, Integer> positions = new HashMap<>();
    private long duplicates;

    DumpRows(OpenSet set, RowIndex index, SlicedColumn data, SlicedColumn flag) {
        this.set = set;
        this.index = index;
        this.data = data;
        this.flag = flag;
        this.uvw = SlicedColumn.whole(set.main().arrayColumn("UVW"), UVW);
    }

    int dumpCount() {
        return index.dumpCount();
    }

    double time(int dump) {
        return index.time(dump);
    }

    /** Reads a dump; what was read before is gone. */
    void read(int dump) {
        int rows = index.rowCount(dump);
        time.putDouble(0, index.time(dump));
        visibilities = room(visibilities, rows, data);
        flags = room(flags, rows, flag);
        uvws = room(uvws, rows, uvw);
        index.read(dump, data, visibilities);
        index.read(dump, flag, flags);
        index.read(dump, uvw, uvws);
        int[] antenna1 = index.ints(dump, set.scalar("ANTENNA1"), scratch);
        int[] antenna2 = index.ints(dump, set.scalar("ANTENNA2"), scratch);
        positions.clear();
        for (int i = 0; i < rows; i++) {
            if (positions.putIfAbsent(((long) antenna1[i] << 32) | (antenna2[i] & 0xFFFFFFFFL), i) != null) {
                duplicates++;
            }
        }
        if (set.main().hasColumn("FLAG_ROW")) {
            byte[] flagRow = index.booleans(dump, set.scalar("FLAG_ROW"), scratch);
            for (int i = 0; i < rows * flag.rowBytes(); i++) {
                if (flagRow[i / flag.rowBytes()] != 0) {
                    flags.put(i, (byte) 1);
                }
            }
        }
    }

    /** TIME of the dump that was read, 8 bytes. */
    ByteBuffer time() {
        return time;
    }

    /** Where in the dump the first row of each pair of antennas stands; the pair is (first << 32 | second). */
    Map<Long, Integer> positions() {
        return positions;
    }

    /** Rows read so far of the same time and antennas as one before. */
    long duplicates() {
        return duplicates;
    }

    ByteBuffer visibilities(int position) {
        return slice(visibilities, position, data);
    }

    ByteBuffer flags(int position) {
        return slice(flags, position, flag);
    }

    ByteBuffer uvw(int position) {
        return slice(uvws, position, uvw);
    }

    boolean isFlagged(int position) {
        ByteBuffer row = flags(position);
        while (row.hasRemaining()) {
            if (row.get() == 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer slice(ByteBuffer values, int position, SlicedColumn column) {
        return values.slice(position * column.rowBytes(), column.rowBytes()).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer room(ByteBuffer buffer, int rows, SlicedColumn column) {
        int needed = Math.multiplyExact(rows, column.rowBytes());
        return buffer.capacity() >= needed
                ? buffer
                : ByteBuffer.allocateDirect(needed).order(ByteOrder.nativeOrder());
    }
}
