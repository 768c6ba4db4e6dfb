package org.cbfsdp.ms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.casacore.CasacoreException;
import org.casacore.Table;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.TelescopeModel;

/**
 * Writes dumps into a new Measurement Set (version 2.0), a row for each baseline of the telescope model in every dump.
 *
 * <p>Whatever was flushed is in the set even if the process is killed. A dump for which the disk has no room is refused
 * before anything is written, and {@link #close()} finishes the set with those before. After a write that failed otherwise
 * (a quota, a broken disk) the set is left as it was flushed, only good for {@link #close()}, which then stays silent.
 *
 * <p>Made, used and closed by one thread. Faults are {@link MeasurementSetException}s that name the set and say what casacore said.
 */
public final class MeasurementSetWriter implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long BYTES_PER_MEGABYTE = 1_000_000;
    /** A visibility, its flag and its weight. */
    private static final int BYTES_PER_VALUE = 8 + 1 + 4;
    /** What tiles that are begun, and the other columns, may take beyond the dumps. */
    private static final long SPARE_BYTES = 16L << 20;

    private static final int SCAN_NUMBER_MASK = 0x7FFF_FFFF;

    private final WriterOptions options;
    private final Table main;
    private final MetadataTables metadataTables;
    private final RowIds ids;
    private final MainTableRows rows;
    private final LongSupplier roomBytes;
    private final long bytesPerDump;
    private String history = "visibilities received";
    private DumpMetadata earliest;
    private DumpMetadata latest;
    private long dumpCount;
    private long unflushedDumps;
    private boolean failed;
    private boolean closed;

    private MeasurementSetWriter(
            WriterOptions options,
            Table main,
            RowIds ids,
            long cacheBytes,
            LongSupplier roomBytes,
            MainTableRows former) {
        this.roomBytes = roomBytes;
        this.options = options;
        this.main = main;
        this.ids = ids;
        main.limitTileCache(cacheBytes);
        this.metadataTables = new MetadataTables(main);
        metadataTables.copy(options.modelSet());
        this.rows = new MainTableRows(main, options, ids, former);
        this.bytesPerDump = dumpBytes(options.model());
    }

    /**
     * Makes the set with all its metadata tables and no rows, and puts it on the disk.
     *
     * @throws MeasurementSetException when the output exists and may not be replaced, or cannot be made; nothing half made
     *     stays behind
     */
    public static MeasurementSetWriter create(WriterOptions options) {
        return create(options, () -> usableBytes(options.output()), null);
    }

    /** Makes another set as {@link #create} does, like this one and in its memory; this one must be closed. */
    public MeasurementSetWriter createNext(Path output) {
        if (!closed) {
            throw new IllegalStateException("Measurement Set " + options.output() + " is not closed yet");
        }
        WriterOptions next = options.withOutput(output);
        return create(next, () -> usableBytes(output), rows);
    }

    /** As the first, on a disk that has as much room as it says. */
    static MeasurementSetWriter create(WriterOptions options, LongSupplier roomBytes) {
        return create(options, roomBytes, null);
    }

    private static MeasurementSetWriter create(WriterOptions options, LongSupplier roomBytes, MainTableRows former) {
        RowIds ids;
        List<String> dataUnits;
        try (OpenSet model = OpenSet.open(options.modelSet())) {
            ids = RowIds.ofFirstRow(model.main());
            dataUnits = model.main().hasColumn("DATA")
                    ? model.main().description().column("DATA").units()
                    : List.of();
        }
        requireRoom(options, roomBytes);
        OutputDirectory.prepare(options.output(), options.modelSet(), options.overwrite());
        MainTableLayout layout = new MainTableLayout(options, dataUnits);
        Table main = null;
        try {
            main = Table.createMeasurementSet(options.output(), layout.description());
            MeasurementSetWriter writer =
                    new MeasurementSetWriter(options, main, ids, layout.cacheBytes(), roomBytes, former);
            main.flush(true);
            return writer;
        } catch (RuntimeException e) {
            MeasurementSetException failure = new MeasurementSetException(
                    "Measurement Set " + options.output() + " cannot be made: " + e.getMessage(), e);
            discard(main, options.output(), failure);
            throw failure;
        }
    }

    /**
     * casacore writes from destructors, where a failure ends the process: what may not fail there is not begun without room.
     */
    private static void requireRoom(WriterOptions options, LongSupplier roomBytes) {
        long left = roomBytes.getAsLong();
        long needed = dumpBytes(options.model()) + SPARE_BYTES;
        if (left < needed) {
            throw new MeasurementSetException("Measurement Set " + options.output() + " cannot be made: " + left
                    + " bytes are left on its file system, it needs " + needed + " to begin with, for one dump and "
                    + SPARE_BYTES + " to spare");
        }
    }

    private static long dumpBytes(TelescopeModel model) {
        return (long) model.baselines().count() * model.channelCount() * model.polarisationCount() * BYTES_PER_VALUE;
    }

    private static void discard(Table main, Path output, MeasurementSetException failure) {
        try {
            if (main != null) {
                main.close();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        try {
            if (Files.exists(output)) {
                OutputDirectory.delete(output);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Adds a dump: a row a baseline, in the order of the telescope model.
     *
     * <p>FLAG is that of the block; FLAG_ROW is set where all of a row is flagged. WEIGHT is the mean over the channels of
     * the fraction of data, SIGMA its inverse root, 0 where nothing came.
     *
     * @param metadata time (the centre), interval, exposure and UVW of the dump
     * @param scanId becomes SCAN_NUMBER; of a number beyond 2^31 - 1 the low 31 bits
     * @param block visibilities and flags, of the model's baselines x channels x polarisations; free again on return
     */
    public void writeDump(DumpMetadata metadata, long scanId, DumpBlock block) {
        checkUsable();
        check(metadata, block);
        checkRoom((unflushedDumps + 1) * bytesPerDump);
        try {
            rows.append(metadata, (int) (scanId & SCAN_NUMBER_MASK), block);
        } catch (CasacoreException e) {
            throw failure("writing dump " + dumpCount + " failed", e);
        } catch (RuntimeException | Error e) {
            failed = true; // some columns have the new rows, others have not
            throw e;
        }
        earliest = earliest == null || metadata.timeMjdSeconds() < earliest.timeMjdSeconds() ? metadata : earliest;
        latest = latest == null || metadata.timeMjdSeconds() > latest.timeMjdSeconds() ? metadata : latest;
        dumpCount++;
        unflushedDumps++;
    }

    /** Puts everything written so far on the disk itself: it survives the end of the process, however it comes. */
    public void flush() {
        checkUsable();
        checkRoomToFlush();
        try {
            main.flush(true);
            unflushedDumps = 0;
        } catch (CasacoreException e) {
            throw failure("flushing failed", e);
        }
    }

    /** Number of dumps written. */
    public long dumpCount() {
        return dumpCount;
    }

    /** The set. */
    public Path path() {
        return options.output();
    }

    /** Puts a name in place of the model's in OBSERVATION TELESCOPE_NAME. */
    public void setTelescopeName(String name) {
        checkUsable();
        try {
            metadataTables.telescopeName(name);
        } catch (CasacoreException e) {
            throw failure("writing TELESCOPE_NAME failed", e);
        }
    }

    /** Says what the row of HISTORY will tell, written on closing. */
    public void describe(String message) {
        history = message;
    }

    /**
     * Writes OBSERVATION TIME_RANGE and HISTORY, flushes and closes; does nothing the second time. Throws when that fails,
     * but not after a failure that was thrown before.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!failed) {
                checkRoomToFlush();
                finish();
            }
        } catch (CasacoreException e) {
            throw failure("finishing it failed", e);
        } finally {
            closeMain();
        }
    }

    private void finish() {
        if (latest != null) {
            metadataTables.timeRange(
                    ids.observation(),
                    earliest.timeMjdSeconds() - earliest.intervalSeconds() / 2,
                    latest.timeMjdSeconds() + latest.intervalSeconds() / 2,
                    latest.intervalSeconds());
        }
        Instant now = Instant.now();
        double time = PayloadTime.UNIX_EPOCH_MJD_SECONDS + now.getEpochSecond() + now.getNano() / NANOS_PER_SECOND;
        metadataTables.history(time, options.application(), history, ids.observation());
        main.flush(true);
    }

    /** After a failure the table is left as it is: closing it would write again, and half of what it tried to write. */
    private void closeMain() {
        if (failed) {
            return;
        }
        try {
            main.close();
        } catch (CasacoreException e) {
            throw failure("closing it failed", e);
        }
    }

    /** Refuses before anything is written, so that the set stays whole, what will not fit on the disk. */
    private void checkRoom(long bytes) {
        long left = roomBytes.getAsLong();
        if (left < bytes + SPARE_BYTES) {
            throw new MeasurementSetException("Measurement Set " + options.output() + " takes no more: " + left
                    + " bytes are left on its file system, dump " + dumpCount + " may need " + (bytes + SPARE_BYTES));
        }
    }

    /** Without the spare room the set stays as last flushed; see {@link #requireRoom}. */
    private void checkRoomToFlush() {
        long left = roomBytes.getAsLong();
        if (left < SPARE_BYTES / 2) {
            failed = true;
            throw new MeasurementSetException(
                    "Measurement Set " + options.output() + " stays as last flushed, without its" + " last "
                            + unflushedDumps + " dumps: only " + left + " bytes are left on its file system");
        }
    }

    private MeasurementSetException failure(String what, CasacoreException cause) {
        failed = true;
        return new MeasurementSetException(
                "Measurement Set " + options.output() + ": " + what + ": " + cause.getMessage() + spaceLeft(), cause);
    }

    /** casacore tells an errno that may be stale when a write was cut short, so that a full disk needs to be named. */
    private String spaceLeft() {
        return " (" + roomBytes.getAsLong() / BYTES_PER_MEGABYTE + " MB are left on its file system)";
    }

    /** Of the file system that the set is on, or will be. */
    private static long usableBytes(Path path) {
        Path existing = path.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // unknown; a write will tell
        }
    }

    private void checkUsable() {
        if (closed) {
            throw new IllegalStateException("Measurement Set " + options.output() + " is closed");
        }
        if (failed) {
            throw new MeasurementSetException(
                    "Measurement Set " + options.output() + " takes no more dumps after a write that failed");
        }
    }

    private void check(DumpMetadata metadata, DumpBlock block) {
        TelescopeModel model = options.model();
        if (block.baselines() != model.baselines().count()
                || block.channels() != model.channelCount()
                || block.polarisations() != model.polarisationCount()
                || metadata.uvwMetres().length != 3 * block.baselines()) {
            throw new IllegalArgumentException("a dump of " + block.baselines() + " baselines x " + block.channels()
                    + " channels x " + block.polarisations() + " polarisations with "
                    + metadata.uvwMetres().length + " components of UVW for a set of "
                    + model.baselines().count() + " x " + model.channelCount() + " x " + model.polarisationCount());
        }
    }
}
