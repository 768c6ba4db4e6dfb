package org.cbfsdp.ms;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.casacore.CasacoreException;

/**
 * Compares two sets: the rows that both have, matched by TIME, ANTENNA1 and ANTENNA2 whatever their order, and the tables
 * of metadata cell by cell. Reads a dump at a time. Used by one thread.
 */
public final class MeasurementSetDiff {
    private static final List<String> TABLES = List.of(
            "ANTENNA", "FEED", "FIELD", "OBSERVATION", "POLARIZATION", "SPECTRAL_WINDOW", "DATA_DESCRIPTION", "SOURCE");

    private final DiffOptions options;
    private final ColumnTally data;
    private final ColumnTally flag = ColumnTally.flags();
    private final ColumnTally uvw = ColumnTally.doubles("UVW");
    private final ColumnTally time = ColumnTally.doubles("TIME");
    private final List<CellDifference> metadata = new ArrayList<>();
    private long rowsInBoth;
    private boolean comparable;
    private int polarisations;

    private MeasurementSetDiff(DiffOptions options) {
        this.options = options;
        this.data = ColumnTally.complex(options.column(), options.tolerance());
    }

    /**
     * Compares.
     *
     * @throws MeasurementSetException when one of them cannot be read
     */
    public static DiffReport compare(Path a, Path b, DiffOptions options) {
        try (OpenSet setA = OpenSet.open(a);
                OpenSet setB = OpenSet.open(b)) {
            return new MeasurementSetDiff(options).compare(setA, setB);
        } catch (CasacoreException e) {
            throw new MeasurementSetException(
                    "Measurement Sets " + a + " and " + b + " cannot be compared: " + e.getMessage(), e);
        }
    }

    private DiffReport compare(OpenSet a, OpenSet b) {
        for (String table : TABLES) {
            metadata.addAll(SubtableDiff.compare(a, b, table));
        }
        Side sideA = new Side(a);
        Side sideB = new Side(b);
        compareShapes(sideA, sideB);
        while (sideA.hasNext() || sideB.hasNext()) {
            double timeA = sideA.nextTime();
            double timeB = sideB.nextTime();
            sideA.advance(timeA <= timeB);
            sideB.advance(timeB <= timeA);
            for (Map.Entry<Long, Integer> row : sideA.positions().entrySet()) {
                Integer other = sideB.positions().get(row.getKey());
                if (other == null) {
                    sideA.countAlone(row.getValue());
                } else {
                    row(sideA.rows, row.getValue(), sideB.rows, other, timeA, row.getKey());
                }
            }
            for (Map.Entry<Long, Integer> row : sideB.positions().entrySet()) {
                if (!sideA.positions().containsKey(row.getKey())) {
                    sideB.countAlone(row.getValue());
                }
            }
        }
        return new DiffReport(
                a.path(),
                b.path(),
                rowsInBoth,
                sideA.alone,
                sideA.aloneFlagged,
                sideB.alone,
                sideB.aloneFlagged,
                sideA.rows.duplicates(),
                sideB.rows.duplicates(),
                List.of(data.result(), flag.result(), uvw.result(), time.result()),
                TABLES,
                metadata);
    }

    private void compareShapes(Side a, Side b) {
        boolean bothKnown = a.channels > 0 && b.channels > 0;
        comparable = bothKnown && a.channels == b.channels && a.polarisations == b.polarisations;
        polarisations = a.polarisations;
        if (bothKnown && !comparable) {
            metadata.add(new CellDifference(
                    "main table",
                    options.column(),
                    -1,
                    a.channels + " channels x " + a.polarisations + " polarisations in A, " + b.channels + " x "
                            + b.polarisations + " in B"));
        }
    }

    private void row(DumpRows a, int rowA, DumpRows b, int rowB, double dumpTime, long antennas) {
        rowsInBoth++;
        String place = "time " + dumpTime + " s, antennas " + (antennas >>> 32) + " and " + (int) antennas;
        if (comparable) {
            ColumnTally.RowPlace cell = i -> place + ", channel " + (options.startChannel() + i / polarisations)
                    + ", polarisation " + i % polarisations;
            data.compare(a.visibilities(rowA), b.visibilities(rowB), cell);
            flag.compare(a.flags(rowA), b.flags(rowB), cell);
        }
        uvw.compare(a.uvw(rowA), b.uvw(rowB), i -> place + ", " + "uvw".charAt(i));
        time.compare(a.time(), b.time(), i -> place);
    }

    /** One of the two sets: which dump comes next, and its rows that the other set lacks. */
    private final class Side {
        private final DumpRows rows;
        private final int channels;
        private final int polarisations;
        private int next;
        private boolean here;
        private long alone;
        private long aloneFlagged;

        Side(OpenSet set) {
            VisibilityColumns.check(set, options.column());
            RowIndex index = RowIndex.of(set, new SetSelection(0, 0, true));
            if (index.dumpCount() == 0) {
                rows = new DumpRows(set, index, null, null);
                channels = 0;
                polarisations = 0;
                return;
            }
            VisibilityColumns columns = VisibilityColumns.of(set, options.column(), index.firstRow(0));
            requireChannels(set, columns.channels());
            ChannelSelection selection =
                    ChannelSelection.of(set.path(), options.startChannel(), options.channelCount(), columns.channels());
            rows = new DumpRows(set, index, columns.data(selection), columns.flag(selection));
            channels = selection.count();
            polarisations = columns.polarisations();
        }

        /** To compare fewer than were asked for would call sets equal that are not. */
        private void requireChannels(OpenSet set, int present) {
            int last = options.startChannel() + Math.max(1, options.channelCount()) - 1;
            if (last >= present) {
                throw set.refusal(
                        "has channels 0 to " + (present - 1) + ", so that channel " + last + " cannot be compared");
            }
        }

        boolean hasNext() {
            return next < rows.dumpCount();
        }

        double nextTime() {
            return hasNext() ? rows.time(next) : Double.POSITIVE_INFINITY;
        }

        void advance(boolean take) {
            here = take;
            if (take) {
                rows.read(next++);
            }
        }

        Map<Long, Integer> positions() {
            return here ? rows.positions() : Map.of();
        }

        void countAlone(int position) {
            alone++;
            aloneFlagged += rows.isFlagged(position) ? 1 : 0;
        }
    }
}
