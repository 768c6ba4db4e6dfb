package org.cbfsdp.send;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.Endpoint;
import org.cbfsdp.settings.TransmissionSettings;
import org.cbfsdp.settings.TransportProtocol;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;

/** A socket a stream, and one or more threads that serve them. Used by the main thread. */
final class NetworkMedium implements Medium {
    private static final Logger LOG = LogManager.getLogger(NetworkMedium.class);

    private static final long EARLY_BYTES = 262_144;
    private static final long LEAST_EARLY_NANOS = 400_000;
    private static final long MOST_EARLY_NANOS = 4_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int JOIN_MILLIS = 20;

    private final TransmissionSettings settings;
    private final BooleanSupplier stopped;
    private final SinkFactory sinkFactory;
    private final List<PacketSink> sinks = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private List<Endpoint> destinations = List.of();

    /**
     * Opens nothing yet.
     *
     * @param stopped whether to give up practising, and waiting for a receiver
     */
    NetworkMedium(TransmissionSettings settings, BooleanSupplier stopped) {
        this.settings = settings;
        this.stopped = stopped;
        this.sinkFactory = new SinkFactory(settings, stopped);
    }

    /** Practises, too, now that nothing else is left to be refused but the sockets. */
    @Override
    public void prepare(int streams, double firstTimeMjdSeconds) {
        destinations = sinkFactory.destinations(streams);
        sinkFactory.warn(destinations);
        WarmUp.run(settings, stopped);
    }

    @Override
    public PacketSink open() throws IOException {
        PacketSink sink = sinkFactory.open(sinks.size(), destinations.get(sinks.size()));
        sinks.add(sink);
        return sink;
    }

    /**
     * What a thread that wakes late may send at once: 256 KiB, no more than 4 ms of the rate. Threads wake 60 µs late, and more
     * than a millisecond where others use the processor; what they miss beyond this allowance has to be made good by going faster
     * for a while.
     */
    @Override
    public long earlyNanos(long rateBytesPerSecond) {
        long earlyNanos = rateBytesPerSecond == 0 ? 0 : EARLY_BYTES * NANOS_PER_SECOND / rateBytesPerSecond;
        return Math.max(LEAST_EARLY_NANOS, Math.min(earlyNanos, MOST_EARLY_NANOS));
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Waiting waiting() {
        return Waiting.PARKED;
    }

    @Override
    public void start(List<SendStream> streams, BiConsumer<Agent, Throwable> faultHandler) {
        int threads = Math.min(settings.senderThreads(), streams.size());
        for (int t = 0; t < threads; t++) {
            int first = t;
            List<Agent> served = new ArrayList<>(Affinity.ofThread(t, settings.affinity()));
            IntStream.range(0, streams.size())
                    .filter(i -> i % threads == first)
                    .mapToObj(streams::get)
                    .forEach(served::add);
            runners.add(new AgentRunner("send-" + t, served, IdleStrategy.backoffOrDue(), faultHandler).start());
        }
    }

    @Override
    public List<AgentRunner> threads() {
        return List.copyOf(runners);
    }

    /** A connection that is lost stays lost. */
    @Override
    public boolean errorsAreFinal() {
        return settings.transportProtocol() == TransportProtocol.TCP;
    }

    @Override
    public void drain(BooleanSupplier abandoned) throws InterruptedException {
        for (AgentRunner runner : runners) {
            while (!runner.join(JOIN_MILLIS) && !abandoned.getAsBoolean()) {
                // join waits
            }
        }
    }

    @Override
    public void close() {
        runners.forEach(AgentRunner::close);
        for (PacketSink sink : sinks) {
            try {
                sink.close();
            } catch (IOException e) {
                LOG.warn("{}: {}", sink.describe(), e.getMessage());
            }
        }
    }
}
