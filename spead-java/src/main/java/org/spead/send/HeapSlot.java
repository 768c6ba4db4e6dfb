package org.spead.send;

import java.io.IOException;
import org.spead.packet.HeapPacketizer;

/**
 * The place of a heap in the queue. Filled by the offering thread before it is published, the sending thread's from then on
 * until it is free again; used for ever.
 *
 * <p>Each heap of a group has its slot, and the last of them keeps the account of the group.
 */
final class HeapSlot {
    private SendHeap heap;
    private long heapCnt;
    private int substream;
    private long rateBytesPerSecond;
    private int groupSize;
    private GroupMode mode;
    private HeapSlot account;
    private HeapCompletion completion;

    private HeapPacketizer packetizer;
    private boolean begun;
    private int packetsInBatch;
    private boolean failed;
    private long bytesSent;
    private IOException firstError;

    /** Takes the heap over; throws, and changes nothing, when it is in flight already. */
    void fill(SendHeap newHeap, long cnt, int toSubstream, long rate) {
        newHeap.take();
        heap = newHeap;
        heapCnt = cnt;
        substream = toSubstream;
        rateBytesPerSecond = rate;
        begun = false;
        failed = false;
        packetsInBatch = 0;
        bytesSent = 0;
        firstError = null;
    }

    /**
     * Makes it part of a group.
     *
     * @param size of the group
     * @param last slot of the group, which has its account and its completion
     */
    void join(int size, GroupMode order, HeapSlot last, HeapCompletion done) {
        groupSize = size;
        mode = order;
        account = last;
        completion = done;
    }

    /** Gives the heap back. */
    void clear() {
        heap.release();
        heap = null;
        account = null;
        completion = null;
        firstError = null;
    }

    /** Begins to make packets of the heap. */
    void begin(int maxPacketBytes) {
        if (packetizer == null) {
            packetizer = new HeapPacketizer(maxPacketBytes);
        }
        packetizer.begin(
                heap.flavour(),
                heapCnt,
                heap.pointers(),
                heap.pointerCount(),
                heap.segments(),
                heap.segments().length,
                heap.repeatsPointers());
        begun = true;
    }

    /** Makes the packets; {@link #begin} must have been called. */
    HeapPacketizer packetizer() {
        return packetizer;
    }

    /** A packet was made and waits for the sink. */
    void packetMade() {
        packetsInBatch++;
    }

    /** The sink took a packet. */
    void packetSent(int bytes) {
        packetsInBatch--;
        account.bytesSent += bytes;
    }

    /** The sink refused a packet, which is lost. */
    void packetFailed(IOException error) {
        packetsInBatch--;
        fail(error);
    }

    /** The heap cannot be sent as a whole. */
    void fail(IOException error) {
        failed = true;
        account.firstError = account.firstError == null ? error : account.firstError;
    }

    /** Whether every packet is made, and none waits for the sink. */
    boolean isDone() {
        return begun && packetsInBatch == 0 && !packetizer.hasNext();
    }

    SendHeap heap() {
        return heap;
    }

    int substream() {
        return substream;
    }

    long rateBytesPerSecond() {
        return rateBytesPerSecond;
    }

    int groupSize() {
        return groupSize;
    }

    GroupMode mode() {
        return mode;
    }

    HeapCompletion completion() {
        return completion;
    }

    boolean failed() {
        return failed;
    }

    long bytesSent() {
        return bytesSent;
    }

    IOException firstError() {
        return firstError;
    }
}
