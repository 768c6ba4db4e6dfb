package org.cbfsdp.send;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.spead.agent.Agent;
import org.spead.agent.AgentRunner;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;

/**
 * What the streams of a transmission go out by, and whose time they keep: the network and the clock, or a capture file and a time
 * of its own. Used by the main thread, in the order in which the methods stand here.
 */
interface Medium extends AutoCloseable {
    /**
     * Finds out where so many streams go, before anything is made or replaced.
     *
     * @param firstTimeMjdSeconds time of the first dump
     */
    void prepare(int streams, double firstTimeMjdSeconds) throws IOException;

    /** Opens the way of the next stream; owned by the medium. */
    PacketSink open() throws IOException;

    /** How much before its time a burst may be sent, in nanoseconds. */
    long earlyNanos(long rateBytesPerSecond);

    /** Monotonic nanoseconds. */
    long nanoTime();

    /** How the main thread waits. */
    Waiting waiting();

    /** Begins to serve the streams. */
    void start(List<SendStream> streams, BiConsumer<Agent, Throwable> faultHandler);

    /** The threads that do so; none when the main thread does. */
    List<AgentRunner> threads();

    /** Whether a stream that has met an error will meet it again with all that is to come. */
    boolean errorsAreFinal();

    /** Waits until all is sent that the streams were given, unless it is abandoned. */
    void drain(BooleanSupplier abandoned) throws IOException, InterruptedException;

    /** Ends the threads and closes what was opened. Idempotent. */
    @Override
    void close();
}
