package org.spead.transport.impair;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * The packets that an {@link AlteringSink} sends, on their way to the sink behind it: in one batch, and in a queue behind
 * that when they are many at once. The queue has no bound of its own; no more is added to it than comes of the packets of one batch that
 * are altered before what came of them is sent: those and what was held back until then. Confined to one thread.
 */
public final class Outgoing {
    private static final int BATCH_PACKETS = 64;

    /** So that packets that are longer than the first are no reason for another batch, as a rule. */
    private static final int LEAST_BYTES = 1500;

    private final PacketSink sink;
    private final Queue<PacketBatch> behind = new ArrayDeque<>();
    private PacketBatch batch;
    private int sentOfBatch;
    private long added;
    private long sent;

    Outgoing(PacketSink sink) {
        this.sink = sink;
    }

    /** Sends a packet of a batch, which is read now. */
    public void add(PacketBatch from, int index) {
        added++;
        if (behind.isEmpty() && fits(from.length(index))) {
            append(from, index);
        } else {
            behind.add(from.copy(index));
        }
    }

    private void append(PacketBatch from, int index) {
        int end = batch.end();
        from.copy(index, batch.buffer(), end);
        batch.add(end, from.length(index));
    }

    /** Packets added so far. */
    long added() {
        return added;
    }

    /** Packets that the sink has taken or refused so far. */
    long sent() {
        return sent;
    }

    boolean isEmpty() {
        return sent == added;
    }

    /**
     * Offers the sink what waits, until it is full or nothing waits.
     *
     * @throws IOException when it refuses a packet, which is lost; those behind it still wait
     */
    void drain() throws IOException {
        while (!isEmpty()) {
            if (batch == null || sentOfBatch == batch.count()) {
                refill();
            }
            try {
                int taken = sink.send(batch, sentOfBatch);
                sentOfBatch += taken;
                sent += taken;
                if (sentOfBatch < batch.count()) {
                    return;
                }
            } catch (IOException e) {
                sentOfBatch++;
                sent++;
                throw e;
            }
        }
        if (batch != null) {
            batch.clear();
            sentOfBatch = 0;
        }
    }

    private void refill() {
        if (batch != null) {
            batch.clear();
            sentOfBatch = 0;
        }
        while (!behind.isEmpty() && fits(behind.element().length(0))) {
            append(behind.remove(), 0);
        }
    }

    /** Whether a packet has room in the batch, which is made anew when no packet in it is to be sent and it is too small. */
    private boolean fits(int length) {
        boolean unused = batch == null || batch.count() == 0;
        if (unused && (batch == null || batch.capacityBytes() < length)) {
            batch = new PacketBatch(Math.multiplyExact(BATCH_PACKETS, Math.max(length, LEAST_BYTES)), BATCH_PACKETS);
        }
        return batch.hasRoom(length);
    }
}
