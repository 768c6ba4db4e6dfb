package org.cbfsdp.ms;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.casacore.CasacoreException;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.TelescopeModel;

/**
 * Takes the telescope model from a Measurement Set, which is open only meanwhile. Stateless.
 *
 * <p>Stations are the rows of ANTENNA; baselines, times, INTERVAL, EXPOSURE and UVW those of the main table; the frequency
 * axis, the polarisations and the phase centre those that its rows refer to.
 */
public final class MsTelescopeModel {
    private static final int UVW = 3;

    private MsTelescopeModel() {}

    /**
     * Reads the model.
     *
     * @param path a set with one data description and one field
     * @throws MeasurementSetException when it cannot be read, is empty or leaves a choice
     */
    public static TelescopeModel read(Path path) {
        try (OpenSet set = OpenSet.open(path)) {
            try {
                return read(set);
            } catch (CasacoreException e) {
                throw set.failure("it cannot be read as a telescope model", e);
            }
        }
    }

    private static TelescopeModel read(OpenSet set) {
        SetSelection selection = SetSelection.of(set, OptionalInt.empty(), OptionalInt.empty());
        RowIndex rows = RowIndex.of(set, selection);
        BaselineOrder order = new BaselineOrder(set, rows, rows.dumpCount());
        DataDescription description = DataDescription.read(set, selection.dataDescId());
        double[] direction =
                set.subtable("FIELD", table -> table.arrayColumn("PHASE_DIR").doubles(selection.fieldId()));
        int stations = set.subtable("ANTENNA", table -> Math.toIntExact(table.rowCount()));
        return new TelescopeModel(
                stations,
                order.baselines(),
                description.spectralWindow(set),
                description.correlationTypes(set),
                direction[0],
                direction[1],
                dumps(set, rows, order));
    }

    private static DumpMetadata[] dumps(OpenSet set, RowIndex rows, BaselineOrder order) {
        SlicedColumn uvw = SlicedColumn.whole(set.main().arrayColumn("UVW"), UVW);
        ScalarRows scratch = new ScalarRows();
        ByteBuffer block = ByteBuffer.allocateDirect(Math.multiplyExact(order.largestDump(), uvw.rowBytes()))
                .order(ByteOrder.nativeOrder());
        DumpMetadata[] dumps = new DumpMetadata[rows.dumpCount()];
        for (int dump = 0; dump < dumps.length; dump++) {
            rows.read(dump, uvw, block);
            double[] inOrder = new double[UVW * order.baselines().count()];
            DoubleBuffer values = block.asDoubleBuffer();
            if (order.isInOrder(dump)) {
                values.get(inOrder);
            } else {
                for (int baseline : order.baselinesOf(dump)) {
                    values.get(inOrder, UVW * baseline, UVW);
                }
            }
            long first = rows.firstRow(dump);
            double interval = scratch.doubles(set.scalar("INTERVAL"), first, 1)[0];
            double exposure = scratch.doubles(set.scalar("EXPOSURE"), first, 1)[0];
            dumps[dump] = new DumpMetadata(dump, rows.time(dump), interval, exposure, inOrder);
        }
        return dumps;
    }
}
