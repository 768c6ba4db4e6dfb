package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spead.agent.Agent;

/**
 * Receives a stream from memory: packets back to back in one buffer, read in place.
 *
 * <p>Stops at the first packet that does not decode, since nothing says where the next one would begin; then, as at the
 * end of the buffer, the stream ends. An agent; {@link #stats()} and {@link #stop()} are anybody's to call.
 */
public final class BufferReader implements Agent {
    private static final int BATCH = 64;

    private final ReceiveConfig config;
    private final ByteBuffer packets;
    private final HeapSink sink;
    private final PacketIntake intake;
    private int position;
    private volatile boolean userStopped;
    private boolean ended;

    /** Reads from the position of {@code packets} to its limit; neither is moved. */
    public BufferReader(ReceiveConfig config, ByteBuffer packets, HeapSink sink, BufferPool buffers) {
        this.config = config;
        this.packets = packets.slice().order(ByteOrder.BIG_ENDIAN);
        this.sink = sink;
        this.intake = new PacketIntake(config, buffers, sink, FaultListener.NONE, System::nanoTime);
    }

    @Override
    public String roleName() {
        return "recv-" + config.streamId();
    }

    @Override
    public int doWork() {
        if (ended) {
            return DONE;
        }
        int count = 0;
        boolean more = !userStopped && position < packets.limit();
        while (more && count < BATCH) {
            int size = intake.next(packets, position, packets.limit() - position, "memory");
            count += size < 0 ? 0 : 1;
            position += Math.max(0, size);
            more = size >= 0 && position < packets.limit() && !intake.isStopped();
        }
        if (count > 0) {
            intake.endBatch(count);
        }
        if (!more) {
            onClose();
        }
        return more ? count : DONE;
    }

    @Override
    public void onClose() {
        ended = true;
        intake.end();
    }

    /** Asks the stream to end now. Thread-safe, idempotent. */
    public void stop() {
        userStopped = true;
        sink.stop();
    }

    /** The stream's counters. Thread-safe. */
    public StreamStats stats() {
        return intake.stats();
    }
}
