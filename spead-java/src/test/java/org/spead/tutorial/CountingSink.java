package org.spead.tutorial;

import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.StatMode;
import org.spead.recv.StatRecorder;

/** A sink that keeps statistics of its own, and needs no ring as it is quick. */
final class CountingSink implements HeapSink {
    static final ReceiveConfig CONFIG = ReceiveConfig.builder()
            .addStat("weather.items", StatMode.COUNTER)
            .addStat("weather.longest", StatMode.MAXIMUM)
            .build();

    private StatRecorder statistics;
    private int items;
    private int longest;

    @Override
    public void recordsTo(StatRecorder recorder) {
        statistics = recorder;
        items = recorder.indexOf("weather.items");
        longest = recorder.indexOf("weather.longest");
    }

    @Override
    public void heap(Heap heap) {
        try (heap) {
            statistics.record(items, heap.itemCount());
            statistics.record(longest, heap.payload().limit());
        }
    }
}
