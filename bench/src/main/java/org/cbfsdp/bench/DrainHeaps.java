package org.cbfsdp.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.item.Flavour;
import org.spead.recv.BufferPool;
import org.spead.recv.FaultListener;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.IncompletePolicy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.PoolPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.linux.LinuxThreads;
import org.spead.transport.linux.LinuxUdpSink;
import org.spead.transport.linux.LinuxUdpSource;

/**
 * Receive streams and nothing behind them: heaps are taken from their rings, counted and given back. What {@code emu-recv} costs
 * beyond this is its engine. Sockets, threads, priority, pools and practice are as there; prints what it prints when it is ready and
 * at its end.
 *
 * <p>Arguments: first port, streams, bytes of a socket's buffer, largest packet.
 */
public final class DrainHeaps {
    private static final int VISIBILITIES = 0x600A;
    private static final int RING_HEAPS = 16;
    private static final long RING_BYTES = 1 << 24;
    private static final int PARTS_OF_RINGS = 8;
    private static final int MAX_HEAPS = 32;
    private static final long MEMORY_BYTES = 1L << 29;
    private static final int SHARES = 4;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PRACTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int PRACTICE_HEAP_BYTES = 1 << 20;
    private static final long PRACTICE_BYTES_PER_SECOND = 400_000_000;

    private final List<LinuxUdpSource> sources = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final List<HeapRing> rings = new ArrayList<>();
    private PacketBatch batch;
    private volatile AgentRunner draining;
    private volatile long lastNanos;
    private volatile long firstNanos;
    private long heaps;
    private long bytes;

    private DrainHeaps() {}

    private void open(int port, int streams, UdpSourceOptions options) throws IOException {
        BufferPool pool = new BufferPool(PoolPolicy.bound(MEMORY_BYTES).withReserve((int) (MEMORY_BYTES / SHARES)));
        for (int i = 0; i < streams; i++) {
            LinuxUdpSource source = new LinuxUdpSource("", port + i, options);
            batch = batch == null ? source.newBatch() : batch;
            HeapRing ring = new HeapRing(
                    RING_HEAPS,
                    Math.min(RING_BYTES, MEMORY_BYTES / PARTS_OF_RINGS / streams),
                    OverflowPolicy.PAUSE,
                    1,
                    IncompletePolicy.COUNT,
                    this::wake);
            ReceiveConfig config = ReceiveConfig.builder()
                    .streamId(i)
                    .maxHeaps(MAX_HEAPS)
                    .receiveTimeoutNanos(0)
                    .build();
            sources.add(source);
            rings.add(ring);
            agents.add(new ReceiveStream(
                    config, List.of(source), ring, pool, FaultListener.NONE, System::nanoTime, any -> batch));
        }
    }

    /** Receives until the streams end, or nothing comes for two seconds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        UdpSourceOptions options = UdpSourceOptions.DEFAULT
                .withForceBuffer(true)
                .withReceiveBufferBytes(Integer.parseInt(arguments[2]))
                .withMaxPacketBytes(Integer.parseInt(arguments[3]));
        DrainHeaps draining = new DrainHeaps();
        try {
            draining.open(port, Integer.parseInt(arguments[1]), options);
            draining.run(port);
        } finally {
            draining.close();
        }
    }

    private void run(int port) throws IOException, InterruptedException {
        agents.add(new RealTime());
        try (AgentRunner receiving = new AgentRunner("recv-0", agents, IdleStrategy.asDue(), DrainHeaps::fail);
                AgentRunner router =
                        new AgentRunner("router", List.of(new Drain()), IdleStrategy.woken(), DrainHeaps::fail)) {
            draining = router.start();
            receiving.start();
            practise(port);
            System.out.println("Ready: receiving");
            while (!router.join(20) && (firstNanos == 0 || System.nanoTime() - lastNanos < SILENCE_NANOS)) {
                // join waits
            }
        }
        System.out.printf(
                "Received %d heaps that were drained, %.1f MB in %.3f s%n",
                heaps, bytes / 1e6, (lastNanos - firstNanos) / 1e9);
    }

    private void close() {
        sources.forEach(LinuxUdpSource::close);
    }

    /** To the first stream, which has no visibilities in it, and is not counted. */
    private static void practise(int port) throws IOException {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
        builder.addReference(1, ByteBuffer.allocateDirect(PRACTICE_HEAP_BYTES));
        SendHeap heap = builder.build();
        SendConfig config = SendConfig.builder()
                .rateBytesPerSecond(PRACTICE_BYTES_PER_SECOND)
                .build();
        try (LinuxUdpSink sink = new LinuxUdpSink("127.0.0.1", port, UdpSinkOptions.DEFAULT)) {
            SendStream stream = new SendStream("practice", config, sink);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < PRACTICE_NANOS) {
                stream.sendHeap(heap);
            }
        }
    }

    private void wake() {
        AgentRunner router = draining;
        if (router != null) {
            router.wake();
        }
    }

    private static void fail(Agent agent, Throwable cause) {
        throw new IllegalStateException(agent.roleName(), cause);
    }

    /** Takes heaps from the rings and gives them back. */
    private final class Drain implements Agent {
        @Override
        public String roleName() {
            return "drain";
        }

        @Override
        public int doWork() {
            int work = 0;
            boolean ended = true;
            for (int i = 0; i < rings.size(); i++) {
                Heap heap = rings.get(i).poll();
                if (heap != null) {
                    work++;
                    count(heap);
                    heap.close();
                }
                ended &= rings.get(i).isEnded();
            }
            return work == 0 && ended ? DONE : work;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
        private void count(Heap heap) {
            for (int i = 0; i < heap.itemCount(); i++) {
                if (heap.itemId(i) == VISIBILITIES && !heap.isImmediate(i)) {
                    heaps++;
                    bytes += heap.itemLength(i);
                    lastNanos = System.nanoTime();
                    firstNanos = firstNanos == 0 ? lastNanos : firstNanos;
                    return;
                }
            }
        }
    }

    /** As emu-recv's receive threads have it where they may. */
    private static final class RealTime implements Agent {
        @Override
        public String roleName() {
            return "real-time";
        }

        @Override
        public void onStart() {
            try {
                LinuxThreads.setRealTimePriority(1);
            } catch (IOException e) {
                System.err.println("without real-time priority: " + e.getMessage());
            }
        }

        @Override
        public int doWork() {
            return DONE;
        }
    }
}
