package org.spead.tutorial;

import java.util.ArrayList;
import java.util.List;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.ItemGroup;
import org.spead.item.ItemUpdate;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapIteration;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.PacketSource;

/** Receives the weather in a loop. */
final class ReceiveWeather {
    private ReceiveWeather() {}

    static List<String> receive(PacketSource source) {
        List<String> report = new ArrayList<>();
        BufferPool memory = new BufferPool(64 << 20);
        HeapRing ring = new HeapRing(4, OverflowPolicy.PAUSE);
        ReceiveStream stream = new ReceiveStream(ReceiveConfig.defaults(), List.of(source), ring, memory);
        AgentRunner thread = new AgentRunner(
                stream.roleName(),
                List.of(stream),
                IdleStrategy.backoff(),
                (agent, fault) -> report.add("fault " + fault));

        try (thread;
                HeapIteration heaps = new HeapIteration(ring, stream::failure)) {
            thread.start();
            ItemGroup items = new ItemGroup();
            for (Heap heap : heaps) {
                try (heap) {
                    ItemUpdate update = items.update(heap.items());
                    if (!update.updated().isEmpty()) {
                        long second = items.get("seconds").value().asLong();
                        double celsius = items.get("celsius").value().asDouble();
                        String remark = items.get("remark").value().asText();
                        report.add(second + " s: " + celsius + " degrees, " + remark);
                    }
                }
            }
        }
        report.add(stream.stats().get("heaps") + " heaps");
        return report;
    }
}
