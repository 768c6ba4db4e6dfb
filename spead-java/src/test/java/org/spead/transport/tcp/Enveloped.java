package org.spead.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spead.transport.ForwardingSource;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSink;
import org.spead.transport.PacketSource;

/**
 * The contract speaks of any bytes, a connection carries SPEAD packets: each packet of the contract travels as the payload of
 * one that has nothing but its length.
 */
final class Enveloped {
    static final int ENVELOPE_BYTES = 16;

    private Enveloped() {}

    /** Wraps what is sent. */
    record Sink(PacketSink sink) implements PacketSink {
        @Override
        public PacketBatch newBatch(int maxPacketBytes) {
            return sink.newBatch(maxPacketBytes);
        }

        @Override
        public int send(PacketBatch batch, int first) throws IOException {
            int capacityBytes = batch.capacityBytes() + batch.maxPackets() * ENVELOPE_BYTES;
            PacketBatch wrapped = batch.isGathering()
                    ? PacketBatch.gathering(capacityBytes, batch.maxPackets())
                    : new PacketBatch(capacityBytes, batch.maxPackets());
            ByteBuffer block = wrapped.buffer();
            for (int i = 0; i < batch.count(); i++) {
                int offset = wrapped.end();
                block.putLong(offset, 0x5304_0206_0000_0001L);
                block.putLong(offset + 8, 0x8004_0000_0000_0000L | batch.length(i));
                int headLength = batch.headLength(i);
                block.put(offset + ENVELOPE_BYTES, batch.buffer(), batch.offset(i), headLength);
                if (batch.bodyLength(i) > 0) {
                    wrapped.add(
                            offset,
                            ENVELOPE_BYTES + headLength,
                            batch.body(i),
                            batch.bodyOffset(i),
                            batch.bodyLength(i));
                } else {
                    wrapped.add(offset, ENVELOPE_BYTES + headLength);
                }
            }
            return sink.send(wrapped, first);
        }

        @Override
        public String describe() {
            return sink.describe();
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    /** Unwraps what is received. */
    static final class Source extends ForwardingSource {
        Source(PacketSource source) {
            super(source);
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) throws IOException {
            PacketBatch wrapped = newBatch();
            int count = super.receive(wrapped, timeoutNanos);
            batch.clear();
            for (int i = 0; i < wrapped.count(); i++) {
                int offset = batch.end();
                int length = wrapped.length(i) - ENVELOPE_BYTES;
                batch.buffer().put(offset, wrapped.buffer(), wrapped.offset(i) + ENVELOPE_BYTES, length);
                batch.add(offset, length);
            }
            return count;
        }
    }
}
