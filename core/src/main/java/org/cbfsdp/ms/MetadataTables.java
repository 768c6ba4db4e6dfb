package org.cbfsdp.ms;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.casacore.ArrayColumn;
import org.casacore.Table;

/** Fills the tables beside the main one of a set that is written. Used by the thread that owns that set. */
final class MetadataTables {
    /** What a new observation begins without. */
    private static final Set<String> NOT_COPIED =
            Set.of("POINTING", "FLAG_CMD", "HISTORY", "SYSCAL", "WEATHER", "SORTED_TABLE");

    /** Of these the made row is better than no row. */
    private static final Set<String> COPIED_WITH_ROWS = Set.of("STATE", "PROCESSOR", "FEED");

    private static final double TIME_AGREEMENT = 0.01;

    private final Table main;

    MetadataTables(Table main) {
        this.main = main;
    }

    /** Copies the tables of the model, and makes the rows that every set must have where the model has none. */
    void copy(Path modelSet) {
        try (Table model = Table.open(modelSet, Table.Access.READ_ONLY)) {
            for (String name : model.subtableNames()) {
                if (!NOT_COPIED.contains(name) && (!COPIED_WITH_ROWS.contains(name) || hasRows(model, name))) {
                    main.copySubtable(name, modelSet);
                }
            }
        }
        makeStateAndProcessor();
        if (!hasRows(main, "FEED")) {
            makeFeeds();
        }
    }

    private static boolean hasRows(Table set, String name) {
        try (Table table = set.subtable(name)) {
            return table.rowCount() > 0;
        }
    }

    private void makeStateAndProcessor() {
        try (Table state = main.subtable("STATE")) {
            if (state.rowCount() == 0) {
                state.addRows(1);
                state.scalarColumn("SIG").putBooleans(0, true);
                state.scalarColumn("REF").putBooleans(0, false);
                state.scalarColumn("FLAG_ROW").putBooleans(0, false);
                state.scalarColumn("SUB_SCAN").putInts(0, 0);
                state.scalarColumn("CAL").putDoubles(0, 0);
                state.scalarColumn("LOAD").putDoubles(0, 0);
                state.scalarColumn("OBS_MODE").putStrings(0, "OBSERVE_TARGET.ON_SOURCE");
            }
        }
        try (Table processor = main.subtable("PROCESSOR")) {
            if (processor.rowCount() == 0) {
                processor.addRows(1);
                processor.scalarColumn("FLAG_ROW").putBooleans(0, false);
                processor.scalarColumn("MODE_ID").putInts(0, -1);
                processor.scalarColumn("TYPE_ID").putInts(0, -1);
                processor.scalarColumn("TYPE").putStrings(0, "CORRELATOR");
                processor.scalarColumn("SUB_TYPE").putStrings(0, "");
            }
        }
    }

    /** A row an antenna: two linear receptors that see what they are named after. */
    private void makeFeeds() {
        int antennas;
        try (Table antenna = main.subtable("ANTENNA")) {
            antennas = Math.toIntExact(antenna.rowCount());
        }
        try (Table feed = main.subtable("FEED")) {
            feed.addRows(antennas);
            for (int row = 0; row < antennas; row++) {
                feed.scalarColumn("ANTENNA_ID").putInts(row, row);
                feed.arrayColumn("POSITION").putDoubles(row, new long[] {3}, 0, 0, 0);
                feed.arrayColumn("BEAM_OFFSET").putDoubles(row, new long[] {2, 2}, 0, 0, 0, 0);
                feed.arrayColumn("POLARIZATION_TYPE").putStrings(row, new long[] {2}, "X", "Y");
                putIdentity(feed.arrayColumn("POL_RESPONSE"), row);
                feed.arrayColumn("RECEPTOR_ANGLE").putDoubles(row, new long[] {2}, 0, Math.PI / 2);
            }
            for (String column : List.of("BEAM_ID", "SPECTRAL_WINDOW_ID")) {
                feed.scalarColumn(column).fill(0, antennas, -1);
            }
            feed.scalarColumn("FEED_ID").fill(0, antennas, 0);
            feed.scalarColumn("NUM_RECEPTORS").fill(0, antennas, 2);
            feed.scalarColumn("INTERVAL").fill(0, antennas, 0.0);
            feed.scalarColumn("TIME").fill(0, antennas, 0.0);
        }
    }

    private static void putIdentity(ArrayColumn response, long row) {
        java.nio.ByteBuffer cell =
                java.nio.ByteBuffer.allocateDirect(4 * 2 * Float.BYTES).order(java.nio.ByteOrder.nativeOrder());
        cell.putFloat(0, 1).putFloat(3 * 2 * Float.BYTES, 1);
        response.setShape(row, 2, 2);
        response.write(row, 1, cell);
    }

    /** Puts a name in place of the model's in every row of OBSERVATION. */
    void telescopeName(String name) {
        try (Table observation = main.subtable("OBSERVATION")) {
            for (long row = 0; row < observation.rowCount(); row++) {
                observation.scalarColumn("TELESCOPE_NAME").putStrings(row, name);
            }
        }
    }

    /**
     * Says from when to when the observation lasted. A bound of the model that says the same within a hundredth of an
     * interval stays, so that nothing changes when all of an observation was received.
     */
    void timeRange(int observation, double start, double end, double interval) {
        try (Table table = main.subtable("OBSERVATION")) {
            if (observation >= table.rowCount()) {
                return;
            }
            ArrayColumn range = table.arrayColumn("TIME_RANGE");
            double[] bounds = range.isDefined(observation) ? range.doubles(observation) : new double[2];
            bounds[0] = agrees(bounds[0], start, interval) ? bounds[0] : start;
            bounds[1] = agrees(bounds[1], end, interval) ? bounds[1] : end;
            range.putDoubles(observation, new long[] {2}, bounds);
        }
    }

    private static boolean agrees(double bound, double found, double interval) {
        return Math.abs(bound - found) <= TIME_AGREEMENT * interval;
    }

    /** Adds the one row of HISTORY. */
    void history(double timeMjdSeconds, String application, String message, int observation) {
        try (Table table = main.subtable("HISTORY")) {
            long row = table.rowCount();
            table.addRows(1);
            table.scalarColumn("TIME").putDoubles(row, timeMjdSeconds);
            table.scalarColumn("OBSERVATION_ID").putInts(row, observation);
            table.scalarColumn("OBJECT_ID").putInts(row, -1);
            table.scalarColumn("APPLICATION").putStrings(row, application);
            table.scalarColumn("MESSAGE").putStrings(row, message);
            table.scalarColumn("PRIORITY").putStrings(row, "INFO");
            table.scalarColumn("ORIGIN").putStrings(row, application);
            table.arrayColumn("APP_PARAMS").putStrings(row, new long[] {1}, "");
            table.arrayColumn("CLI_COMMAND").putStrings(row, new long[] {1}, "");
        }
    }
}
