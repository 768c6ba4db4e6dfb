package org.cbfsdp.send.impair;

import java.util.Arrays;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketHeader;
import org.spead.transport.PacketBatch;
import org.spead.transport.impair.ImpairmentListener;
import org.spead.transport.impair.PacketChoice;
import org.spead.transport.impair.PacketImpairment;

/**
 * The last data heaps of a stream to which nothing is done as a whole, whose packets may be impaired one by one; tells the log of those
 * that are. Confined to the stream's thread.
 */
final class UntouchedHeaps implements PacketChoice, ImpairmentListener {
    /** More heaps than are between the two sinks. */
    private static final int REMEMBERED = 1024;

    private static final long NONE = -1;

    private final StreamLog log;
    private final int fullPayloadBytes;
    private final PacketHeader header = new PacketHeader();
    private final long[] heapCnts = new long[REMEMBERED];
    private final long[] dumps = new long[REMEMBERED];
    private final int[] packets = new int[REMEMBERED];
    private long newestCnt = NONE;

    UntouchedHeaps(StreamLog log, int maxPacketBytes) {
        this.log = log;
        this.fullPayloadBytes = PassingHeap.fullPayloadBytes(maxPacketBytes);
        Arrays.fill(heapCnts, NONE);
    }

    /** Nothing is done to the heap that passes. */
    void add(PassingHeap heap) {
        int at = slot(heap.heapCnt());
        heapCnts[at] = heap.heapCnt();
        dumps[at] = heap.dump();
        packets[at] = heap.packets();
    }

    @Override
    public boolean mayImpair(PacketBatch batch, int index) {
        int size = PacketDecoder.decode(batch.buffer(), batch.offset(index), batch.length(index), header);
        newestCnt = size > 0 ? Math.max(newestCnt, header.heapCnt()) : newestCnt;
        return size > 0 && heapCnts[slot(header.heapCnt())] == header.heapCnt();
    }

    /** A heap that was held back goes between the packets of a newer one, and changes nothing about their order. */
    @Override
    public boolean mayOvertake(PacketBatch batch, int index) {
        return header.heapCnt() < newestCnt;
    }

    @Override
    public void impaired(PacketImpairment what, PacketBatch batch, int index, int bit) {
        StreamLog.Line line = line(Impairment.of(what));
        if (bit != NO_BIT) {
            line.with("byte", bit / 8).with("bit", bit % 8);
        }
        line.write();
    }

    /** The line is made now that the packet's heap is at hand. */
    @Override
    public Runnable ifNeverSent(PacketBatch batch, int index) {
        StreamLog.Line line = line(Impairment.NEVER_SENT)
                .with("held_as", Impairment.of(PacketImpairment.REORDER).word());
        return line::write;
    }

    /** Begins a line about the packet that was last asked about. */
    private StreamLog.Line line(Impairment what) {
        int at = slot(header.heapCnt());
        int count = packets[at];
        // The last packets are full, but for the very last.
        long behind = header.heapLength() - header.payloadOffset() - header.payloadLength();
        int packet = count - 1 - (int) ((behind + fullPayloadBytes - 1) / fullPayloadBytes);
        return log.line(what, dumps[at], header.heapCnt())
                .with("packet", packet)
                .with("packets", count);
    }

    private static int slot(long heapCnt) {
        return (int) (heapCnt & (REMEMBERED - 1));
    }
}
