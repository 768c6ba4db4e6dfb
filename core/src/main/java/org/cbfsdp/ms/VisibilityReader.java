package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.casacore.CasacoreException;
import org.casacore.ScalarColumn;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.DumpBlock;

/**
 * Reads the visibilities of a set dump by dump, in an order of baselines that is the same for every dump.
 *
 * <p>A dump is all rows of equal TIME, wherever they stand; dumps come in order of time. Rows are matched by (ANTENNA1,
 * ANTENNA2). The order of baselines is that of the rows of the first dump; see {@link Baselines#ofDumps}. Used and closed
 * by the thread that opened it, and nobody else may have the set open in this process. Faults of the set are
 * {@link MeasurementSetException}s.
 */
public final class VisibilityReader implements AutoCloseable {
    private final OpenSet set;
    private final RowIndex rows;
    private final BaselineOrder order;
    private final int dumpCount;
    private final VisibilityColumns columns;
    private final int[] correlationTypes;
    private final ChannelSelection selection;
    private final SlicedColumn data;
    private final SlicedColumn flag;
    private final ScalarColumn flagRow;
    private final ScalarRows scratch = new ScalarRows();
    private ByteBuffer permuted = ByteBuffer.allocateDirect(0);

    private VisibilityReader(OpenSet set, ReaderOptions options) {
        this.set = set;
        VisibilityColumns.check(set, options.column());
        SetSelection rowsWanted = SetSelection.of(set, options.dataDescId(), options.fieldId());
        this.rows = RowIndex.of(set, rowsWanted);
        if (rows.dumpCount() == 0) {
            throw set.refusal("has no rows of DATA_DESC_ID " + rowsWanted.dataDescId() + " and FIELD_ID "
                    + rowsWanted.fieldId() + " together");
        }
        this.dumpCount = options.dumpLimit() == 0 ? rows.dumpCount() : Math.min(options.dumpLimit(), rows.dumpCount());
        this.columns = VisibilityColumns.of(set, options.column(), rows.firstRow(0));
        this.correlationTypes =
                DataDescription.read(set, rowsWanted.dataDescId()).correlationTypes(set);
        if (correlationTypes.length != columns.polarisations()) {
            throw set.refusal("has " + columns.polarisations() + " polarisations in " + options.column() + " but "
                    + correlationTypes.length + " in CORR_TYPE of POLARIZATION");
        }
        this.selection =
                ChannelSelection.of(set.path(), options.startChannel(), options.channelCount(), columns.channels());
        this.order = new BaselineOrder(set, rows, dumpCount);
        this.data = columns.data(selection);
        this.flag = columns.flag(selection);
        this.flagRow = set.main().hasColumn("FLAG_ROW") ? set.scalar("FLAG_ROW") : null;
    }

    /** Opens a set and looks at the time and the antennas of all its rows. */
    public static VisibilityReader open(Path path, ReaderOptions options) {
        OpenSet set = OpenSet.open(path);
        try {
            return new VisibilityReader(set, options);
        } catch (CasacoreException e) {
            set.close();
            throw set.failure("it cannot be read", e);
        } catch (RuntimeException | Error e) {
            set.close();
            throw e;
        }
    }

    /** Number of dumps, at most the limit that was asked for. */
    public int dumpCount() {
        return dumpCount;
    }

    /** TIME of a dump: its centre, UTC, as MJD in seconds. */
    public double timeMjdSeconds(int dump) {
        return rows.time(checked(dump));
    }

    /** INTERVAL of a dump, that of its first row. */
    public double intervalSeconds(int dump) {
        return scratch.doubles(set.scalar("INTERVAL"), rows.firstRow(checked(dump)), 1)[0];
    }

    /** The order of baselines in every dump. */
    public Baselines baselines() {
        return order.baselines();
    }

    /** The channels that are read. */
    public ChannelSelection selection() {
        return selection;
    }

    /** casacore Stokes code of each polarisation. */
    public int[] correlationTypes() {
        return correlationTypes.clone();
    }

    /** A block that one dump fits into. */
    public DumpBlock newBlock() {
        return new DumpBlock(baselines().count(), selection.count(), correlationTypes.length);
    }

    /**
     * Reads a dump. Where it stands in order that is one block read of the visibilities and one of FLAG, straight into the
     * target. A baseline without a row is zero and flagged; a row with FLAG_ROW is flagged throughout.
     *
     * @param target of shape baselines x selected channels x polarisations
     */
    public void read(int dump, DumpBlock target) {
        checked(dump);
        if (target.baselines() != baselines().count()
                || target.channels() != selection.count()
                || target.polarisations() != correlationTypes.length) {
            throw new IllegalArgumentException("a block of " + target.baselines() + " baselines x " + target.channels()
                    + " channels x " + target.polarisations() + " polarisations for dumps of "
                    + baselines().count() + " x " + selection.count() + " x " + correlationTypes.length);
        }
        try {
            if (order.isInOrder(dump)) {
                rows.read(dump, data, target.visibilities());
                rows.read(dump, flag, target.flags());
                flagRows(dump, target, null);
            } else {
                readPermuted(dump, target);
            }
        } catch (CasacoreException e) {
            throw set.failure("dump " + dump + " cannot be read", e);
        }
    }

    private void readPermuted(int dump, DumpBlock target) {
        int[] baselineOfRow = order.baselinesOf(dump);
        if (permuted.capacity() == 0) {
            permuted = ByteBuffer.allocateDirect(Math.multiplyExact(order.largestDump(), data.rowBytes()))
                    .order(ByteOrder.nativeOrder());
        }
        if (baselineOfRow.length < target.baselines()) {
            target.reset();
        }
        rows.read(dump, data, permuted);
        scatter(baselineOfRow, data.rowBytes(), target.visibilities());
        rows.read(dump, flag, permuted);
        scatter(baselineOfRow, flag.rowBytes(), target.flags());
        flagRows(dump, target, baselineOfRow);
    }

    private void scatter(int[] baselineOfRow, int rowBytes, ByteBuffer target) {
        for (int i = 0; i < baselineOfRow.length; i++) {
            target.put(baselineOfRow[i] * rowBytes, permuted, i * rowBytes, rowBytes);
        }
    }

    private void flagRows(int dump, DumpBlock target, int[] baselineOfRow) {
        if (flagRow == null) {
            return;
        }
        byte[] flagged = rows.booleans(dump, flagRow, scratch);
        ByteBuffer flags = target.flags();
        int rowBytes = flag.rowBytes();
        for (int i = 0; i < flagged.length; i++) {
            if (flagged[i] != 0) {
                int start = (baselineOfRow == null ? i : baselineOfRow[i]) * rowBytes;
                for (int value = start; value < start + rowBytes; value++) {
                    flags.put(value, (byte) 1);
                }
            }
        }
    }

    private int checked(int dump) {
        if (dump < 0 || dump >= dumpCount) {
            throw new IndexOutOfBoundsException("dump " + dump + " of " + dumpCount);
        }
        return dump;
    }

    @Override
    public void close() {
        set.close();
    }
}
