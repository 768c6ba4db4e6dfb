package org.spead.transport.memory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;

/**
 * A queue of packets with a sink at one end and a source at the other, bounded unless made {@link #unbounded}.
 *
 * <p>Lossless: a full link takes no more. Closing the sink ends the source once it is drained; closing the source makes
 * the sink fail. Each end is confined to a thread, the two may be different ones. Packets of up to {@value
 * #MAX_PACKET_BYTES} bytes, also empty ones. Slots are used again, so that the steady state makes no garbage.
 */
public final class MemoryLink {
    /** Largest packet: the payload of the largest UDP datagram. */
    public static final int MAX_PACKET_BYTES = 65_507;

    private static final int FIRST_SLOTS = 64;
    private static final int BATCH_PACKETS = 64;
    private static final int BATCH_BYTES = 1 << 18;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final boolean isBounded;
    private byte[][] slots;
    private int[] lengths;
    private final String name;
    private final Sink sink = new Sink();
    private final Source source = new Source();
    private int head;
    private int size;
    private boolean sinkClosed;
    private boolean sourceClosed;

    /** Makes a link that holds up to {@code maxPackets} packets; the name is for log lines. */
    public MemoryLink(String name, int maxPackets) {
        this(name, maxPackets, true);
    }

    private MemoryLink(String name, int maxPackets, boolean isBounded) {
        if (maxPackets < 1) {
            throw new IllegalArgumentException("link " + name + " must hold at least 1 packet, not " + maxPackets);
        }
        this.name = name;
        this.isBounded = isBounded;
        this.slots = new byte[maxPackets][];
        this.lengths = new int[maxPackets];
    }

    /**
     * Makes a link that is never full: it grows with what waits in it, so that the receiver may be started after the sender has
     * sent all, and a receiver that never comes costs memory without end.
     */
    public static MemoryLink unbounded(String name) {
        return new MemoryLink(name, FIRST_SLOTS, false);
    }

    /** The end that packets go into. */
    public PacketSink sink() {
        return sink;
    }

    /** The end that packets come out of. */
    public PacketSource source() {
        return source;
    }

    private void grow() {
        byte[][] moreSlots = new byte[2 * slots.length][];
        int[] moreLengths = new int[moreSlots.length];
        for (int i = 0; i < size; i++) {
            moreSlots[i] = slots[(head + i) % slots.length];
            moreLengths[i] = lengths[(head + i) % slots.length];
        }
        slots = moreSlots;
        lengths = moreLengths;
        head = 0;
    }

    private void put(PacketBatch batch, int index) {
        if (size == slots.length) {
            grow();
        }
        int slot = (head + size) % slots.length;
        int length = batch.length(index);
        if (slots[slot] == null || slots[slot].length < length) {
            slots[slot] = new byte[length];
        }
        batch.copy(index, slots[slot]);
        lengths[slot] = length;
        size++;
    }

    private boolean moveTo(PacketBatch batch) {
        int length = lengths[head];
        if (!batch.hasRoom(length)) {
            return false;
        }
        int offset = batch.end();
        batch.buffer().put(offset, slots[head], 0, length);
        batch.add(offset, length);
        head = (head + 1) % slots.length;
        size--;
        return true;
    }

    private void awaitPacket(long timeoutNanos) throws IOException {
        long left = timeoutNanos;
        try {
            while (size == 0 && !sinkClosed && !sourceClosed && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a packet from " + name, e);
        }
        if (sourceClosed) {
            throw new ClosedChannelException();
        }
    }

    private final class Sink implements PacketSink {
        @Override
        public PacketBatch newBatch(int maxPacketBytes) {
            return new PacketBatch(BATCH_PACKETS * maxPacketBytes, BATCH_PACKETS);
        }

        @Override
        public int send(PacketBatch batch, int first) throws IOException {
            lock.lock();
            try {
                if (sinkClosed) {
                    throw new ClosedChannelException();
                }
                if (sourceClosed) {
                    throw new IOException("the receiving end of " + name + " is closed");
                }
                int next = first;
                while (next < batch.count() && (size < slots.length || !isBounded)) {
                    if (batch.length(next) > MAX_PACKET_BYTES) {
                        throw new IOException("a packet of " + batch.length(next) + " bytes is longer than the "
                                + MAX_PACKET_BYTES + " that " + name + " takes");
                    }
                    put(batch, next);
                    next++;
                }
                notEmpty.signal();
                return next - first;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public String describe() {
            return name;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                sinkClosed = true;
                notEmpty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Source implements PacketSource {
        @Override
        public PacketBatch newBatch() {
            return new PacketBatch(BATCH_BYTES, BATCH_PACKETS);
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
            batch.clear();
            lock.lock();
            try {
                awaitPacket(timeoutNanos);
                while (size > 0 && moveTo(batch)) {
                    // Until the link is empty or the batch is full.
                }
                return batch.count() == 0 && size == 0 && sinkClosed ? END : batch.count();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public String describe() {
            return name;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                sourceClosed = true;
                notEmpty.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
