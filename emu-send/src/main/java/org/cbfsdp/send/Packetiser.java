package org.cbfsdp.send;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.Transposition;

/**
 * Reads dumps, lays out a heap for each stream, and offers the heaps. Runs on the main thread.
 *
 * <p>Reading and laying out overlap with sending as far as free heaps allow; a stream that is held back by its rate holds back
 * the next dump. What a heap holds already is neither read nor laid out again. The steady state makes no garbage.
 */
final class Packetiser {
    private static final int NOTHING = -1;
    private static final Logger LOG = LogManager.getLogger(Packetiser.class);

    private final DumpSource source;
    private final DumpSchedule schedule;
    private final DumpPacer pacer;
    private final StreamSender[] streams;
    private final int[] polarisationMap;
    private final boolean fdFromFlags;
    private final DumpBlock block;
    private int dumpInBlock = NOTHING;
    private long partlyFlagged;

    /**
     * Puts the parts together.
     *
     * @param polarisationMap for each polarisation sent its place in the source, or -1
     * @param fdFromFlags whether FD says what is flagged
     */
    Packetiser(
            DumpSource source,
            DumpSchedule schedule,
            DumpPacer pacer,
            List<StreamSender> streams,
            int[] polarisationMap,
            boolean fdFromFlags) {
        this.source = source;
        this.schedule = schedule;
        this.pacer = pacer;
        this.streams = streams.toArray(StreamSender[]::new);
        this.polarisationMap = polarisationMap.clone();
        this.fdFromFlags = fdFromFlags;
        this.block = source.newBlock();
    }

    /**
     * Sends everything, start and end of each stream included; what was not {@linkplain #layOutAhead laid out ahead} is laid out
     * as it goes.
     *
     * @param stopped ends the dumps early; the end of each stream is still sent
     * @param abandoned gives up even that
     */
    void run(BooleanSupplier stopped, BooleanSupplier abandoned, Progress progress) throws InterruptedException {
        for (StreamSender stream : streams) {
            stream.sendStart(stopped);
        }
        try {
            sendDumps(stopped, progress);
        } finally {
            for (StreamSender stream : streams) {
                stream.sendEnd(abandoned);
            }
        }
    }

    /** Fills every heap for its first turn, so that a stream does not begin by waiting for what it sends. Before {@link #run}. */
    void layOutAhead(BooleanSupplier stopped) {
        long ahead = Math.min(streams[0].heapCount(), schedule.count());
        for (int position = 0; position < ahead && !stopped.getAsBoolean(); position++) {
            int dump = schedule.dump(position);
            read(dump);
            for (StreamSender stream : streams) {
                layOut(dump, stream.channels(), stream.heap(position));
            }
        }
    }

    private void sendDumps(BooleanSupplier stopped, Progress progress) throws InterruptedException {
        Runnable descriptors = () -> sendDescriptors(stopped);
        long offeredDumps = 0;
        for (long position = 0; position < schedule.count() && !stopped.getAsBoolean(); position++) {
            int dump = schedule.dump(position);
            double timeMjdSeconds = schedule.timeMjdSeconds(position);
            prepare(dump);
            pacer.await(position, timeMjdSeconds, stopped, descriptors);
            if (sendDump(dump, PayloadTime.ticksOfMjdSeconds(timeMjdSeconds), stopped)) {
                offeredDumps++;
                if (LOG.isDebugEnabled()) {
                    LOG.debug("dump {} of {} handed to {} streams", offeredDumps, schedule.count(), streams.length);
                }
                progress.dumps(offeredDumps);
            }
        }
    }

    /** Reads a dump before its time comes, unless every stream's next heap holds it. */
    private void prepare(int dump) {
        for (StreamSender stream : streams) {
            if (!stream.nextHolds(dump)) {
                read(dump);
                return;
            }
        }
    }

    private void read(int dump) {
        if (dump != dumpInBlock) {
            source.read(dump, block);
            dumpInBlock = dump;
        }
    }

    /** Elements so far that had some, but not all, of their polarisations flagged, which FD cannot say. */
    long partlyFlagged() {
        return partlyFlagged;
    }

    /** Dumps that every stream has sent: those that wait in a stream, or failed in one, are not among them. Thread-safe. */
    long sentDumps() {
        long least = Long.MAX_VALUE;
        for (StreamSender stream : streams) {
            least = Math.min(least, stream.sentHeaps());
        }
        return least;
    }

    private void sendDescriptors(BooleanSupplier stopped) {
        for (StreamSender stream : streams) {
            stream.sendDescriptorsWhenDue(stopped);
        }
    }

    private boolean sendDump(int dump, long ticks, BooleanSupplier stopped) throws InterruptedException {
        for (StreamSender stream : streams) {
            LaidOutHeap heap = stream.next(stopped);
            if (heap == null) {
                return false;
            }
            if (!heap.holds(dump)) {
                layOut(dump, stream.channels(), heap);
            }
            partlyFlagged += heap.partlyFlagged();
            heap.setTimestamp(ticks);
            heap.setDue(pacer.dueNanos());
            if (!stream.send(stopped)) {
                return false;
            }
        }
        return true;
    }

    private void layOut(int dump, ChannelRange channels, LaidOutHeap heap) {
        long partly = Transposition.toHeapOrder(
                block, channels.first(), channels.count(), polarisationMap, fdFromFlags, heap.data());
        heap.hold(dump, partly);
    }
}
