package org.cbfsdp.recv;

import java.util.ArrayDeque;
import java.util.Deque;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/** A source of packets that a test put there. */
final class PacketList implements PacketSource {
    private final Deque<byte[]> packets = new ArrayDeque<>();
    private boolean ended;

    void add(byte[] packet) {
        packets.add(packet);
    }

    void end() {
        ended = true;
    }

    @Override
    public PacketBatch newBatch() {
        return new PacketBatch(1 << 16, 32);
    }

    @Override
    public int receive(PacketBatch batch, long timeoutNanos) {
        batch.clear();
        while (!packets.isEmpty() && batch.hasRoom(packets.peek().length)) {
            byte[] packet = packets.poll();
            batch.buffer().put(batch.end(), packet);
            batch.add(batch.end(), packet.length);
        }
        return batch.count() == 0 && ended ? END : batch.count();
    }

    @Override
    public String describe() {
        return "test";
    }

    @Override
    public void close() {}
}
