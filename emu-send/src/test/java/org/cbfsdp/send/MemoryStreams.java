package org.cbfsdp.send;

import java.util.ArrayList;
import java.util.List;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.memory.MemoryLink;

/** Streams of a transmission whose packets stay in memory. */
final class MemoryStreams implements AutoCloseable {
    static final IcdConstants CONSTANTS = new IcdConstants(3, 4, 5, 0x0102030405060708L, 0xBEEF);
    private static final int MAX_PACKETS = 100_000;
    private static final int MAX_HEAPS = 2;

    private final List<MemoryLink> links = new ArrayList<>();
    private final List<StreamSender> senders = new ArrayList<>();
    private final AgentRunner runner;

    /**
     * Opens a stream for each range of the plan.
     *
     * @param firstOfSource the channel of the set that the source begins with
     * @param idShift what to take from a channel of the set to have its id
     */
    MemoryStreams(StreamPlan plan, int firstOfSource, int idShift, int baselines, int polarisations) {
        List<SendStream> streams = new ArrayList<>();
        for (int i = 0; i < plan.count(); i++) {
            MemoryLink link = new MemoryLink("link-" + i, MAX_PACKETS);
            links.add(link);
            ChannelRange channels = plan.stream(i);
            SendConfig config = SendConfig.builder().maxHeaps(MAX_HEAPS).build();
            SendStream stream = new SendStream("send-" + i, config, link.sink());
            streams.add(stream);
            IcdHeapEncoder encoder = new IcdHeapEncoder(
                    new ChannelRange(channels.first() - idShift, channels.count()),
                    baselines,
                    polarisations,
                    CONSTANTS);
            senders.add(new StreamSender(
                    stream,
                    encoder,
                    new ChannelRange(channels.first() - firstOfSource, channels.count()),
                    MAX_HEAPS + 1));
        }
        runner = new AgentRunner("send", streams, IdleStrategy.backoffOrDue(), (agent, cause) -> {
            throw new IllegalStateException(agent.roleName(), cause);
        });
    }

    List<StreamSender> senders() {
        return senders;
    }

    void start() {
        runner.start();
    }

    /** Waits until every stream has sent all it was given. */
    void join() throws InterruptedException {
        runner.join();
    }

    /** The whole heaps of a stream up to its end, which must be there; to be closed by the caller. */
    List<Heap> received(int stream) {
        List<Heap> heaps = new ArrayList<>();
        boolean[] ended = new boolean[1];
        HeapSink sink = new HeapSink() {
            @Override
            public void heap(Heap heap) {
                heaps.add(heap);
            }

            @Override
            public void endOfStream() {
                ended[0] = true;
            }
        };
        ReceiveConfig config =
                ReceiveConfig.builder().streamId(stream).receiveTimeoutNanos(0).build();
        ReceiveStream receiver =
                new ReceiveStream(config, List.of(links.get(stream).source()), sink, new BufferPool(1L << 28));
        int work = 1;
        while (work > 0) {
            work = receiver.doWork();
        }
        receiver.onClose();
        if (work != Agent.DONE || !ended[0]) {
            throw new IllegalStateException("stream " + stream + " has no end");
        }
        return heaps;
    }

    @Override
    public void close() {
        runner.close();
    }
}
