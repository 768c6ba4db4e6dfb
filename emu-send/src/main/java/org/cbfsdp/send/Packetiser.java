package org.cbfsdp.send;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.icd.IcdHeapEncoder.IcdHeap;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.Transposition;

/**
 * Reads dumps, lays out a heap for each stream, and offers the heaps. Runs on the main thread.
 *
 * <p>Reading and laying out overlap with sending as far as free heaps allow; a stream that is held back by its rate holds back
 * the next dump.
 */
final class Packetiser {
    private static final Logger LOG = LogManager.getLogger(Packetiser.class);

    private final DumpSource source;
    private final DumpSchedule schedule;
    private final DumpPacer pacer;
    private final List<StreamSender> streams;
    private final int[] polarisationMap;
    private final boolean fdFromFlags;
    private final DumpBlock block;
    private long partlyFlagged;
    private long sentDumps;

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
        this.streams = List.copyOf(streams);
        this.polarisationMap = polarisationMap.clone();
        this.fdFromFlags = fdFromFlags;
        this.block = source.newBlock();
    }

    /**
     * Sends everything, start and end of each stream included.
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

    private void sendDumps(BooleanSupplier stopped, Progress progress) throws InterruptedException {
        int loaded = -1;
        for (long position = 0; position < schedule.count() && !stopped.getAsBoolean(); position++) {
            int dump = schedule.dump(position);
            if (dump != loaded) {
                source.read(dump, block);
                loaded = dump;
            }
            pacer.await(position, schedule.timeMjdSeconds(position), stopped, () -> sendDescriptors(stopped));
            if (sendDump(PayloadTime.ticksOfMjdSeconds(schedule.timeMjdSeconds(position)), stopped)) {
                sentDumps++;
                LOG.debug("dump {} of {} handed to {} streams", sentDumps, schedule.count(), streams.size());
                progress.dumps(sentDumps);
            }
        }
    }

    /** Elements so far that had some, but not all, of their polarisations flagged, which FD cannot say. */
    long partlyFlagged() {
        return partlyFlagged;
    }

    /** Dumps that were offered to every stream. */
    long sentDumps() {
        return sentDumps;
    }

    private void sendDescriptors(BooleanSupplier stopped) {
        for (StreamSender stream : streams) {
            stream.sendDescriptorsWhenDue(stopped);
        }
    }

    private boolean sendDump(long ticks, BooleanSupplier stopped) throws InterruptedException {
        for (StreamSender stream : streams) {
            IcdHeap heap = stream.takeFree(stopped);
            if (heap == null) {
                return false;
            }
            ChannelRange channels = stream.channels();
            partlyFlagged += Transposition.toHeapOrder(
                    block, channels.first(), channels.count(), polarisationMap, fdFromFlags, heap.data());
            heap.setTimestamp(ticks);
            if (!stream.send(heap, stopped)) {
                return false;
            }
        }
        return true;
    }
}
