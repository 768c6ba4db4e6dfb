package org.spead.recv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spead.packet.PacketDecoder;
import org.spead.packet.PacketHeader;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Packets back to back in a buffer as a source of packets, so that a stream can have it among others; nothing is copied.
 *
 * <p>At the first bytes that are no packet, nothing says where the next one begins: what is left is handed over as one packet,
 * which the stream will refuse and count, and the source ends. Used by one thread at a time.
 */
public final class BufferSource implements PacketSource {
    private static final int BATCH = 64;

    private final ByteBuffer packets;
    private final String name;
    private final PacketHeader header = new PacketHeader();
    private int position;

    /** Reads from the position of {@code packets} to its limit; neither is moved. The name is for log lines. */
    public BufferSource(String name, ByteBuffer packets) {
        this.name = name;
        this.packets = packets.slice().order(ByteOrder.BIG_ENDIAN);
    }

    /** A batch whose block is the buffer itself. */
    @Override
    public PacketBatch newBatch() {
        return new PacketBatch(packets, BATCH);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The same memory is meant, not equal bytes.
    public int receive(PacketBatch batch, long timeoutNanos) {
        if (batch.buffer() != packets) {
            throw new IllegalArgumentException("the batch was made by another source than " + name);
        }
        batch.clear();
        int end = packets.capacity();
        while (position < end && batch.count() < batch.maxPackets()) {
            int size = PacketDecoder.decode(packets, position, end - position, header);
            int length = size < 0 ? end - position : size;
            batch.add(position, length);
            position += length;
        }
        return batch.count() == 0 ? END : batch.count();
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public void close() {
        position = packets.capacity();
    }
}
