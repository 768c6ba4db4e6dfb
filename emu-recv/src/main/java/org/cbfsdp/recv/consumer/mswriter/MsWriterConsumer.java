package org.cbfsdp.recv.consumer.mswriter;

import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.ms.MeasurementSetWriter;
import org.cbfsdp.ms.WriterOptions;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;

/**
 * Writes whole dumps: what never came is there, flagged, zero and without weight, also a dump of the model of which nothing
 * came between two that did.
 */
final class MsWriterConsumer implements Consumer {
    private static final Logger LOG = LogManager.getLogger(MsWriterConsumer.class);

    private TelescopeModel model;
    private DumpPlacement placement;
    private boolean flagFromFd;
    private double timeTolerance;
    private long flushIntervalNanos;
    private MeasurementSetWriter writer;
    private DumpBlock block;
    private int lastModelIndex = -1;
    private long lastScanId;
    private long unmatchedDumps;
    private long filledDumps;
    private long unflushedDumps;
    private long lastFlushNanos;
    private final FdWatch fdWatch = new FdWatch();

    @Override
    public void start(ConsumerContext context) {
        ConsumerOptions options = context.options();
        model = context.telescopeModel()
                .orElseThrow(() -> new ConsumerException(
                        "mswriter needs the observation's metadata: name a Measurement Set in reception.datamodel"));
        flagFromFd = options.flag("flag_from_fd");
        timeTolerance = options.decimal("time_tolerance");
        flushIntervalNanos = (long) (options.decimal("flush_interval") * 1e9);
        Path output = Path.of(options.text("output")
                .orElseThrow(
                        () -> new ConsumerException("mswriter needs a name for its set: reception.outputfilename")));
        int channelsPerTile = context.plan().map(StreamPlan::widest).orElse(0);
        block = new DumpBlock(model.baselines().count(), model.channelCount(), model.polarisationCount());
        placement = new DumpPlacement(
                model.channelCount(), model.correlationTypes(), context.channelIdOffset(), flagFromFd);
        writer = MeasurementSetWriter.create(
                WriterOptions.of(output, context.dataModelPath().orElseThrow(), model, "emu-recv")
                        .withOverwrite(options.flag("overwrite"))
                        .withTiles((int) options.integer("tile_bytes"), channelsPerTile)
                        .withWeights(options.flag("weight_spectrum"), flagFromFd));
        options.text("telescope_name").ifPresent(writer::setTelescopeName);
        lastFlushNanos = System.nanoTime();
        LOG.info("writing {}", output);
    }

    @Override
    public void consume(VisibilityDump dump, boolean endOfBatch) {
        double time = PayloadTime.mjdSeconds(dump.timestampTicks());
        DumpMetadata metadata = model.matchingData(time, timeTolerance);
        if (metadata == null || metadata.index() == lastModelIndex) {
            metadata = nearest(time);
        } else {
            fillGap(metadata.index(), dump.scanId());
            lastModelIndex = metadata.index();
        }
        if (dump.scanId() != lastScanId && writer.dumpCount() > 0) {
            fdWatch.endOfScan(lastScanId, flagFromFd);
            flush();
        }
        lastScanId = dump.scanId();
        placement.place(dump, block);
        fdWatch.dump(block);
        write(metadata, dump.scanId());
        if (flushIntervalNanos > 0 && System.nanoTime() - lastFlushNanos >= flushIntervalNanos) {
            flush();
        }
    }

    @Override
    public void idle() {
        if (unflushedDumps > 0 && flushIntervalNanos > 0 && System.nanoTime() - lastFlushNanos >= flushIntervalNanos) {
            flush();
        }
    }

    @Override
    public void close() {
        if (writer == null) {
            return;
        }
        if (writer.dumpCount() > 0) {
            fdWatch.endOfScan(lastScanId, flagFromFd);
        }
        if (unmatchedDumps > 0) {
            LOG.warn(
                    "{} dumps have times that the data model does not know; UVW, INTERVAL and EXPOSURE are those of the"
                            + " nearest dump of the model",
                    unmatchedDumps);
        }
        writer.describe((writer.dumpCount() - filledDumps) + " dumps received, " + unmatchedDumps
                + " of them not in the data model");
        writer.close();
        LOG.info(
                "{}: {} dumps written, and {} of which nothing came, flagged",
                writer.path(),
                writer.dumpCount() - filledDumps,
                filledDumps);
    }

    private DumpMetadata nearest(double time) {
        unmatchedDumps++;
        DumpMetadata nearest = model.nearestData(time);
        return new DumpMetadata(
                nearest.index(), time, nearest.intervalSeconds(), nearest.exposureSeconds(), nearest.uvwMetres());
    }

    private void fillGap(int index, long scanId) {
        if (lastModelIndex < 0) {
            return;
        }
        for (int skipped = lastModelIndex + 1; skipped < index; skipped++) {
            block.reset();
            write(model.dump(skipped), scanId);
            filledDumps++;
        }
    }

    private void write(DumpMetadata metadata, long scanId) {
        writer.writeDump(metadata, scanId, block);
        unflushedDumps++;
    }

    private void flush() {
        writer.flush();
        unflushedDumps = 0;
        lastFlushNanos = System.nanoTime();
    }
}
