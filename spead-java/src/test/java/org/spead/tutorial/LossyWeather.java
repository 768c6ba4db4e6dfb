package org.spead.tutorial;

import java.util.ArrayList;
import java.util.List;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.IncompleteHeap;
import org.spead.recv.IncompletePolicy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.PayloadRange;
import org.spead.recv.PoolPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.ReceivedHeap;
import org.spead.recv.StreamStats;
import org.spead.transport.PacketSource;

/** Receives what a lossy network leaves of the weather, without a thread of its own. */
final class LossyWeather {
    private LossyWeather() {}

    static List<String> receive(PacketSource source) {
        ReceiveConfig config =
                ReceiveConfig.builder().allowOutOfOrder(true).maxHeaps(8).build();
        HeapRing ring = new HeapRing(64, OverflowPolicy.PAUSE, 1, IncompletePolicy.DELIVER_WITH_PAYLOAD);
        BufferPool memory = new BufferPool(PoolPolicy.bound(64 << 20).withSize(1024, 16_384, 16, 16));
        ReceiveStream stream = new ReceiveStream(config, List.of(source), ring, memory);

        List<String> report = new ArrayList<>();
        while (!ring.isEnded()) {
            if (stream.doWork() == Agent.DONE) {
                stream.onClose();
            }
            while (ring.size() > 0) {
                try (ReceivedHeap next = ring.pollAny()) {
                    report.add(describe(next));
                }
            }
        }
        StreamStats.Snapshot stats = stream.stats().snapshot();
        report.add(stats.get("packets") + " packets, " + stats.get("heap_packet_overlap") + " twice");
        return report;
    }

    private static String describe(ReceivedHeap received) {
        if (received instanceof Heap heap) {
            return "heap " + heap.cnt() + " of " + heap.payload().limit() + " bytes";
        }
        IncompleteHeap heap = (IncompleteHeap) received;
        StringBuilder text = new StringBuilder("of heap " + heap.cnt() + " bytes");
        for (PayloadRange range : heap.payloadRanges()) {
            text.append(' ').append(range.start()).append(" to ").append(range.end());
        }
        return text.toString();
    }
}
