package org.cbfsdp.ms;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.casacore.Casacore;
import org.casacore.CasacoreException;
import org.casacore.ScalarColumn;
import org.casacore.Table;

/** A set open for reading, whose faults come out as sentences. Belongs to the thread that opened it. */
final class OpenSet implements AutoCloseable {
    private static final List<String> NEEDED =
            List.of("TIME", "ANTENNA1", "ANTENNA2", "DATA_DESC_ID", "FIELD_ID", "INTERVAL", "EXPOSURE", "UVW", "FLAG");

    private final Path path;
    private final Table main;

    private OpenSet(Path path, Table main) {
        this.path = path;
        this.main = main;
    }

    static OpenSet open(Path path) {
        requireCasacore();
        Table main;
        try {
            main = Table.open(path, Table.Access.READ_ONLY);
        } catch (CasacoreException e) {
            throw new MeasurementSetException("Measurement Set " + path + " cannot be opened: " + e.getMessage(), e);
        }
        OpenSet set = new OpenSet(path, main);
        for (String column : NEEDED) {
            if (!main.hasColumn(column)) {
                set.close();
                throw new MeasurementSetException(
                        path + " is a casacore table but no Measurement Set: it has no column " + column);
            }
        }
        return set;
    }

    private static void requireCasacore() {
        if (!Casacore.isAvailable()) {
            Throwable cause = Casacore.unavailabilityCause();
            throw new MeasurementSetException("Measurement Sets cannot be used: " + cause.getMessage(), cause);
        }
    }

    Path path() {
        return path;
    }

    Table main() {
        return main;
    }

    long rowCount() {
        return main.rowCount();
    }

    ScalarColumn scalar(String column) {
        return main.scalarColumn(column);
    }

    boolean hasSubtable(String name) {
        return main.subtableNames().contains(name);
    }

    /** What {@code look} finds in a subtable, which is open meanwhile. */
    <T> T subtable(String name, Function<Table, T> look) {
        try (Table table = main.subtable(name)) {
            return look.apply(table);
        } catch (CasacoreException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw failure("table " + name + " cannot be read", e);
        }
    }

    /** An exception that says what went wrong in this set. */
    MeasurementSetException failure(String what, RuntimeException cause) {
        return new MeasurementSetException("Measurement Set " + path + ": " + what + ": " + cause.getMessage(), cause);
    }

    MeasurementSetException refusal(String what) {
        return new MeasurementSetException("Measurement Set " + path + " " + what);
    }

    @Override
    public void close() {
        main.close();
    }
}
