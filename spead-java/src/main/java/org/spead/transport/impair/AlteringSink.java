package org.spead.transport.impair;

import java.io.IOException;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * A sink that sends other packets than it is given, more or fewer, to the sink behind it.
 *
 * <p>Each packet is given to {@link #alter} once, in order, and counts as taken when all that came of it has been taken by the sink
 * behind. So no packet is lost between the two, and a medium that is full pushes back. An error is told of the packet that was being
 * altered when what failed was given to be sent: of one that had been held back, that is a later one than it came of. Confined to
 * one thread, as the sink behind it; counts of that sink may be asked for by any.
 */
public abstract class AlteringSink implements PacketSink {
    /** Packets that are altered before what came of them is sent. */
    private static final int MOST_ALTERED = 64;

    private final PacketSink sink;
    private final Outgoing outgoing;
    private final long[] outgoingAfter = new long[MOST_ALTERED];
    private PacketBatch single = new PacketBatch(0, 1);
    private int altered;
    private IOException failure;
    private boolean closed;

    /** Sends to a sink, which belongs to this one and is closed with it. */
    protected AlteringSink(PacketSink sink) {
        this.sink = sink;
        this.outgoing = new Outgoing(sink);
    }

    /**
     * Takes a packet and sends whatever is to be sent in its place.
     *
     * @param batch has the packet whole in its block; not changed in the end
     */
    protected abstract void alter(PacketBatch batch, int index, Outgoing out);

    /** Whether a packet may pass now; until it may, this sink is full. */
    protected boolean mayPass(PacketBatch batch, int index) {
        return true;
    }

    /** Sends what is held back when the sink is closed. */
    protected void release(Outgoing out) {
        // Nothing is held back.
    }

    /** A batch whose packets lie in its block whole, where they can be looked into. */
    @Override
    public final PacketBatch newBatch(int maxPacketBytes) {
        return new PacketBatch(Math.multiplyExact(MOST_ALTERED, maxPacketBytes), MOST_ALTERED);
    }

    @Override
    public final int send(PacketBatch batch, int first) throws IOException {
        if (failure != null) {
            throw refused();
        }
        int taken = 0;
        boolean goesOn = drain();
        while (goesOn) {
            taken += forget();
            goesOn = take(batch, first + taken) && drain();
        }
        taken += forget();
        if (failure != null && taken == 0) {
            throw refused();
        }
        return taken;
    }

    /** Alters packets from {@code next} on, as many as there is room for; false when there was none. */
    private boolean take(PacketBatch batch, int next) {
        int before = altered;
        int index = next + altered;
        while (altered < MOST_ALTERED && index < batch.count() && passes(batch, index)) {
            index++;
            outgoingAfter[altered++] = outgoing.added();
        }
        return altered > before;
    }

    private boolean passes(PacketBatch batch, int index) {
        PacketBatch whole = batch;
        int at = index;
        if (batch.bodyLength(index) > 0) {
            whole = inOnePiece(batch, index);
            at = 0;
        }
        if (!mayPass(whole, at)) {
            return false;
        }
        alter(whole, at, outgoing);
        return true;
    }

    /** A batch of this packet alone, with all of it in the block. */
    private PacketBatch inOnePiece(PacketBatch batch, int index) {
        int length = batch.length(index);
        if (single.capacityBytes() < length) {
            single = new PacketBatch(length, 1);
        }
        single.clear();
        batch.copy(index, single.buffer(), 0);
        single.add(0, length);
        return single;
    }

    /** Whether everything has been taken by the sink behind. */
    private boolean drain() {
        try {
            outgoing.drain();
        } catch (IOException e) {
            failure = e;
        }
        return failure == null && outgoing.isEmpty();
    }

    /** How many packets, the first ones that were altered, have nothing under way and are not the one that failed. */
    private int forget() {
        long sent = outgoing.sent() - (failure == null ? 0 : 1);
        int done = 0;
        while (done < altered && outgoingAfter[done] <= sent) {
            done++;
        }
        altered -= done;
        System.arraycopy(outgoingAfter, done, outgoingAfter, 0, altered);
        return done;
    }

    /** The first packet that was altered is the one that failed; all before it are taken. */
    private IOException refused() {
        IOException cause = failure;
        failure = null;
        altered--;
        System.arraycopy(outgoingAfter, 1, outgoingAfter, 0, altered);
        return cause;
    }

    @Override
    public final long unreachableCount() {
        return sink.unreachableCount();
    }

    @Override
    public final String segmentsRefused() {
        return sink.segmentsRefused();
    }

    @Override
    public final String describe() {
        return sink.describe();
    }

    /** Closes the sink behind, too; what is held back goes before, as far as that sink takes it. */
    @Override
    public final void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (sink) {
            release(outgoing);
            outgoing.drain();
        }
    }
}
