package org.cbfsdp.recv.consumer.mswriter;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.consumer.PreparingConsumer;
import org.cbfsdp.ms.TrialSet;
import org.cbfsdp.ms.WriterOptions;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.DumpMetadata;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.recv.consumer.mswriter.WrittenSet.Origin;

/**
 * Writes whole dumps: what never came is there, flagged, zero and without weight, also a dump of the model of which nothing
 * came between two that did; such a dump is of the scan after the gap. While one dump is written, the next that waits is placed
 * into set order by another thread.
 */
final class MsWriterConsumer implements PreparingConsumer {
    private static final Logger LOG = LogManager.getLogger(MsWriterConsumer.class);
    private static final double NANOS_PER_SECOND = 1e9;
    /** Sets that may wait for their command. */
    private static final int QUEUED_SETS = 1024;
    /** A smaller dump is placed in less than a tenth of a millisecond: not worth two wakes. */
    private static final int LEAST_BYTES_AHEAD = 1 << 20;

    private final long leastBytesAhead;
    private TelescopeModel model;
    private DumpBlocks blocks;
    private boolean flagFromFd;
    private double timeTolerance;
    private long flushIntervalNanos;
    private SetSequence sets;
    private Optional<CommandQueue> commands = Optional.empty();
    private int lastModelIndex = -1;
    private boolean anyDump;
    private long lastScanId;
    private long unmatchedDumps;
    private long unflushedDumps;
    private long lastFlushNanos;
    private final FdWatch fdWatch = new FdWatch();

    MsWriterConsumer() {
        this(LEAST_BYTES_AHEAD);
    }

    /** Places dumps ahead that have so many bytes of visibilities or more. */
    MsWriterConsumer(long leastBytesAhead) {
        this.leastBytesAhead = leastBytesAhead;
    }

    @Override
    public void start(ConsumerContext context) {
        ConsumerOptions options = context.options();
        model = context.telescopeModel()
                .orElseThrow(() -> new ConsumerException(
                        "mswriter needs the observation's metadata: name a Measurement Set in reception.datamodel"));
        flagFromFd = options.flag("flag_from_fd");
        timeTolerance = options.decimal("time_tolerance");
        flushIntervalNanos = (long) (options.decimal("flush_interval") * NANOS_PER_SECOND);
        commands = options.text("command")
                .map(lines -> new CommandQueue(
                        SetCommand.find(List.of(lines.split("\n", -1))),
                        QUEUED_SETS,
                        (long) (options.decimal("command_timeout") * NANOS_PER_SECOND),
                        System::nanoTime));
        blocks = makeBlocks(context.channelIdOffset());
        sets = beginSets(context);
        lastFlushNanos = System.nanoTime();
    }

    private DumpBlocks makeBlocks(int channelIdOffset) {
        int baselines = model.baselines().count();
        int channels = model.channelCount();
        int polarisations = model.polarisationCount();
        long bytes = (long) baselines * channels * polarisations * ElementLayout.VISIBILITY_BYTES;
        return new DumpBlocks(
                () -> new DumpBlock(baselines, channels, polarisations),
                () -> new DumpPlacement(channels, model.correlationTypes(), channelIdOffset, flagFromFd),
                bytes >= leastBytesAhead);
    }

    private SetSequence beginSets(ConsumerContext context) {
        ConsumerOptions options = context.options();
        Path output = Path.of(options.text("output")
                .orElseThrow(
                        () -> new ConsumerException("mswriter needs a name for its set: reception.outputfilename")));
        boolean perScan = options.flag("per_scan");
        long maxDumps = options.integer("max_dumps");
        SetNames names = new SetNames(output, perScan, maxDumps > 0);
        WriterOptions template = WriterOptions.of(
                        output, context.dataModelPath().orElseThrow(), model, "emu-recv")
                .withOverwrite(options.flag("overwrite"))
                .withTiles(
                        (int) options.integer("tile_bytes"),
                        context.plan().map(StreamPlan::widest).orElse(0))
                .withWeights(options.flag("weight_spectrum"), flagFromFd);
        SetSequence sequence = new SetSequence(
                names,
                perScan,
                maxDumps,
                new SetMaker(template, options.text("telescope_name")),
                path -> commands.ifPresent(queue -> queue.add(path)));
        if (perScan) {
            TrialSet.make(template);
        } else {
            names.refuseForeseen(template.overwrite());
            sequence.begin();
        }
        return sequence;
    }

    @Override
    public void prepare(VisibilityDump next) {
        blocks.prepare(next);
    }

    @Override
    public void consume(VisibilityDump dump, boolean endOfBatch) {
        double time = PayloadTime.mjdSeconds(dump.timestampTicks());
        DumpMetadata metadata = model.matchingData(time, timeTolerance);
        boolean unmatched = metadata == null || metadata.index() == lastModelIndex;
        DumpBlock block = blocks.place(dump);
        if (unmatched) {
            metadata = nearest(time);
        } else {
            fillGap(metadata.index(), dump, block);
            lastModelIndex = metadata.index();
        }
        if (dump.scanId() != lastScanId && anyDump) {
            fdWatch.endOfScan(lastScanId, flagFromFd);
            flush();
        }
        anyDump = true;
        lastScanId = dump.scanId();
        fdWatch.dump(block);
        write(metadata, dump.scanId(), block, unmatched ? Origin.UNMATCHED : Origin.MODEL);
        if (isFlushDue()) {
            flush();
        }
        commands.ifPresent(CommandQueue::look);
    }

    @Override
    public void idle() {
        if (unflushedDumps > 0 && isFlushDue()) {
            flush();
        }
        commands.ifPresent(CommandQueue::look);
    }

    @Override
    @SuppressWarnings("try") // the queue is there to be closed last
    public void close() {
        if (blocks != null) {
            blocks.close();
        }
        if (anyDump) {
            fdWatch.endOfScan(lastScanId, flagFromFd);
        }
        if (unmatchedDumps > 0) {
            LOG.warn(
                    "{} dumps have times that the data model does not know; UVW, INTERVAL and EXPOSURE are those of the"
                            + " nearest dump of the model",
                    unmatchedDumps);
        }
        // Also when the last set fails, the command runs on those before it.
        try (CommandQueue queue = commands.orElse(null)) {
            if (sets != null) {
                sets.close();
            }
        }
    }

    private DumpMetadata nearest(double time) {
        unmatchedDumps++;
        DumpMetadata nearest = model.nearestData(time);
        return new DumpMetadata(
                nearest.index(), time, nearest.intervalSeconds(), nearest.exposureSeconds(), nearest.uvwMetres());
    }

    /** Writes the dumps of the model before this one of which nothing came, by way of its block. */
    private void fillGap(int index, VisibilityDump dump, DumpBlock block) {
        if (lastModelIndex < 0 || lastModelIndex + 1 >= index) {
            return;
        }
        for (int skipped = lastModelIndex + 1; skipped < index; skipped++) {
            block.reset();
            write(model.dump(skipped), dump.scanId(), block, Origin.FILLED);
        }
        blocks.restore(dump);
    }

    private void write(DumpMetadata metadata, long scanId, DumpBlock block, Origin origin) {
        sets.write(metadata, scanId, block, origin);
        unflushedDumps++;
    }

    private boolean isFlushDue() {
        return flushIntervalNanos > 0 && System.nanoTime() - lastFlushNanos >= flushIntervalNanos;
    }

    private void flush() {
        sets.flush();
        unflushedDumps = 0;
        lastFlushNanos = System.nanoTime();
    }
}
