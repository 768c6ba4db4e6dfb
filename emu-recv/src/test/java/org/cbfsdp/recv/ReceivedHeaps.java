package org.cbfsdp.recv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.spead.item.Flavour;
import org.spead.recv.BufferPool;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.recv.StreamStats;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.memory.MemoryLink;

/** Heaps made by hand, item by item, on their way through a receive stream into a ring; no threads. */
final class ReceivedHeaps {
    static final int MAX_HEAP_BYTES = 10_000;

    private static final int SMALL_PACKET_BYTES = 256;

    private final HeapRing ring = new HeapRing(64, OverflowPolicy.PAUSE);
    private final MemoryLink sent = new MemoryLink("sent", 10_000);
    private final MemoryLink arrived = new MemoryLink("arrived", 10_000);
    private final SendStream sender = new SendStream(
            "send", SendConfig.builder().maxPacketBytes(SMALL_PACKET_BYTES).build(), sent.sink());
    private final ReceiveStream receiver = new ReceiveStream(
            ReceiveConfig.builder()
                    .receiveTimeoutNanos(0)
                    .maxHeapBytes(MAX_HEAP_BYTES)
                    .build(),
            List.of(arrived.source()),
            new DrainingSink(ring),
            new BufferPool(1 << 24));

    HeapRing ring() {
        return ring;
    }

    StreamStats stats() {
        return receiver.stats();
    }

    void send(SendHeap heap) {
        transmit(heap, -1);
    }

    /** The heap arrives without one of its packets. */
    void sendWithoutPacket(int lost, SendHeap heap) {
        transmit(heap, lost);
    }

    void sendEnd() {
        send(new HeapBuilder(Flavour.SPEAD_64_48).addStreamStop().build());
    }

    private void transmit(SendHeap heap, int lost) {
        try {
            sender.sendHeap(heap);
            PacketBatch batch = sent.source().newBatch();
            int packet = 0;
            while (sent.source().receive(batch, 0) > 0) {
                for (int i = 0; i < batch.count(); i++) {
                    if (packet++ != lost) {
                        forward(batch, i);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int work = 1;
        while (work > 0) {
            work = receiver.doWork();
        }
        if (work < 0) {
            receiver.onClose();
        }
    }

    private void forward(PacketBatch batch, int index) throws IOException {
        PacketBatch single = arrived.sink().newBatch(SMALL_PACKET_BYTES);
        single.buffer().put(0, batch.buffer(), batch.offset(index), batch.length(index));
        single.add(0, batch.length(index));
        arrived.sink().send(single, 0);
    }

    /** A data heap of the interface's own types, without descriptors. */
    static Items items(long ticks) {
        return new Items(ticks);
    }

    /** What a heap says; everything may be said otherwise. */
    static final class Items {
        private final long ticks;
        private int channelId;
        private int channels = 2;
        private int baselines = 3;
        private int polarisations = 4;
        private long scanId = 1;
        private int surplusBytes;

        private Items(long ticks) {
            this.ticks = ticks;
        }

        Items channels(int first, int count) {
            channelId = first;
            channels = count;
            return this;
        }

        Items baselines(int count) {
            baselines = count;
            return this;
        }

        Items polarisations(int count) {
            polarisations = count;
            return this;
        }

        Items scan(long id) {
            scanId = id;
            return this;
        }

        Items surplusBytes(int count) {
            surplusBytes = count;
            return this;
        }

        SendHeap heap() {
            HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48);
            builder.addImmediate(0x6000, littleEndian(ticks >>> 32));
            builder.addImmediate(0x6001, littleEndian(ticks & 0xFFFFFFFFL));
            builder.addImmediate(0x6002, littleEndian(channelId));
            builder.addImmediate(0x6003, littleEndian(channels));
            builder.addImmediate(0x6005, littleEndian(baselines));
            builder.addCopy(
                    0x6008,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(scanId)
                            .flip());
            builder.addCopy(0x600A, ByteBuffer.allocate(channels * baselines * (2 + 8 * polarisations) + surplusBytes));
            return builder.build();
        }

        private static long littleEndian(long value) {
            return Integer.reverseBytes((int) value) & 0xFFFFFFFFL;
        }
    }
}
