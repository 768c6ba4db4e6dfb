package org.cbfsdp.recv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cbfsdp.settings.ReceptionSettings;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.IncompletePolicy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * The receive streams of one reception, each with its ring, and the threads that share them: stream i is served by thread i modulo their
 * number. Made, started and ended by the main thread.
 */
final class Receivers implements AutoCloseable {
    private final ReceptionSettings settings;
    private final StreamSources sources;
    private final int threads;
    private final List<HeapRing> rings = new ArrayList<>();
    private final List<ReceiveStream> streams = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();

    /**
     * Makes the streams; nothing is received before {@link #start}.
     *
     * @param mostHeapBytes the largest heap that is received
     * @param onArrival called by receive threads when a heap is in a ring
     * @param isDelivering whether dumps are on their way to consumers, or with them
     */
    Receivers(
            ReceptionSettings settings,
            StreamSources sources,
            int streamCount,
            int mostHeapBytes,
            BufferPool buffers,
            Runnable onArrival,
            BooleanSupplier isDelivering) {
        this.settings = settings;
        this.sources = sources;
        this.threads = Math.min(sources.threads(settings.receiverThreads()), streamCount);
        long ringBytes = MemoryShares.of(settings).ringBytes(streamCount);
        PacketBatch[] batches = new PacketBatch[threads];
        for (int i = 0; i < streamCount; i++) {
            HeapRing ring = new HeapRing(
                    settings.ringHeaps(), ringBytes, OverflowPolicy.PAUSE, 1, IncompletePolicy.COUNT, onArrival);
            rings.add(ring);
            streams.add(new ReceiveStream(
                    config(i, mostHeapBytes),
                    List.of(sources.source(i)),
                    sources.sink(i, ring, buffers, isDelivering),
                    buffers,
                    new ReceiveLog(i, mostHeapBytes),
                    System::nanoTime,
                    shared(batches, i % threads)));
        }
    }

    private ReceiveConfig config(int stream, int mostHeapBytes) {
        return ReceiveConfig.builder()
                .streamId(stream)
                .maxHeaps(settings.maxHeaps())
                .stopOnStopItem(false)
                .allowOutOfOrder(settings.allowOutOfOrder())
                .maxHeapBytes(mostHeapBytes)
                .receiveTimeoutNanos(0)
                .build();
    }

    /** One batch a thread: all sources are of one kind. */
    private static Function<PacketSource, PacketBatch> shared(PacketBatch[] batches, int thread) {
        return source -> {
            if (batches[thread] == null) {
                batches[thread] = source.newBatch();
            }
            return batches[thread];
        };
    }

    /** The ring of each stream. */
    List<HeapRing> rings() {
        return List.copyOf(rings);
    }

    /** The streams, by their numbers. */
    List<ReceiveStream> streams() {
        return List.copyOf(streams);
    }

    /** The threads, once started. */
    List<AgentRunner> threads() {
        return List.copyOf(runners);
    }

    /** Begins to receive. */
    void start(BiConsumer<Agent, Throwable> faultHandler) {
        for (int t = 0; t < threads; t++) {
            int thread = t;
            List<Agent> served = new ArrayList<>(Affinity.ofThread(t, settings.affinity()));
            IntStream.range(0, streams.size())
                    .filter(i -> i % threads == thread)
                    .forEach(i -> served.add(streams.get(i)));
            if (settings.realTimePriority() > 0) {
                served.add(new RealTime(settings.realTimePriority()));
            }
            runners.add(new AgentRunner("recv-" + t, served, sources.idleStrategy(), faultHandler).start());
        }
    }

    /** Ends all streams, and waits until they have. */
    void stop() throws InterruptedException {
        streams.forEach(ReceiveStream::stop);
        for (AgentRunner runner : runners) {
            runner.join();
        }
    }

    /** Ends all threads. Idempotent. */
    @Override
    public void close() {
        runners.forEach(AgentRunner::close);
    }
}
