package org.cbfsdp.recv.consumer.mswriter;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.ms.MeasurementSetWriter;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;

/** One set while it is written, and the count of what is in it. Confined to the consumer's thread. */
final class WrittenSet {
    private static final Logger LOG = LogManager.getLogger(WrittenSet.class);

    private final MeasurementSetWriter writer;
    private final long scanId;
    private long unmatchedDumps;
    private long filledDumps;
    private boolean failed;

    /** Where a dump comes from. */
    enum Origin {
        /** Received, of a time that the model knows. */
        MODEL,
        /** Received, of a time that it does not know. */
        UNMATCHED,
        /** Nothing of it came. */
        FILLED
    }

    /** Takes over an empty set; {@code scanId} is the scan of the first dump. */
    WrittenSet(MeasurementSetWriter writer, long scanId) {
        this.writer = writer;
        this.scanId = scanId;
        LOG.info("writing {}", writer.path());
    }

    long scanId() {
        return scanId;
    }

    long dumpCount() {
        return writer.dumpCount();
    }

    Path path() {
        return writer.path();
    }

    void write(DumpMetadata metadata, long dumpScanId, DumpBlock block, Origin origin) {
        failed = true;
        writer.writeDump(metadata, dumpScanId, block);
        failed = false;
        unmatchedDumps += origin == Origin.UNMATCHED ? 1 : 0;
        filledDumps += origin == Origin.FILLED ? 1 : 0;
    }

    void flush() {
        failed = true;
        writer.flush();
        failed = false;
    }

    /**
     * Finishes and closes the set.
     *
     * @return whether it has dumps, and all that it was given
     */
    boolean close() {
        long received = writer.dumpCount() - filledDumps;
        writer.describe(received + " dumps received, " + unmatchedDumps + " of them not in the data model");
        writer.close();
        LOG.info("{}: {} dumps written, and {} of which nothing came, flagged", writer.path(), received, filledDumps);
        return !failed && writer.dumpCount() > 0;
    }
}
