package org.spead.passthrough;

import java.util.ArrayList;
import java.util.List;
import org.spead.agent.Agent;
import org.spead.recv.BufferPool;
import org.spead.recv.BufferReader;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketSink;
import org.spead.transport.memory.BufferSink;

/** Packets back to back in buffers, read when all are there. */
final class BufferRoad implements Road {
    private final List<BufferSink> sinks = new ArrayList<>();
    private List<? extends HeapSink> heaps;

    BufferRoad(int substreams) {
        for (int i = 0; i < substreams; i++) {
            sinks.add(new BufferSink(1 << 27));
        }
    }

    @Override
    public List<PacketSink> sinks() {
        return List.copyOf(sinks);
    }

    @Override
    public void receive(List<? extends HeapSink> sinksOfHeaps) {
        heaps = sinksOfHeaps;
    }

    @Override
    public void await() {
        for (int i = 0; i < sinks.size(); i++) {
            ReceiveConfig config = ReceiveConfig.builder().maxHeaps(16).build();
            BufferReader reader =
                    new BufferReader(config, sinks.get(i).packets(), heaps.get(i), new BufferPool(1 << 27));
            while (reader.doWork() != Agent.DONE) {
                // until all is read
            }
        }
    }

    @Override
    public void close() {
        sinks.forEach(BufferSink::close);
    }
}
