package org.spead.transport.impair;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;

/** A sink that keeps the numbers of what it is sent, takes no more than it is told to, and refuses numbers on demand. */
final class NumberedPackets implements PacketSink {
    static final int BYTES = 12;
    private static final int BATCH_PACKETS = 7;

    private final List<Long> numbers = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private long refused = -1;
    private boolean closed;

    /** A batch of packets with the numbers from {@code first} on. */
    static PacketBatch batch(long first, int count) {
        PacketBatch batch = new PacketBatch(count * BYTES, count);
        for (int i = 0; i < count; i++) {
            batch.buffer().putLong(i * BYTES, first + i).putInt(i * BYTES + 8, 0);
            batch.add(i * BYTES, BYTES);
        }
        return batch;
    }

    static long number(PacketBatch batch, int index) {
        return batch.buffer().getLong(batch.offset(index));
    }

    List<Long> numbers() {
        return numbers;
    }

    /** From now on it takes so many packets, and then is full. */
    void allow(int packets) {
        room = packets;
    }

    void refuse(long number) {
        refused = number;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public PacketBatch newBatch(int maxPacketBytes) {
        return new PacketBatch(ByteBuffer.allocate(BATCH_PACKETS * maxPacketBytes), BATCH_PACKETS);
    }

    @Override
    public int send(PacketBatch batch, int first) throws IOException {
        int next = first;
        while (next < batch.count() && room > 0) {
            long number = number(batch, next);
            if (number == refused && next == first) {
                throw new IOException("refused " + number);
            }
            if (number == refused) {
                return next - first;
            }
            numbers.add(number);
            room--;
            next++;
        }
        return next - first;
    }

    @Override
    public String describe() {
        return "numbers";
    }

    @Override
    public void close() {
        closed = true;
    }
}
