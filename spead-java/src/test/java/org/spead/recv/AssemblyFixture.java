package org.spead.recv;

import java.nio.ByteBuffer;
import org.spead.WirePacket;

/** A stream without sockets: packets are given one by one, and what comes of them is kept. */
final class AssemblyFixture implements AutoCloseable {
    final BufferPool pool;
    final CollectingSink sink = new CollectingSink();
    final PacketIntake intake;

    AssemblyFixture(ReceiveConfig.Builder config) {
        this(config, new BufferPool(64 << 20));
    }

    AssemblyFixture(ReceiveConfig.Builder config, BufferPool pool) {
        this.pool = pool;
        this.intake = new PacketIntake(config.build(), pool, sink, FaultListener.NONE, System::nanoTime);
    }

    AssemblyFixture give(WirePacket packet) {
        return give(packet.bytes());
    }

    AssemblyFixture give(byte[] packet) {
        intake.datagram(ByteBuffer.wrap(packet), 0, packet.length, "test");
        intake.endBatch(1);
        return this;
    }

    /** Gives a packet of a 64-48 heap. */
    AssemblyFixture give(long cnt, long heapLength, long offset, byte[] payload) {
        return give(WirePacket.of(48, cnt, heapLength, offset, payload));
    }

    AssemblyFixture end() {
        intake.end();
        return this;
    }

    long stat(StreamStat stat) {
        return intake.stats().get(stat);
    }

    long stat(HeapFault fault) {
        return intake.stats().get(fault);
    }

    @Override
    public void close() {
        sink.close();
    }
}
