package org.spead.passthrough;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;

/** Pairs of a sink and a source: each source feeds a stream on a thread of its own. */
final class SourceRoad implements Road {
    private static final long LIMIT_MILLIS = 30_000;

    private final List<PacketSink> sinks = new ArrayList<>();
    private final List<PacketSource> sources = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    SourceRoad add(PacketSink sink, PacketSource source) {
        sinks.add(sink);
        sources.add(source);
        return this;
    }

    @Override
    public List<PacketSink> sinks() {
        return sinks;
    }

    @Override
    public void receive(List<? extends HeapSink> heaps) {
        for (int i = 0; i < sources.size(); i++) {
            ReceiveConfig config =
                    ReceiveConfig.builder().streamId(i).maxHeaps(16).build();
            ReceiveStream stream =
                    new ReceiveStream(config, List.of(sources.get(i)), heaps.get(i), new BufferPool(1 << 27));
            runners.add(new AgentRunner("recv-" + i, List.of(stream), IdleStrategy.backoff(), (agent, fault) -> {
                        throw new IllegalStateException(agent.roleName(), fault);
                    })
                    .start());
        }
    }

    @Override
    public void await() throws InterruptedException {
        for (AgentRunner runner : runners) {
            runner.join(LIMIT_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        runners.forEach(AgentRunner::close);
        for (PacketSink sink : sinks) {
            sink.close();
        }
        for (PacketSource source : sources) {
            source.close();
        }
    }
}
