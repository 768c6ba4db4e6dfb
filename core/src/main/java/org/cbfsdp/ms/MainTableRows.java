package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.casacore.ArrayColumn;
import org.casacore.ScalarColumn;
import org.casacore.Table;
import org.cbfsdp.payload.Baselines;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;

/** Adds the rows of one dump after another to a main table, a block a column. Used by the thread that owns the table. */
final class MainTableRows {
    private static final double FD_FULL = 255.0;
    private static final long ALL_FLAGGED = 0x0101010101010101L;

    private final Table main;
    private final Baselines baselines;
    private final RowIds ids;
    private final boolean weightFromFd;
    private final int polarisations;
    private final Map<String, ArrayColumn> arrays = new HashMap<>();
    private final Map<String, ScalarColumn> scalarColumns = new HashMap<>();
    private final RowBuffers buffers;
    private final ByteBuffer antennas1;
    private final ByteBuffer antennas2;
    private final ByteBuffer scalars;
    private final ByteBuffer perPolarisation;
    private final ByteBuffer uvw;
    private final ByteBuffer spectrum;
    private final float[] weights;
    private final boolean[] flagged;

    /** Uses the memory of a former set of the same options, if there is one. */
    MainTableRows(Table main, WriterOptions options, RowIds ids, MainTableRows former) {
        this.main = main;
        this.baselines = options.model().baselines();
        this.ids = ids;
        this.weightFromFd = options.weightFromFd();
        this.polarisations = options.model().polarisationCount();
        int rows = baselines.count();
        this.weights = new float[rows];
        this.flagged = new boolean[rows];
        this.buffers = former == null ? RowBuffers.of(options) : former.buffers;
        this.antennas1 = buffers.antennas1();
        this.antennas2 = buffers.antennas2();
        this.scalars = buffers.scalars();
        this.perPolarisation = buffers.perPolarisation();
        this.uvw = buffers.uvw();
        this.spectrum = buffers.spectrum();
    }

    /** Adds a row a baseline; the large columns go first, so that a full disk shows before the rows look complete. */
    void append(DumpMetadata metadata, int scanNumber, DumpBlock block) {
        int count = baselines.count();
        long first = main.rowCount();
        main.addRows(count);
        array("DATA").write(first, count, block.visibilities());
        array("FLAG").write(first, count, block.flags());
        weigh(block);
        if (spectrum != null) {
            writeSpectrum(first, block.flags());
        }
        uvw.clear().asDoubleBuffer().put(metadata.uvwMetres());
        array("UVW").write(first, count, uvw);
        writeWeights(first, block);
        for (int baseline = 0; baseline < count; baseline++) {
            scalars.put(baseline, (byte) (flagged[baseline] ? 1 : 0));
        }
        scalar("FLAG_ROW").write(first, count, scalars);
        scalar("ANTENNA1").write(first, count, antennas1);
        scalar("ANTENNA2").write(first, count, antennas2);
        for (Map.Entry<String, Integer> id : ids.byColumn().entrySet()) {
            from(first, scalar(id.getKey()), id.getValue());
        }
        from(first, scalar("SCAN_NUMBER"), scanNumber);
        from(first, scalar("INTERVAL"), metadata.intervalSeconds());
        from(first, scalar("EXPOSURE"), metadata.exposureSeconds());
        from(first, scalar("TIME_CENTROID"), metadata.timeMjdSeconds());
        from(first, scalar("TIME"), metadata.timeMjdSeconds());
    }

    private ArrayColumn array(String name) {
        return arrays.computeIfAbsent(name, main::arrayColumn);
    }

    private ScalarColumn scalar(String name) {
        return scalarColumns.computeIfAbsent(name, main::scalarColumn);
    }

    private void weigh(DumpBlock block) {
        ByteBuffer flags = block.flags();
        int rowValues = block.channels() * block.polarisations();
        for (int baseline = 0; baseline < weights.length; baseline++) {
            flagged[baseline] = allFlagged(flags, baseline * rowValues, rowValues);
            weights[baseline] = weightFromFd
                    ? (float) (block.fdSum(baseline) / (FD_FULL * block.channels()))
                    : flagged[baseline] ? 0 : 1;
        }
    }

    private static boolean allFlagged(ByteBuffer flags, int start, int count) {
        int end = start + count;
        int i = start;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            if (flags.getLong(i) != ALL_FLAGGED) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (flags.get(i) == 0) {
                return false;
            }
        }
        return true;
    }

    /** A polarisation of which nothing came has no weight, whatever came of the others. */
    private void writeWeights(long first, DumpBlock block) {
        for (int value = 0; value < weights.length * polarisations; value++) {
            perPolarisation.putFloat(value * Float.BYTES, weight(block, value));
        }
        array("WEIGHT").write(first, weights.length, perPolarisation);
        for (int value = 0; value < weights.length * polarisations; value++) {
            float weight = weight(block, value);
            perPolarisation.putFloat(value * Float.BYTES, weight > 0 ? (float) (1 / Math.sqrt(weight)) : 0);
        }
        array("SIGMA").write(first, weights.length, perPolarisation);
    }

    private float weight(DumpBlock block, int value) {
        return weightFromFd && !block.hasArrived(value % polarisations) ? 0 : weights[value / polarisations];
    }

    private void writeSpectrum(long first, ByteBuffer flags) {
        int rowValues = flags.limit() / weights.length;
        for (int value = 0; value < flags.limit(); value++) {
            spectrum.putFloat(value * Float.BYTES, flags.get(value) == 0 ? weights[value / rowValues] : 0);
        }
        array("WEIGHT_SPECTRUM").write(first, weights.length, spectrum);
    }

    /**
     * Incremental storage holds a value from its row on until the next that is put: the first row speaks for the dump, and
     * the other thousands need no search each.
     */
    private void from(long first, ScalarColumn column, int value) {
        scalars.putInt(0, value);
        column.write(first, 1, scalars);
    }

    private void from(long first, ScalarColumn column, double value) {
        scalars.putDouble(0, value);
        column.write(first, 1, scalars);
    }
}
