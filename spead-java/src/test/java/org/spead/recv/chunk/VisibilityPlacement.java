package org.spead.recv.chunk;

import java.util.List;
import org.spead.recv.StatMode;

/**
 * Where heaps of visibilities go: a chunk is {@code dumpsPerChunk} dumps, a heap is one dump of {@code streamChannels}
 * channels. Shows how a placement is written: it allocates nothing, and each reason for a refusal has its counter.
 *
 * <p>Times are in units of 2<sup>-32</sup> s.
 */
record VisibilityPlacement(
        long epoch, long interval, int dumpsPerChunk, int streamChannels, int streams, int baselines, long scanId)
        implements ChunkPlacement {
    static final int BAD_METADATA = 0;
    static final int BAD_CHANNEL = 1;
    static final int BAD_BASELINE = 2;
    static final int BAD_SCAN = 3;
    static final int BAD_TIMESTAMP = 4;

    private static final int ELEMENT_BYTES = 34;

    static final List<String> STATS = List.of(
            "test.metadata_heaps",
            "test.bad_channel_heaps",
            "test.bad_baseline_heaps",
            "test.bad_scan_heaps",
            "test.bad_timestamp_heaps");

    private static final int COUNT = 0;
    private static final int FRACTION = 1;
    private static final int CHANNEL_ID = 2;
    private static final int CHANNEL_COUNT = 3;
    private static final int BASELINE_COUNT = 4;
    private static final int SCAN_ID = 5;

    ChunkConfig.Builder config() {
        ChunkConfig.Builder config = ChunkConfig.builder(this).items(0x6000, 0x6001, 0x6002, 0x6003, 0x6005, 0x6008);
        STATS.forEach(name -> config.addStat(name, StatMode.COUNTER));
        return config;
    }

    int heapBytes() {
        return streamChannels * baselines * ELEMENT_BYTES;
    }

    int heapsPerChunk() {
        return dumpsPerChunk * streams;
    }

    Chunk newChunk() {
        return new Chunk(heapsPerChunk() * heapBytes(), heapsPerChunk());
    }

    @Override
    public void place(HeapPlace heap) {
        long time = heap.item(COUNT) << 32 | heap.item(FRACTION);
        long slot = Math.floorDiv(time - epoch + interval / 2, interval);
        int fault = fault(heap, Math.abs(time - epoch - slot * interval));
        if (fault >= 0) {
            heap.record(fault, 1);
            return;
        }
        long index = Math.floorMod(slot, dumpsPerChunk) * (long) streams + heap.item(CHANNEL_ID) / streamChannels;
        // Before the epoch there is no chunk: some number that is not that of a rejected heap.
        long chunk = slot < 0 ? Long.MIN_VALUE : slot / dumpsPerChunk;
        heap.place(chunk, index, index * heapBytes());
    }

    /** What is wrong with the heap, in the order in which it is looked at, or -1. */
    private int fault(HeapPlace heap, long timeError) {
        for (int item = COUNT; item <= SCAN_ID; item++) {
            if (heap.item(item) == HeapPlace.ABSENT) {
                return BAD_METADATA;
            }
        }
        long channel = heap.item(CHANNEL_ID);
        if (channel % streamChannels != 0
                || channel >= (long) streams * streamChannels
                || heap.item(CHANNEL_COUNT) != streamChannels) {
            return BAD_CHANNEL;
        }
        if (heap.item(BASELINE_COUNT) != baselines) {
            return BAD_BASELINE;
        }
        if (heap.heapLength() != heapBytes()) {
            return BAD_METADATA;
        }
        if (heap.item(SCAN_ID) != scanId) {
            return BAD_SCAN;
        }
        return timeError > interval / 100 ? BAD_TIMESTAMP : -1;
    }
}
