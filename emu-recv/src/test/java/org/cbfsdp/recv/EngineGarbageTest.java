package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerOptions;
import org.cbfsdp.icd.IcdConstants;
import org.cbfsdp.icd.IcdHeapEncoder;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.StreamPlan;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;
import org.junit.jupiter.api.Test;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;
import org.spead.transport.memory.MemoryLink;

/**
 * Once warm, the way of a heap from the packets to the consumer allocates nothing: neither the receive stream, nor the router
 * with the assembly of dumps, nor the consumer's agent. All are stepped by one thread, so that every byte is seen.
 */
class EngineGarbageTest {
    private static final int STREAMS = 2;
    private static final int WARM_DUMPS = 4_000;
    private static final int DUMPS = 10_000;

    private final TelescopeModel model = Models.of(2 * STREAMS, WARM_DUMPS + DUMPS);
    private final StreamAccount[] accounts = {new StreamAccount(), new StreamAccount()};
    private final List<IcdHeapEncoder.IcdHeap> heaps = new ArrayList<>();
    private final List<SendStream> senders = new ArrayList<>();
    private final List<ReceiveStream> receivers = new ArrayList<>();
    private final List<HeapRing> rings = new ArrayList<>();
    private final BufferPool pool = new BufferPool(1 << 22);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ConsumerAgent consumer = new ConsumerAgent(
            "test",
            new Reader(),
            new ConsumerContext(
                    Optional.empty(), Optional.empty(), Optional.empty(), 0, new ConsumerOptions("test", Map.of())),
            QueuePolicy.DROP_NEWEST,
            16,
            Long.MAX_VALUE);
    private HeapRouter router;
    private long readBytes;
    private long receiveAllocated;
    private long routeAllocated;
    private long consumeAllocated;

    @Test
    void shouldAllocateNothingForAHeapOrADump() throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            openStream(i);
        }
        router = router();
        consumer.onStart();
        for (int dump = 0; dump < WARM_DUMPS; dump++) {
            step(dump);
        }
        receiveAllocated = 0;
        routeAllocated = 0;
        consumeAllocated = 0;
        for (int dump = WARM_DUMPS; dump < WARM_DUMPS + DUMPS; dump++) {
            step(dump);
        }

        assertThat(consumer.consumedDumps()).isEqualTo(WARM_DUMPS + DUMPS);
        assertThat(readBytes).isEqualTo((long) (WARM_DUMPS + DUMPS) * STREAMS * 2 * 3 * 34);
        // An object a heap would be thousands of times as much; what the compiler itself may cause is a few.
        assertThat(receiveAllocated).as("receive streams").isLessThan(DUMPS / 4);
        assertThat(routeAllocated).as("router").isLessThan(DUMPS / 4);
        assertThat(consumeAllocated).as("consumer").isLessThan(DUMPS / 4);
    }

    private void step(int dump) throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            heaps.get(i).setTimestamp(Models.ticks(dump));
            senders.get(i).sendHeap(heaps.get(i).heap());
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STREAMS; i++) {
            while (receivers.get(i).doWork() > 0) {}
        }
        long received = threads.getCurrentThreadAllocatedBytes();
        while (router.doWork() > 0) {}
        long routed = threads.getCurrentThreadAllocatedBytes();
        while (consumer.doWork() > 0) {}
        long consumed = threads.getCurrentThreadAllocatedBytes();
        receiveAllocated += received - before;
        routeAllocated += routed - received;
        consumeAllocated += consumed - routed;
    }

    private void openStream(int i) {
        MemoryLink link = new MemoryLink("link", 64);
        PacketSink sink = link.sink();
        senders.add(
                new SendStream("send", SendConfig.builder().maxPacketBytes(1472).build(), sink));
        heaps.add(new IcdHeapEncoder(new ChannelRange(2 * i, 2), 3, 4, new IcdConstants(0, 0, 1, 1, 0xBEEF)).newHeap());
        rings.add(new HeapRing(64, OverflowPolicy.PAUSE));
        receivers.add(new ReceiveStream(
                ReceiveConfig.builder().receiveTimeoutNanos(0).build(),
                List.of(link.source()),
                new DrainingSink(rings.get(i)),
                pool));
    }

    private HeapRouter router() {
        DumpGrid grid = DumpGrid.of(Optional.of(model), 0.01);
        return new HeapRouter(
                rings,
                new PayloadRules(
                        Optional.of(StreamPlan.ofWidth(new ChannelRange(0, 2 * STREAMS), 2)),
                        OptionalInt.of(2 * STREAMS),
                        OptionalInt.of(3),
                        PolarisationRule.of(model),
                        0),
                accounts,
                new ChannelClaims(STREAMS),
                new DumpAssembler(
                        accounts,
                        grid,
                        new DumpAssembler.Limits(8, Long.MAX_VALUE, Long.MAX_VALUE, false),
                        new DumpLedger(grid, accounts, List.of(consumer))),
                stream -> {},
                () -> {});
    }

    /** Looks at every payload and keeps none. */
    private final class Reader implements Consumer {
        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {
            for (int i = 0; i < dump.streamCount(); i++) {
                VisibilityPayload payload = dump.payload(i);
                readBytes += payload.data().capacity();
            }
        }

        @Override
        public void close() {}
    }
}
