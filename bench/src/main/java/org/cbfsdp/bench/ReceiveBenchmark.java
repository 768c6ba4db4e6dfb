package org.cbfsdp.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spead.item.Flavour;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapRing;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.send.HeapBuilder;
import org.spead.send.SendConfig;
import org.spead.send.SendHeap;
import org.spead.send.SendStream;
import org.spead.transport.PacketBatch;
import org.spead.transport.PacketSource;

/**
 * Packets from memory through a whole {@link ReceiveStream} and its ring: one operation is one packet of 8 KiB or 1 KiB of
 * payload, of a heap of 64 packets with six items. {@code plainCopy} copies the same payloads and does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceiveBenchmark {
    private static final int PACKETS = 64;
    private static final int ITEMS = 6;
    private static final int PREFIX_BYTES = 40 + 8 * ITEMS;

    /** Bytes of payload in a packet. */
    @Param({"1024", "8192"})
    public int payloadBytes;

    /** Whether the stream takes packets of a heap in any order. */
    @Param({"false", "true"})
    public boolean outOfOrder;

    private ReceiveStream stream;
    private HeapRing ring;
    private PacketBatch packets;
    private ByteBuffer copy;

    /** Has a heap made into packets, once, and a stream that receives them for ever. */
    @Setup
    public void prepare() throws IOException {
        packets = packetsOfAHeap();
        copy = ByteBuffer.allocateDirect(PACKETS * payloadBytes);
        ring = new HeapRing(4, OverflowPolicy.PAUSE);
        ReceiveConfig config = ReceiveConfig.builder()
                .allowOutOfOrder(outOfOrder)
                .receiveTimeoutNanos(0)
                .build();
        stream = new ReceiveStream(config, List.of(new Replay(packets)), ring, new BufferPool(1 << 26));
    }

    /** Packets into heaps, through the ring and back to the pool. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int receive() {
        int received = stream.doWork();
        try (Heap heap = ring.poll()) {
            return received + heap.itemCount();
        }
    }

    /** What memory allows. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public ByteBuffer plainCopy() {
        for (int i = 0; i < PACKETS; i++) {
            int at = packets.offset(i) + packets.length(i) - payloadBytes;
            copy.put(i * payloadBytes, packets.buffer(), at, payloadBytes);
        }
        return copy;
    }

    private PacketBatch packetsOfAHeap() throws IOException {
        HeapBuilder builder = new HeapBuilder(Flavour.SPEAD_64_48).repeatPointers(true);
        for (int i = 1; i < ITEMS; i++) {
            builder.addImmediate(0x6000 + i, i);
        }
        builder.addReference(0x600A, ByteBuffer.allocateDirect(PACKETS * payloadBytes));
        SendHeap heap = builder.build();
        SendConfig config =
                SendConfig.builder().maxPacketBytes(PREFIX_BYTES + payloadBytes).build();
        KeepingSink sink = new KeepingSink(PACKETS);
        new SendStream("packets", config, sink).sendHeap(heap);
        return sink.kept();
    }

    /** The same packets for ever. */
    private record Replay(PacketBatch packets) implements PacketSource {
        @Override
        public PacketBatch newBatch() {
            return packets;
        }

        @Override
        public int receive(PacketBatch batch, long timeoutNanos) {
            return batch.count();
        }

        @Override
        public String describe() {
            return "replay";
        }

        @Override
        public void close() {}
    }
}
