package org.spead.send;

import java.util.List;
import org.spead.packet.HeapPacketizer;

/**
 * The offering side of a stream: checks heaps, gives them their counts and queues them. The offering thread's, where {@link
 * PacketTurns} and {@link PacketOutlet} are the sending one's; the {@link HeapQueue} is between them.
 */
final class HeapIntake {
    private final String streamName;
    private final HeapPacketizer packetizer;
    private final HeapQueue queue;
    private final int substreams;
    private long nextHeapCnt;
    private long heapCntStep;

    /** The intake of a stream; of the packetizer only what heaps it accepts is asked. */
    HeapIntake(String streamName, SendConfig config, HeapPacketizer packetizer, HeapQueue queue, int substreams) {
        this.streamName = streamName;
        this.packetizer = packetizer;
        this.queue = queue;
        this.substreams = substreams;
        setHeapCntSequence(config.firstHeapCnt(), config.heapCntStep());
    }

    /** See {@link SendStream#setHeapCntSequence}. */
    void setHeapCntSequence(long next, long step) {
        if (next < 0 || step == 0) {
            throw new IllegalArgumentException("heap counts cannot go from " + next + " in steps of " + step);
        }
        nextHeapCnt = next;
        heapCntStep = step;
    }

    /** Queues a heap; see {@link SendStream#offer(HeapReference, HeapCompletion)}. */
    boolean offer(SendHeap heap, long heapCnt, int substream, long rate, HeapCompletion completion) {
        require(heap, heapCnt, substream);
        if (!queue.hasRoom(1)) {
            return false;
        }
        heap.requireOwned();
        HeapSlot slot = queue.staged(0);
        slot.fill(heap, heapCnt(heap, heapCnt), substream, rate);
        slot.join(1, GroupMode.SERIAL, slot, completion);
        queue.publish(1);
        return true;
    }

    /** Queues a group or nothing; see {@link SendStream#offerGroup}. */
    boolean offerGroup(List<HeapReference> heaps, GroupMode mode, GroupCompletion completion) {
        List<HeapReference> group = List.copyOf(heaps);
        if (group.isEmpty() || group.size() > queue.capacity()) {
            throw new IllegalArgumentException("a group has 1 to " + queue.capacity() + " heaps in stream " + streamName
                    + ", not " + group.size());
        }
        for (HeapReference reference : group) {
            require(reference.heap(), reference.heapCnt(), reference.substream());
        }
        if (!queue.hasRoom(group.size())) {
            return false;
        }
        stage(group, mode, (heap, bytesSent, error) -> completion.onGroupDone(group, bytesSent, error));
        queue.publish(group.size());
        return true;
    }

    private void stage(List<HeapReference> group, GroupMode mode, HeapCompletion done) {
        long cntBefore = nextHeapCnt;
        HeapSlot last = queue.staged(group.size() - 1);
        int staged = 0;
        try {
            for (HeapReference heap : group) {
                HeapSlot slot = queue.staged(staged);
                slot.fill(
                        heap.heap(), heapCnt(heap.heap(), heap.heapCnt()), heap.substream(), heap.rateBytesPerSecond());
                slot.join(group.size(), mode, last, done);
                staged++;
            }
        } finally {
            if (staged < group.size()) {
                unstage(staged, cntBefore);
            }
        }
    }

    private void unstage(int staged, long heapCntBefore) {
        for (int i = 0; i < staged; i++) {
            queue.staged(i).clear();
        }
        nextHeapCnt = heapCntBefore;
    }

    private void require(SendHeap heap, long heapCnt, int substream) {
        if (heapCnt != SendStream.NEXT_HEAP_CNT
                && (heapCnt < 0 || heapCnt > heap.flavour().maxAddress())) {
            throw new IllegalArgumentException("heap count " + heapCnt + " does not fit " + heap.flavour());
        }
        if (substream < 0 || substream >= substreams) {
            throw new IllegalArgumentException(
                    "stream " + streamName + " has " + substreams + " substreams, there is no substream " + substream);
        }
        if (!packetizer.accepts(heap.flavour(), heap.pointerCount(), heap.payloadBytes(), heap.repeatsPointers())) {
            throw new IllegalArgumentException("a heap of " + heap.pointerCount() + " item pointers and "
                    + heap.payloadBytes() + " bytes does not fit " + heap.flavour() + " in packets of "
                    + packetizer.maxPacketBytes() + " bytes");
        }
    }

    private long heapCnt(SendHeap heap, long wanted) {
        if (wanted != SendStream.NEXT_HEAP_CNT) {
            return wanted;
        }
        long cnt = nextHeapCnt & heap.flavour().maxAddress();
        nextHeapCnt += heapCntStep;
        return cnt;
    }
}
