package org.cbfsdp.send.impair;

import java.nio.ByteBuffer;
import java.util.List;
import org.cbfsdp.icd.IcdItem;
import org.cbfsdp.payload.PayloadTime;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.impair.AlteringSink;
import org.spead.transport.impair.Outgoing;

/**
 * Does to the heaps of one stream what its fates say, on their way to the next sink, and logs it. Heaps that start and end a stream,
 * and those of descriptors alone, pass unharmed. Confined to the stream's thread.
 */
final class ImpairedHeaps extends AlteringSink {
    private static final double NANOS_PER_SECOND = 1e9;

    private final HeapFates fates;
    private final StreamBreaks breaks;
    private final StreamLog log;
    private final UntouchedHeaps untouched;
    private final PassingHeap heap;
    private final HeldHeaps held = new HeldHeaps();
    private Impairment fate;
    private List<ItemValue> wrongValues = List.of();
    private HeldHeap copy;
    private boolean isCut;

    /**
     * Impairs what goes to a sink.
     *
     * @param untouched told of the heaps to which nothing is done
     * @param maxPacketBytes of the packets that come
     */
    ImpairedHeaps(
            PacketSink sink,
            HeapFates fates,
            StreamBreaks breaks,
            StreamLog log,
            UntouchedHeaps untouched,
            int maxPacketBytes) {
        super(sink);
        this.fates = fates;
        this.breaks = breaks;
        this.log = log;
        this.untouched = untouched;
        this.heap = new PassingHeap(maxPacketBytes);
    }

    @Override
    protected boolean mayPass(PacketBatch batch, int index) {
        if (breaks.mayStall() && heap.isFirstOfData(batch, index) && breaks.stallsBefore(heap.dump() + 1)) {
            breaks.beginStall();
            log.line(Impairment.STALL, heap.dump() + 1, heap.header().heapCnt())
                    .with("seconds", breaks.stallNanos() / NANOS_PER_SECOND)
                    .write();
        }
        return !breaks.isStalled();
    }

    @Override
    protected void alter(PacketBatch batch, int index, Outgoing out) {
        if (isCut) {
            return;
        }
        heap.take(batch, index);
        if (heap.packet() == 0) {
            begin(batch.buffer(), out);
        }
        boolean isCutHere = heap.isData() && breaks.cutsIn(heap.dump());
        if (isCutHere && heap.packet() == heap.packets() / 2) {
            cut(out);
            return;
        }
        if (heap.isLastPacket()) {
            held.sendDue(out);
        } else {
            held.sendPacket(out);
        }
        pass(batch, index, out);
        if (heap.isLastPacket() && copy != null) {
            held.add(copy);
            copy = null;
        }
    }

    private void begin(ByteBuffer block, Outgoing out) {
        fate = null;
        copy = null;
        wrongValues = List.of();
        if (!heap.isData()) {
            held.passed(heap.dump());
            held.sendDue(out);
            return;
        }
        held.passed(heap.dump() - 1);
        Impairment drawn = fates.next(heap.dump());
        if (breaks.cutsIn(heap.dump())) {
            return;
        }
        fate = drawn;
        if (fate != null) {
            prepare(block);
        } else if (!fates.isSpared(heap.dump())) {
            untouched.add(heap);
        }
    }

    private void prepare(ByteBuffer block) {
        StreamLog.Line line = log.line(fate, heap.dump(), heap.heapCnt());
        switch (fate) {
            case DUPLICATE_HEAP, REORDER_HEAP, LATE_HEAP -> {
                long until = heap.dump() + fates.distance(fate);
                copy = new HeldHeap(fate, heap.dump(), heap.heapCnt(), until);
                line.with("after_dump", until);
            }
            case CORRUPT_TIMESTAMP -> {
                long ticks = fates.wrongTicks(heap.dump());
                wrongValues = List.of(
                        new ItemValue(IcdItem.TIMESTAMP_COUNT, PayloadTime.count(ticks)),
                        new ItemValue(IcdItem.TIMESTAMP_FRACTION, PayloadTime.fraction(ticks)));
                line.with("sent", PayloadTime.instant(ticks));
            }
            case CORRUPT_CHANNEL_ID ->
                replace(IcdItem.CHANNEL_ID, fates.wrongChannelId(value(block, IcdItem.CHANNEL_ID)), line);
            case CORRUPT_BASELINE_COUNT ->
                replace(IcdItem.BASELINE_COUNT, fates.wrongBaselineCount(value(block, IcdItem.BASELINE_COUNT)), line);
            case CORRUPT_SCAN_ID -> replace(IcdItem.SCAN_ID, fates.wrongScanId(), line);
            default -> {
                // Nothing is to be known beforehand.
            }
        }
        line.write();
    }

    private long value(ByteBuffer block, IcdItem item) {
        return ItemValue.immediate(heap, block, item);
    }

    private void replace(IcdItem item, long value, StreamLog.Line line) {
        wrongValues = List.of(new ItemValue(item, value));
        line.with("sent", value);
    }

    private void pass(PacketBatch batch, int index, Outgoing out) {
        if (fate == Impairment.DROP_HEAP) {
            return;
        }
        if (copy != null) {
            copy.add(batch, index);
        }
        if (!wrongValues.isEmpty()) {
            addWithWrongValues(batch, index, out);
        } else if (fate == null || fate == Impairment.DUPLICATE_HEAP) {
            out.add(batch, index);
        }
    }

    private void addWithWrongValues(PacketBatch batch, int index, Outgoing out) {
        ByteBuffer block = batch.buffer();
        int offset = batch.offset(index);
        int length = batch.length(index);
        byte[] right = new byte[length];
        block.get(offset, right);
        for (ItemValue value : wrongValues) {
            value.put(heap, block);
        }
        out.add(batch, index);
        block.put(offset, right);
    }

    /** What was due before the heap that is cut still goes; packets that the sink behind holds back may, if that heap has any. */
    private void cut(Outgoing out) {
        isCut = true;
        held.sendDue(out);
        log.line(Impairment.CUT, heap.dump(), heap.heapCnt())
                .with("packets_sent", heap.packet())
                .with("packets", heap.packets())
                .write();
        abandon();
    }

    /** Gives up what is held back, also of a heap that has passed in part. Called by the stream's thread, or by another after that. */
    void abandon() {
        if (copy != null) {
            held.add(copy);
            copy = null;
        }
        held.abandon(lost -> log.line(Impairment.NEVER_SENT, lost.dump(), lost.heapCnt())
                .with("held_as", lost.why().word())
                .write());
    }
}
