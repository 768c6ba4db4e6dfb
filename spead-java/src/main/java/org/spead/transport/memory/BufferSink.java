package org.spead.transport.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/**
 * Keeps packets back to back in one direct buffer, as {@code org.spead.recv.BufferReader} reads them. The buffer grows to a
 * bound; a packet beyond it is refused with an error. Confined to one thread.
 */
public final class BufferSink implements PacketSink {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int BATCH_PACKETS = 64;

    private final int maxBytes;
    private ByteBuffer packets;
    private boolean closed;

    /** A sink for at most {@code maxBytes} bytes of packets. */
    public BufferSink(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("a buffer for packets must have at least 1 byte, not " + maxBytes);
        }
        this.maxBytes = maxBytes;
        this.packets = allocate(Math.min(FIRST_BYTES, maxBytes));
    }

    /** What was sent so far, position 0 to limit, big-endian and read-only; valid until more is sent. Also after close. */
    public ByteBuffer packets() {
        return packets.duplicate().flip().asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN);
    }

    /** Forgets what was sent so far. */
    public void clear() {
        packets.clear();
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        return new PacketBatch(Math.multiplyExact(BATCH_PACKETS, maxPacketBytes), BATCH_PACKETS);
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        for (int i = first; i < batch.count(); i++) {
            int length = batch.length(i);
            if (!makeRoom(length)) {
                if (i > first) {
                    return i - first;
                }
                throw new IOException("a packet of " + length + " bytes does not fit behind " + packets.position()
                        + " in a buffer of at most " + maxBytes);
            }
            batch.copy(i, packets, packets.position());
            packets.position(packets.position() + length);
        }
        return batch.count() - first;
    }

    private boolean makeRoom(int bytes) {
        if (bytes <= packets.remaining()) {
            return true;
        }
        long needed = (long) packets.position() + bytes;
        if (needed > maxBytes) {
            return false;
        }
        ByteBuffer larger = allocate((int) Math.min(maxBytes, Math.max(needed, 2L * packets.capacity())));
        packets = larger.put(packets.flip());
        return true;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public String describe() {
        return "buffer";
    }

    @Override
    public void close() {
        closed = true;
    }
}
