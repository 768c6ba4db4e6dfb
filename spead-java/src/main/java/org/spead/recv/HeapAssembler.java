package org.spead.recv;

import java.nio.ByteBuffer;
import org.spead.packet.PacketHeader;

/**
 * Makes heaps of packets. Confined to the receive thread; makes no garbage as long as heaps arrive whole.
 *
 * <p>Each substream has {@code maxHeaps} slots, used in turn: a heap that begins takes the next slot and evicts the heap
 * that is still in it. So a heap is given up when {@code maxHeaps} heaps of its substream have begun after it, however
 * recently it grew. At most {@code maxHeaps * substreams} heaps are under assembly; what each may hold is said in {@link
 * LiveHeap}, and the {@link BufferPool} bounds all of them.
 *
 * <p>A packet that is a whole heap by its own account always begins one, so a duplicate of it is delivered again. Any other
 * packet goes to the live heap of its number. In in-order mode only the packet with offset 0 begins a heap and each
 * must continue where the one before ended; in out-of-order mode any packet does, and payload may arrive in any order but only
 * once. Either way a refused packet leaves the heap as it was.
 *
 * <p>A heap that says stop ends assembly right after the packet that says so: it is discarded when complete, else given up
 * with all other live heaps by {@link #flush()}.
 *
 * <p>When the sink is a {@link HeapPlacement}, payload goes where it says packet by packet, no heap holds any, and
 * unsized heaps are not allowed: nothing would say when they are complete.
 */
final class HeapAssembler {
    private final ReceiveConfig config;
    private final BufferPool buffers;
    private final HeapSink sink;
    private final HeapPlacement placement;
    private final boolean allowUnsizedHeaps;
    private final StreamStats stats;
    private final HeapPool heaps;
    private final PointerSort sort = new PointerSort();
    private final LiveHeapIndex index;
    private final LiveHeap[] slots;
    private final int[] nextSlot;
    private long provenBytes;
    private boolean stopped;

    HeapAssembler(ReceiveConfig config, BufferPool buffers, HeapSink sink, StreamStats stats) {
        this.config = config;
        this.buffers = buffers;
        this.sink = sink;
        this.placement = sink instanceof HeapPlacement placing ? placing : null;
        this.allowUnsizedHeaps = config.allowUnsizedHeaps() && placement == null;
        this.stats = stats;
        this.heaps = new HeapPool(buffers, config.bugCompat());
        int slotCount = config.maxHeaps() * config.substreams();
        this.index = new LiveHeapIndex(slotCount);
        this.slots = new LiveHeap[slotCount];
        this.nextSlot = new int[config.substreams()];
    }

    /** Whether a stop item has ended the stream; then no packet may follow. */
    boolean isStopped() {
        return stopped;
    }

    /** Steps of all searches for a heap so far. */
    long searchSteps() {
        return index.visited();
    }

    /**
     * Takes a packet into its heap, and delivers what that completes or evicts.
     *
     * @return {@code null}, or why the packet was refused
     */
    HeapFault add(ByteBuffer block, PacketHeader header) {
        if (header.heapLength() < 0 && !allowUnsizedHeaps) {
            return HeapFault.UNSIZED;
        }
        boolean wholeHeap = header.payloadLength() == header.heapLength();
        LiveHeap heap = null;
        if (wholeHeap) {
            stats.add(StreamStat.SINGLE_PACKET_HEAPS, 1);
        } else {
            heap = index.find(header.heapCnt());
        }
        if (header.heapLength() > config.maxHeapBytes()
                || header.payloadOffset() + header.payloadLength() > config.maxHeapBytes()) {
            return HeapFault.TOO_LONG;
        }
        if (heap == null) {
            return begin(block, header);
        }
        HeapFault fault = check(heap, block, header);
        return fault == null ? take(heap, block, header) : fault;
    }

    /** Gives up all live heaps, substream by substream, the one that began first first. */
    void flush() {
        for (int substream = 0; substream < config.substreams(); substream++) {
            for (int i = 0; i < config.maxHeaps(); i++) {
                LiveHeap heap = slots[advance(substream)];
                if (heap != null && heap.isLive()) {
                    stats.add(StreamStat.INCOMPLETE_HEAPS_FLUSHED, 1);
                    giveUp(heap);
                }
            }
        }
    }

    private HeapFault begin(ByteBuffer block, PacketHeader header) {
        if (!config.allowOutOfOrder() && header.payloadOffset() != 0) {
            return HeapFault.NO_FIRST_PACKET;
        }
        if (header.pointerCount() > config.maxItemPointers()) {
            return HeapFault.TOO_MANY_ITEMS;
        }
        int slot = advance((int) (header.heapCnt() % config.substreams()));
        LiveHeap heap = slots[slot];
        if (heap == null) {
            heap = placement == null ? new LiveHeap(slot) : new PlacedLiveHeap(slot, placement);
            slots[slot] = heap;
        } else if (heap.isLive()) {
            stats.add(StreamStat.INCOMPLETE_HEAPS_EVICTED, 1);
            giveUp(heap);
        }
        heap.begin(header);
        index.add(heap);
        return take(heap, block, header);
    }

    private HeapFault check(LiveHeap heap, ByteBuffer block, PacketHeader header) {
        HeapFault fault = heap.checkLength(header);
        if (fault == null) {
            fault = heap.checkOffset(header, config.allowOutOfOrder(), config.maxRanges());
        }
        if (fault == null) {
            fault = heap.checkPointers(block, header, config.maxItemPointers());
        }
        return fault;
    }

    private HeapFault take(LiveHeap heap, ByteBuffer block, PacketHeader header) {
        boolean starvedBefore = heap.isStarved();
        if (!heap.reserve(header, buffers, provenBytes, config.maxHeapBytes())) {
            stats.add(StreamStat.HEAPS_NO_MEMORY, starvedBefore ? 0 : 1);
            return HeapFault.NO_MEMORY;
        }
        heap.take(block, header);
        boolean stops = heap.isEndOfStream() && config.stopOnStopItem();
        if (heap.isComplete()) {
            index.remove(heap);
            heap.end();
            provenBytes = Math.max(provenBytes, heap.received());
            if (stops) {
                heap.dropPayload(buffers);
            } else if (placement == null) {
                deliver(heap);
            } else {
                stats.add(StreamStat.HEAPS, 1);
                placement.complete(heap.slot());
            }
        }
        stopped |= stops;
        return null;
    }

    private void giveUp(LiveHeap heap) {
        index.remove(heap);
        heap.end();
        if (placement != null) {
            // What arrived of it is in its place already; nobody was told that it is whole.
            stats.add(StreamStat.HEAPS, 1);
        } else if (heap.isContiguous()) {
            deliver(heap);
        } else {
            stats.add(StreamStat.HEAPS, 1);
            boolean keep = sink.keepsIncompletePayload();
            sink.incompleteHeap(heap.toIncompleteHeap(sort, heaps.flavour(heap.heapAddressBits()), keep, buffers));
        }
    }

    private void deliver(LiveHeap assembled) {
        Heap heap = heaps.take();
        heap.fill(assembled, assembled.removePayload(), sort);
        stats.add(StreamStat.HEAPS, 1);
        sink.heap(heap);
    }

    /** The next slot of the substream; the turn then is that of the slot after it. */
    private int advance(int substream) {
        int turn = nextSlot[substream];
        nextSlot[substream] = turn + 1 == config.maxHeaps() ? 0 : turn + 1;
        return substream * config.maxHeaps() + turn;
    }
}
