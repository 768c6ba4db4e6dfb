package org.cbfsdp.recv.consumer.mswriter;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetWriter;
import org.cbfsdp.ms.OutputTakenException;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;

/**
 * The sets of one reception, one after the other: which dump ends one, and what is made for the next. A set is finished by the dump
 * that fills it, or by the first of another scan; the next one is made when there is a dump to put into it. Confined to the
 * consumer's thread.
 */
final class SetSequence implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(SetSequence.class);

    private final SetNames names;
    private final boolean perScan;
    private final long maxDumps;
    private final SetMaker maker;
    private final Consumer<Path> finished;
    private WrittenSet set;

    /**
     * Makes nothing yet.
     *
     * @param maxDumps dumps a set, 0 = no limit
     * @param finished told each set that is closed, and has dumps and all that it was given
     */
    SetSequence(SetNames names, boolean perScan, long maxDumps, SetMaker maker, Consumer<Path> finished) {
        this.names = names;
        this.perScan = perScan;
        this.maxDumps = maxDumps == 0 ? Long.MAX_VALUE : maxDumps;
        this.maker = maker;
        this.finished = finished;
    }

    /** Makes the first set before there is a dump; another name will not do. */
    void begin() {
        set = new WrittenSet(maker.make(names.next(0)), 0);
    }

    void write(DumpMetadata metadata, long scanId, DumpBlock block, WrittenSet.Origin origin) {
        if (perScan && set != null && scanId != set.scanId()) {
            finish();
        }
        if (set == null) {
            set = new WrittenSet(make(scanId), scanId);
        }
        set.write(metadata, scanId, block, origin);
        if (set.dumpCount() >= maxDumps) {
            finish();
        }
    }

    /** Puts the set at hand on the disk; those before it are there. */
    void flush() {
        if (set != null) {
            set.flush();
        }
    }

    /** Finishes the set at hand. Idempotent. */
    @Override
    public void close() {
        if (set != null) {
            finish();
        }
    }

    /** What is there and may not be replaced costs a number, not the dumps that wait for their set. */
    private MeasurementSetWriter make(long scanId) {
        while (true) {
            Path path = names.next(scanId);
            try {
                return maker.make(path);
            } catch (OutputTakenException e) {
                LOG.warn("{}; the next number is tried", e.getMessage());
            }
        }
    }

    private void finish() {
        WrittenSet ended = set;
        set = null;
        if (ended.close()) {
            finished.accept(ended.path());
        }
    }
}
